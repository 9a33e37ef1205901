"""A virus is found wherever it hides, by a real clamd; what carries one is kept, and never handed out."""

import pytest

from tests.conftest import NOON
from tests.records.conftest import form, letter
from tests.records.files_stage import EICAR, THREAT, zipped
from tragitto.records import actions, queries
from tragitto.records.models import Message, VirusCheck
from tragitto.records.queries import files
from tragitto.records.registries import Taken
from tragitto.records.vocabulary import VirusState
from tragitto_pec.rehearsal import Enclosure

pytestmark = pytest.mark.django_db


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
        ("archivio.zip", zipped({"inner": EICAR})),
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
    hidden = zipped({"dentro.txt": EICAR})
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


def test_the_content_of_a_document_stays_what_it_was(take, provider, scanned):
    message = take(sent(provider, Enclosure("virus.com", EICAR)))

    assert queries.content(message.attachments.get().document) == EICAR
