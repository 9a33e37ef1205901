"""When a virus scanner cannot tell: the message waits, goes to the desk unchecked, is checked again."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.records.files_stage import EICAR, MOST_MIB, THREAT
from tests.records.test_viruses import sent, states_of
from tragitto.gateways.clamd import Clamd, scanner_at
from tragitto.kernel.refusals import NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.records import actions, scanner
from tragitto.records.actions.checking import Piece, check_pieces
from tragitto.records.actions.troubles import STOPPED_FOR, STOPPED_TRIES
from tragitto.records.models import Trouble
from tragitto.records.queries import files
from tragitto.records.registries import Taken
from tragitto.records.scanner import Checked, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome, VirusState
from tragitto_pec.rehearsal import Enclosure

pytestmark = pytest.mark.django_db


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
