"""Each office has its own mail and its own register: another's is not seen, not opened, not exported."""

import pytest
from django.db import IntegrityError

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.records.conftest import ANOTHER, BRUNO, HOUSE, OFFICE, letter
from tests.records.test_register import TODAY
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.records import actions, queries
from tragitto.records.models import Mailbox, Message, RegisterEntry
from tragitto.records.queries import dossiers
from tragitto.records.registries import Taken
from tragitto.records.rules.register import GENERAL
from tragitto.records.vocabulary import MessageState
from tragitto_pec.rehearsal import Letter
from tragitto_pec.vocabulary import Kind

pytestmark = pytest.mark.django_db
PUBLISHER = Actor("U-PAOLA", organisation="office", roles=frozenset({"publisher"}), door="office")


@pytest.fixture
def to_both(provider) -> bytes:
    """One certified message of Bruno's to the mailboxes of two offices."""
    return provider.envelope(Letter(BRUNO, (OFFICE, ANOTHER), "A tutti", "Buongiorno"), at=NOON)


@pytest.fixture
def taker(offered) -> None:
    """A taker that takes whatever a person chose."""

    @offered[0].register("anything")
    def anything(message, *, actor, at, choice=None):
        return Taken(where="E-1") if choice is not None else None


def give(address: str, code: str, actor: Actor = HOUSE) -> Mailbox:
    return actions.give_mailbox(address=address, organisation=make_organisation(code), actor=actor, at=NOON)


def findings(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


# ---- Mailboxes


def test_a_mailbox_is_given_once_and_told_without_its_address(db):
    first, again = give(OFFICE, "office"), give(f" {OFFICE.upper()} ", "office")

    assert first == again
    entry = Entry.objects.get(verb="mailbox.given")
    assert (entry.subject, "@" in str(entry.facts)) == ("office", False)


def test_a_mailbox_of_another_office_is_refused_in_words(mailboxes):
    with pytest.raises(Blocked) as refused:
        give(OFFICE, "another-office")

    assert findings(refused) == ["records.mailbox_of_another"]
    assert Mailbox.objects.get(address=OFFICE).organisation.code == "office"


def test_a_publisher_gives_a_mailbox_to_the_own_body_alone(db, carla):
    assert give(OFFICE, "office", PUBLISHER).given_by == PUBLISHER.code

    for actor, code in ((PUBLISHER, "another-office"), (carla, "office")):
        with pytest.raises(NotAllowed):
            give(ANOTHER, code, actor)


def test_no_office_bears_the_name_of_the_register_of_nobody(db):
    with pytest.raises(Blocked) as refused:
        give(OFFICE, GENERAL)

    assert findings(refused) == ["records.register_name_taken"]


# ---- Whose mail a message is


def test_the_mailbox_it_was_fetched_from_decides(take, to_both):
    assert take(to_both, mailbox=ANOTHER).office == "another-office"


def test_without_a_mailbox_the_recipient_decides(take, submission):
    assert take(submission, mailbox="").office == "office"


def test_an_untouched_letter_of_bruno_needs_no_mailbox_to_be_read(take, provider):
    """The office is found in what is proven, in whatever letters it is written."""
    raw = provider.envelope(Letter(BRUNO, (OFFICE.upper(),), letter().subject, "Ciao"), at=NOON)

    assert take(raw, mailbox="").office == "office"


def test_a_mailbox_nobody_reads_leaves_it_to_the_recipients(take, submission):
    assert take(submission, mailbox="nobody@pec.example").office == "office"


def test_addressed_to_two_offices_it_is_nobodys_as_long_as_no_mailbox_is_named(take, to_both):
    message = take(to_both, mailbox="")

    assert (message.office, message.entry.register) == ("", GENERAL)


def test_a_receipt_is_the_mail_of_who_had_sent_the_message(take, provider):
    sent = Letter(OFFICE, (BRUNO,), "Esito", "Buongiorno")

    assert take(provider.receipt(Kind.ACCETTAZIONE, sent, accepted_at=NOON), mailbox="").office == "office"


def test_whose_mail_it_is_never_changes(take, submission):
    message = take(submission)

    with pytest.raises(IntegrityError, match="stays so"):
        Message.objects.filter(pk=message.pk).update(office="another-office")


# ---- The same message twice


def test_a_message_to_two_offices_is_a_message_of_each(take, to_both):
    one, two = take(to_both), take(to_both, mailbox=ANOTHER)

    assert [one.office, two.office] == ["office", "another-office"]
    assert [one.entry.register, two.entry.register] == ["office", "another-office"]
    assert [one.entry.number, two.entry.number] == [1, 1]
    assert one.raw == two.raw


def test_other_bytes_of_it_are_linked_in_each_office_to_its_own(take, to_both):
    one, two = take(to_both), take(to_both, mailbox=ANOTHER)

    copies = [take(b"X-Copy: 1\r\n" + to_both, mailbox=mailbox) for mailbox in (OFFICE, ANOTHER)]

    assert [copy.same_as for copy in copies] == [one, two]


@pytest.mark.parametrize("mailbox", [OFFICE, ""])
def test_the_same_bytes_from_the_same_mailbox_or_none_are_one_message(take, submission, mailbox):
    first = take(submission)

    assert take(submission, mailbox=mailbox) == first
    assert Message.objects.count() == 1


def test_bytes_kept_without_a_mailbox_turn_out_to_be_what_the_office_has(take, carla, submission):
    unread = actions.keep(submission, door="cli", actor=carla, at=NOON, by_job=False).message
    fetched = take(submission)

    opened = actions.carry_through(message=unread, actor=carla, at=NOON)

    assert (opened.state, opened.same_as) == (MessageState.LINKED, fetched)
    assert RegisterEntry.objects.count() == 1


def test_the_database_itself_refuses_the_same_bytes_twice_in_one_office(take, submission):
    message = take(submission)

    message.pk, message.code = None, "M-AGAIN"
    with pytest.raises(IntegrityError, match="message_once_per_"):
        message.save(force_insert=True)


# ---- Who sees what


def test_carla_of_another_office_sees_no_row(take, submission, carla_elsewhere):
    take(submission)

    assert list(queries.messages(actor=carla_elsewhere)) == []
    assert list(queries.desk(actor=carla_elsewhere)) == []


def test_carla_of_another_office_opens_nothing(take, submission, carla, carla_elsewhere):
    message = take(submission)
    (attachment,) = message.attachments.all()

    assert queries.get_for(carla, message.code) == message
    for ask, code in ((queries.get_for, message.code), (queries.attachment_for, attachment.code)):
        with pytest.raises(NotFound):
            ask(carla_elsewhere, code)


def test_carla_of_another_office_sorts_nothing(take, submission, carla_elsewhere):
    message = take(submission)

    with pytest.raises(NotFound):
        actions.set_aside(message=message, reason="Not mine.", actor=carla_elsewhere, at=NOON)


def test_carla_of_another_office_sees_no_trouble(take, submission, carla, carla_elsewhere, offered):
    @offered[0].register("clumsy")
    def clumsy(message, *, actor, at, choice=None):
        raise RuntimeError

    take(submission)

    assert [len(queries.open_troubles(actor=actor)) for actor in (carla, carla_elsewhere)] == [1, 0]


def test_carla_of_another_office_sees_no_entry(take, submission, carla, carla_elsewhere):
    take(submission)

    assert len(queries.register(actor=carla, year=2025)) == 1
    for named in ("", "office"):
        assert list(queries.register(actor=carla_elsewhere, year=2025, register=named)) == []
    assert dossiers.register_years(actor=carla_elsewhere) == []
    assert dossiers.place_in_register(actor=carla_elsewhere, year=2025, number=1) is None
    assert queries.registers(actor=carla_elsewhere) == []


def test_carla_of_another_office_exports_nothing_of_this_one(take, submission, carla_elsewhere):
    take(submission)

    with pytest.raises(NotAllowed):
        actions.export_day(day=TODAY, register="office", actor=carla_elsewhere, at=NOON)
    assert actions.export_day(day=TODAY, actor=carla_elsewhere, at=NOON).entries == []


def test_carla_of_another_office_adds_no_number(take, submission, carla_elsewhere):
    entry = take(submission).entry

    with pytest.raises(NotFound):
        actions.add_office_number(entry=entry, number="1", given_on=TODAY, actor=carla_elsewhere, at=NOON)


# ---- What is nobody's yet


def test_what_is_nobodys_is_on_every_desk_and_in_no_offices_register(take, to_both, carla, carla_elsewhere):
    message = take(to_both, mailbox="")

    for actor in (carla, carla_elsewhere):
        assert list(queries.desk(actor=actor)) == [message]
        assert list(queries.register(actor=actor, year=2025, register=GENERAL)) == []


def test_who_places_what_is_nobodys_makes_it_the_offices(take, to_both, carla, carla_elsewhere, taker):
    message = take(to_both, mailbox="")

    placed = actions.place(message=message, taker="anything", choice={}, actor=carla, at=NOON)

    assert (placed.office, placed.entry.register) == ("office", GENERAL)
    with pytest.raises(NotFound):
        queries.get_for(carla_elsewhere, message.code)


def test_what_the_office_has_already_is_not_placed_a_second_time(take, to_both, carla, taker):
    message = take(to_both, mailbox="")
    take(to_both)

    with pytest.raises(Blocked) as refused:
        actions.place(message=message, taker="anything", choice={}, actor=carla, at=NOON)

    assert findings(refused) == ["records.office_has_it"]
