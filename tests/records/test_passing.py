"""What passes leaves no mark: an overloaded machine makes no genuine message unreadable, nor its form."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.conftest import NOON
from tests.records.conftest import HOUSE, OFFICE
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.records import actions, queries, reader
from tragitto.records.actions.troubles import STOPPED_FOR, STOPPED_TRIES
from tragitto.records.models import Filing, Message, RegisterEntry, Trouble
from tragitto.records.vocabulary import Act, MessageState, Step
from tragitto_pec.confined import Bounds, Confined

pytestmark = pytest.mark.django_db
NO_TIME = Bounds(wall_seconds=0.001)


class NoTimeForForms(Confined):
    """A reader on a machine that is overloaded whenever it looks at a form."""

    def form_fields(self, pdf):
        self.close()
        self.bounds = NO_TIME
        try:
            return super().form_fields(pdf)
        finally:
            self.bounds = Bounds()


class NoProcesses(Confined):
    """A reader on a machine that has no process left."""

    def read(self, raw, **_anchors):
        raise OSError(24, "Too many open files")


@pytest.fixture
def machine(monkeypatch) -> Iterator:
    """Gives the house another reader, and ends it afterwards."""
    given = []

    def runs(confined: Confined) -> None:
        given.append(confined)
        monkeypatch.setattr(reader, "_confined", confined)

    yield runs
    for confined in given:
        confined.close()


def try_open(message: Message, at=NOON) -> None:
    with pytest.raises(actions.StepFailed):
        actions.attempt(code=message.code, step=Step.OPEN, actor=HOUSE, at=at)


def test_a_message_read_out_of_time_waits_and_is_noted(take, submission, machine):
    machine(Confined(NO_TIME))

    message = take(submission)

    assert (message.state, message.verdict) == (MessageState.KEPT, "")
    assert message.troubles.get().problem == "reader_stopped"


def test_a_machine_without_processes_is_noted_in_the_same_words(take, submission, machine):
    machine(NoProcesses())

    message = take(submission)

    assert (message.state, message.troubles.get().problem) == (MessageState.KEPT, "reader_stopped")


def test_once_the_overload_has_passed_the_message_is_read(take, submission, machine):
    machine(Confined(NO_TIME))
    take(submission)
    machine(Confined())

    message = take(submission)

    assert (message.state, message.verdict, message.certified_at) == ("sorting", "valid", NOON)
    assert message.troubles.get().solved_at == NOON


def stopped_often(message: Message, *, tries: int, at) -> None:
    Trouble.objects.create(
        message=message, step="open", problem="reader_stopped", tries=tries, first_at=at, last_at=at
    )


@pytest.mark.parametrize(
    ("tries", "since"),
    [(STOPPED_TRIES - 2, STOPPED_FOR), (STOPPED_TRIES + 50, STOPPED_FOR - timedelta(minutes=1))],
    ids=["too few tries", "too short a time"],
)
def test_neither_tries_nor_time_alone_make_it_unreadable(carla, submission, machine, tries, since):
    machine(Confined(NO_TIME))
    message = actions.keep(submission, door="cli", actor=carla, at=NOON).message
    stopped_often(message, tries=tries, at=NOON - since)

    try_open(message)


def test_after_many_tries_over_hours_it_is_written_down_as_unreadable(take, carla, submission, machine):
    machine(Confined(NO_TIME))
    kept = actions.keep(submission, door="cli", mailbox=OFFICE, actor=carla, at=NOON).message
    stopped_often(kept, tries=STOPPED_TRIES - 1, at=NOON - STOPPED_FOR)

    message = take(submission)

    assert (message.state, message.verdict) == ("sorting", "unreadable")
    assert [reason["code"] for reason in message.reasons] == ["reader-out-of-time"]


def test_tries_that_failed_for_another_reason_do_not_count(carla, submission, machine):
    machine(Confined(NO_TIME))
    message = actions.keep(submission, door="cli", actor=carla, at=NOON).message
    stopped_often(message, tries=STOPPED_TRIES, at=NOON - STOPPED_FOR)
    Trouble.objects.update(problem="content_missing")

    try_open(message)

    assert (Trouble.objects.get().tries, Trouble.objects.get().first_at) == (1, NOON)


def test_a_form_whose_reading_was_stopped_is_no_fact_and_is_tried_again(take, submission, machine):
    machine(NoTimeForForms())
    message = take(submission)
    assert (message.state, message.attachments.count()) == (MessageState.REGISTERED, 0)
    assert message.troubles.get().problem == "reader_stopped"

    machine(Confined())

    assert take(submission).attachments.get().form["fields"] == {"name": "Bruno"}


def test_a_form_that_ends_the_reader_every_time_is_kept_unread(take, submission, machine):
    machine(NoTimeForForms())
    message = take(submission)
    Trouble.objects.update(tries=STOPPED_TRIES, first_at=NOON - STOPPED_FOR)

    message = take(submission)

    assert (message.state, message.attachments.get().form["problem"]) == ("sorting", "stopped")


@pytest.fixture
def unread(take, carla, submission, machine) -> Message:
    """Bruno's letter, taken for unreadable after a day on an overloaded machine that is well again."""
    machine(Confined(NO_TIME))
    kept = actions.keep(submission, door="cli", mailbox=OFFICE, actor=carla, at=NOON).message
    stopped_often(kept, tries=STOPPED_TRIES, at=NOON - STOPPED_FOR)
    message = take(submission)
    machine(Confined())
    return message


def test_carla_has_an_unreadable_message_read_again(unread, carla):
    again = actions.read_again(message=unread, actor=carla, at=NOON)
    message = actions.carry_through(message=again, actor=carla, at=NOON)

    assert (message.state, message.verdict, message.attachments.count()) == ("sorting", "valid", 1)


def test_the_ledger_tells_what_the_reading_had_been(unread, carla):
    actions.read_again(message=unread, actor=carla, at=NOON)

    told = Entry.objects.get(subject=unread.code, verb="message.read_again")
    assert told.facts == {"verdict": "unreadable", "reasons": ["reader-out-of-time"]}


def test_a_message_read_again_keeps_its_entry_in_the_register(unread, carla):
    again = actions.read_again(message=unread, actor=carla, at=NOON)
    actions.carry_through(message=again, actor=carla, at=NOON)

    assert RegisterEntry.objects.get().message == unread
    assert list(queries.verify_register()) == []


def test_a_message_that_could_be_read_is_never_read_again(take, carla, submission):
    message = take(submission)

    with pytest.raises(Blocked):
        actions.read_again(message=message, actor=carla, at=NOON)


def test_what_has_left_the_desk_is_not_read_again(unread, carla):
    actions.set_aside(message=unread, reason="a test", actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.read_again(message=unread, actor=carla, at=NOON)


def test_what_was_filed_once_is_not_read_again(unread, carla):
    Filing.objects.create(message=unread, act=Act.FILED, where="E-1", by="U-CARLA", at=NOON)

    with pytest.raises(Blocked):
        actions.read_again(message=unread, actor=carla, at=NOON)


def test_nobody_else_has_it_read_again(unread, stranger, dario, carla_elsewhere):
    for somebody, refusal in ((stranger, NotAllowed), (dario, NotAllowed), (carla_elsewhere, NotFound)):
        with pytest.raises(refusal):
            actions.read_again(message=unread, actor=somebody, at=NOON)


BLANK = "UPDATE message SET kind = '', verdict = '', reasons = '[]', state = 'kept' WHERE code = %s"


def test_the_database_lets_no_reading_go_but_an_unreadable_one(take, submission):
    message = take(submission)

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        blank(message, BLANK)


def test_the_database_lets_an_unreadable_reading_go_only_from_the_desk(unread, carla):
    actions.set_aside(message=unread, reason="a test", actor=carla, at=NOON)

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        blank(unread, BLANK)


def test_the_database_lets_no_unreadable_reading_be_replaced_in_place(unread):
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        blank(unread, "UPDATE message SET kind = 'ordinaria', verdict = 'uncertified' WHERE code = %s")


def blank(message: Message, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [message.code])
