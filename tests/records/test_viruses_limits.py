"""What a real clamd has not looked into, for it lies beyond a limit, is neither clean nor infected."""

import os
from collections.abc import Iterator

import pytest

from tests.records.files_stage import EICAR, THREAT, running_clamd, zipped
from tests.records.test_viruses import sent, states_of
from tragitto.gateways.clamd import scanner_at
from tragitto.records import scanner
from tragitto.records.models import VirusCheck
from tragitto.records.queries import files
from tragitto.records.scanner import Checked, Scanner
from tragitto.records.vocabulary import CheckOutcome, VirusState
from tragitto_pec.rehearsal import Enclosure

LIMITS = ("MaxFileSize 1M", "MaxScanSize 4M", "MaxRecursion 5", "AlertExceedsMax yes")
MIB = 1024 * 1024
LONG = EICAR + bytes(MIB)


@pytest.fixture(scope="module")
def narrow(tmp_path_factory) -> Iterator[Scanner]:
    """A clamd with small limits that tells of them, as docs/records.md asks for."""
    with running_clamd(tmp_path_factory.mktemp("narrow"), *LIMITS) as (socket, _port):
        yield scanner_at(socket)


@pytest.fixture
def narrowly_scanned(narrow) -> Iterator[None]:
    """The house asks that one."""
    scanner.use(narrow)
    yield
    scanner.use(None)


def nested(content: bytes, *, times: int) -> bytes:
    for _time in range(times):
        content = zipped({"dentro.zip": content})
    return content


def named(said: Checked) -> tuple[CheckOutcome, str]:
    return said.outcome, said.threat


@pytest.mark.parametrize(
    "content",
    [
        LONG,
        zipped({"virus.com": EICAR, "rumore.bin": os.urandom(MIB)}),
        nested(EICAR, times=8),
        zipped({f"{number}.bin": bytes([number]) * (MIB - 9) for number in range(6)}),
    ],
    ids=["too long", "too long a zip", "too deep", "too much in a zip"],
)
def test_what_lies_beyond_a_limit_could_not_be_checked(narrow, content):
    assert named(narrow.check(content)) == (CheckOutcome.FAILED, "")


def test_a_virus_found_on_the_way_to_the_limit_is_still_a_virus(narrow):
    archive = zipped({"rumore.bin": bytes(2 * MIB), "virus.com": EICAR})

    assert named(narrow.check(archive)) == (CheckOutcome.INFECTED, THREAT)


def test_what_lies_within_the_limits_is_clean(narrow):
    assert named(narrow.check(bytes(MIB - 9))) == (CheckOutcome.CLEAN, "")


@pytest.mark.django_db
def test_a_message_beyond_a_limit_waits_unchecked_and_is_called_infected_by_nobody(
    take, provider, narrowly_scanned
):
    message = take(sent(provider, Enclosure("lungo.bin", LONG)))

    assert (message.state, states_of(message)) == ("sorting", [VirusState.FAILED])
    assert message.troubles.get().problem == "not_checked"
    assert files.letter_may_be_shown(message)
    assert not VirusCheck.objects.exclude(threat="").exists()
