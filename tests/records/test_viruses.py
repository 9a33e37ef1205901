"""A virus is found wherever it hides, by a real clamd; what carries one is kept, and never handed out."""

import io
import os
import shutil
import socket as sockets
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.records.conftest import form, letter
from tragitto.gateways.clamd import Clamd, scanner_at
from tragitto.kernel.refusals import NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.records import actions, queries, scanner
from tragitto.records.actions.checking import Piece, check_pieces
from tragitto.records.actions.troubles import STOPPED_FOR, STOPPED_TRIES
from tragitto.records.models import Message, Trouble, VirusCheck
from tragitto.records.queries import files
from tragitto.records.registries import Taken
from tragitto.records.scanner import Checked, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome, VirusState
from tragitto_pec.rehearsal import Enclosure

pytestmark = pytest.mark.django_db

#: The harmless file every scanner takes for a virus (EICAR); in two pieces, lest one takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
THREAT = "Tragitto.Test.EICAR.UNOFFICIAL"
MOST_MIB = 8


@pytest.fixture(scope="session")
def daemon(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """A clamd of its own that knows one signature: its socket, and its host and port."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no clamd on a machine that must have one: apt-get install clamav-daemon")
        pytest.skip("no clamd here: apt-get install clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd")
    database = folder / "database"
    database.mkdir()
    (database / "test.ndb").write_text(f"Tragitto.Test.EICAR:0:*:{EICAR.hex()}\n")
    # A socket's path is short by its nature; that of a test's folder may not be.
    socket = Path(tempfile.mkdtemp(prefix="clamd-")) / "socket"
    port = free_port()
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {database}\nLocalSocket {socket}\nTCPAddr 127.0.0.1\nTCPSocket {port}\n"
        f"Foreground yes\nStreamMaxLength {MOST_MIB}M\n"
    )
    command = [program, "-c", str(folder / "clamd.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(socket.exists)
            yield str(socket), f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(socket.parent)


@pytest.fixture
def clamd(daemon) -> str:
    """Its socket."""
    return daemon[0]


def free_port() -> int:
    with closing(sockets.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so, *, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


@pytest.fixture
def scanned(clamd) -> Iterator[None]:
    """The house asks that clamd."""
    scanner.use(scanner_at(clamd))
    yield
    scanner.use(None)


class Broken:
    """A scanner that may be silent, and cannot look into anything."""

    is_silent = True

    def check(self, content: bytes) -> Checked:
        if self.is_silent:
            raise ScannerSilent("refused")
        return Checked(CheckOutcome.FAILED, engine="broken")


@pytest.fixture
def broken() -> Iterator[Broken]:
    scan = Broken()
    scanner.use(scan)
    yield scan
    scanner.use(None)


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sent(provider, *enclosures: Enclosure) -> bytes:
    return provider.envelope(letter("Manifestazione", *enclosures), at=NOON)


def states_of(message: Message) -> list[VirusState]:
    return [file.virus for file in files.looked_into(message)]


def test_a_clean_message_is_checked_in_all_its_pieces(take, submission, scanned):
    message = take(submission)

    assert states_of(message) == [VirusState.CLEAN]
    assert files.virus_state(message.raw) == VirusState.CLEAN
    assert VirusCheck.objects.filter(engine__startswith="ClamAV ").count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.com", EICAR),
        ("archivio.zip", zipped(inner=EICAR)),
        ("lettera.eml", b"Subject: x\r\nContent-Type: application/x\r\n\r\n" + EICAR),
    ],
    ids=["as it is", "in a zip", "in a message"],
)
def test_a_virus_is_found_and_named(take, provider, scanned, name, content):
    message = take(sent(provider, Enclosure(name, content)))

    found = files.looked_into(message)
    assert {(file.virus, file.threat) for file in found} == {(VirusState.INFECTED, THREAT)}
    assert files.virus_state(message.raw) == VirusState.INFECTED


def test_what_holds_something_infected_is_infected_itself(take, provider, scanned):
    """A scanner does not see through base64 in a zip of a sealed message; the house opens it."""
    hidden = zipped(**{"dentro.txt": EICAR})
    message = take(sent(provider, Enclosure("fuori.zip", hidden), Enclosure("modulo.pdf", form(name="B"))))

    outer, inner, innocent = files.looked_into(message)
    assert (outer.virus, inner.virus, innocent.virus) == ("infected", "infected", "clean")
    assert inner.name == "fuori.zip - dentro.txt"


def test_an_infected_message_is_kept_registered_and_waits_for_a_person(take, provider, scanned, offered):
    takers, _ = offered
    takers.register("greedy")(lambda message, **_asked: Taken("E-1"))

    message = take(sent(provider, Enclosure("virus.com", EICAR)))

    assert (message.state, message.verdict) == ("sorting", "valid")
    assert message.entry.number == 1
    assert message.troubles.get().problem == "infected"


def test_the_same_message_without_a_virus_would_have_been_taken(take, submission, scanned, offered):
    takers, _ = offered
    takers.register("greedy")(lambda message, **_asked: Taken("E-1"))

    assert take(submission).state == "filed"


def test_a_person_may_place_an_infected_filing_all_the_same(take, provider, scanned, offered, carla):
    takers, _ = offered
    takers.register("greedy")(lambda message, **_asked: Taken("E-1"))
    message = take(sent(provider, Enclosure("virus.com", EICAR)))

    placed = actions.place(message=message, taker="greedy", choice={}, actor=carla, at=NOON)

    assert (placed.state, placed.troubles.get().solved_at) == ("filed", NOON)


def test_nothing_infected_may_be_shown(take, provider, scanned):
    message = take(sent(provider, Enclosure("virus.com", EICAR), Enclosure("modulo.pdf", form(name="B"))))

    virus, clean = files.looked_into(message)
    assert (virus.may_be_shown, clean.may_be_shown) == (False, True)
    assert [files.may_be_shown(one.document) for one in (virus, clean)] == [False, True]
    assert not files.letter_may_be_shown(message)


def test_another_copy_of_an_infected_message_is_not_shown_either(take, provider, scanned):
    raw = sent(provider, Enclosure("virus.com", EICAR))
    take(raw)

    copy = take(b"Received: from elsewhere\r\n" + raw)

    assert copy.same_as is not None
    assert not files.letter_may_be_shown(copy)


def test_without_a_scanner_everything_was_never_checked_and_may_be_shown(take, submission):
    message = take(submission)

    assert (states_of(message), files.has_scanner()) == ([VirusState.NEVER_CHECKED], False)
    assert files.letter_may_be_shown(message)


def test_an_unreadable_message_is_checked_too(take, scanned):
    message = take(b"Content-Type: multipart/signed; boundary=\r\n\r\n\x00" + EICAR)

    assert message.verdict == "unreadable"
    assert message.troubles.get().problem == "infected"


def test_what_is_too_long_for_the_scanner_could_not_be_checked(take, provider, scanned):
    message = take(sent(provider, Enclosure("lungo.bin", os.urandom(MOST_MIB * 1024 * 1024 + 1))))

    assert states_of(message) == [VirusState.FAILED]
    assert message.troubles.get().problem == "not_checked"
    assert files.letter_may_be_shown(message)


def test_a_silent_scanner_holds_the_message_back_and_is_noted(take, submission, broken):
    message = take(submission)

    assert (message.state, message.attachments.count()) == ("registered", 0)
    assert message.troubles.get().problem == "scanner_silent"


def test_once_the_scanner_answers_the_message_goes_on(take, submission, broken, clamd):
    take(submission)
    scanner.use(scanner_at(clamd))

    message = take(submission)

    assert (message.state, states_of(message)) == ("sorting", [VirusState.CLEAN])
    assert message.troubles.get().solved_at == NOON


def test_a_scanner_silent_for_hours_does_not_keep_the_message_from_the_desk(take, submission, broken):
    take(submission)
    Trouble.objects.update(tries=STOPPED_TRIES, first_at=NOON - STOPPED_FOR)

    message = take(submission)

    assert (message.state, states_of(message)) == ("sorting", [VirusState.FAILED])
    assert message.troubles.get(solved_at=None).problem == "not_checked"


def test_once_silent_the_scanner_is_not_asked_about_every_piece(broken):
    asked = []
    broken.check = lambda content: asked.append(content) or Broken.check(broken, content)

    checks = check_pieces([Piece(b"one"), Piece(b"two"), Piece(b"three")], is_last_try=True)

    assert (asked, len(checks)) == ([b"one"], 3)


def test_what_could_not_be_checked_is_not_taken_by_the_house(take, submission, broken, offered):
    takers, _ = offered
    takers.register("greedy")(lambda message, **_asked: Taken("E-1"))
    broken.is_silent = False

    assert take(submission).state == "sorting"


def test_what_could_not_be_checked_is_checked_again_an_hour_later(take, submission, broken, carla, clamd):
    broken.is_silent = False
    message = take(submission)
    scanner.use(scanner_at(clamd))

    too_early = actions.check_failed_again(actor=carla, at=NOON + timedelta(minutes=59))
    checked = actions.check_failed_again(actor=carla, at=NOON + timedelta(hours=1))

    assert (too_early, checked) == ([], [message.code])
    assert states_of(message) == [VirusState.CLEAN]
    assert message.troubles.get().solved_at == NOON + timedelta(hours=1)


def test_a_scanner_that_falls_silent_ends_the_round(take, submission, broken, carla):
    broken.is_silent = False
    take(submission)
    broken.is_silent = True

    assert actions.check_failed_again(actor=carla, at=NOON + timedelta(hours=1)) == []
    assert Trouble.objects.get().solved_at is None


def test_a_virus_known_only_today_is_found_by_checking_again(take, provider, carla, clamd):
    message = take(sent(provider, Enclosure("virus.com", EICAR)))
    scanner.use(scanner_at(clamd))

    checks = actions.check_again(message=message, actor=carla, at=NOON)

    scanner.use(None)
    assert {check.outcome for check in checks} == {"infected"}
    assert message.troubles.get().problem == "infected"


def test_the_ledger_tells_that_it_was_checked_and_no_name_of_a_file(take, submission, scanned, carla):
    message = take(submission)

    actions.check_again(message=message, actor=carla, at=NOON)

    assert Entry.objects.get(verb="message.checked").facts == {"outcomes": ["clean"]}


def test_nobody_else_has_it_checked(take, submission, scanned, stranger, dario, carla_elsewhere):
    message = take(submission)

    for somebody, refusal in ((stranger, NotAllowed), (dario, NotAllowed), (carla_elsewhere, NotFound)):
        with pytest.raises(refusal):
            actions.check_again(message=message, actor=somebody, at=NOON)


def test_clamd_is_reached_over_the_network_too(daemon):
    assert Clamd(daemon[1]).check(EICAR).threat == THREAT
    assert Clamd(f"tcp://{daemon[1]}").check(b"salve").outcome == CheckOutcome.CLEAN


def test_what_is_no_address_is_refused_and_nobody_there_is_silence():
    for wrong in ("localhost", "localhost:http", "relative/path"):
        with pytest.raises(ValueError, match="not the socket"):
            Clamd(wrong)
    with pytest.raises(ScannerSilent):
        Clamd("127.0.0.1:1").check(EICAR)


def test_no_address_is_no_scanner():
    assert scanner_at("") is None


def test_the_content_of_a_document_stays_what_it_was(take, provider, scanned):
    message = take(sent(provider, Enclosure("virus.com", EICAR)))

    assert queries.content(message.attachments.get().document) == EICAR
