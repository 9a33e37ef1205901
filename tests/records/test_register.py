"""The protocol register: numbers without gaps, entries that stay, a daily file that can be checked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.conftest import NOON
from tests.records.conftest import OFFICE
from tragitto.cli import register as commands
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotAllowed
from tragitto.records import actions, queries
from tragitto.records.actions import registering
from tragitto.records.models import Message, OfficeNumber, RegisterCounter, RegisterEntry
from tragitto.records.rules.register import Gap, gaps, moment_of_registration

TODAY = date(2025, 7, 1)
pytestmark = pytest.mark.django_db(transaction=True)


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(statement)
        cursor.execute("SET ROLE tragitto")


def plain(subject: str) -> bytes:
    return f"From: bruno@impresa.example\r\nSubject: {subject}\r\n\r\nCiao".encode()


def read_message(actor: Actor, subject: str) -> Message:
    """A message that waits to be registered."""
    kept = actions.keep(
        plain(subject), door="cli", mailbox=OFFICE, actor=actor, at=NOON, by_job=False
    ).message
    return actions.open_message(code=kept.code, actor=actor, at=NOON)


def registered(take, *subjects: str) -> list[RegisterEntry]:
    return [take(plain(subject)).entry for subject in subjects]


def problems() -> list[tuple[str, str]]:
    return [(gap.where, gap.problem) for gap in queries.verify_register()]


def in_threads(work, codes: list[str]) -> list[object]:
    """Do `work` with every code at the same moment, each in a connection of its own; errors are returned."""
    start = Barrier(len(codes))

    def one(code: str) -> object:
        try:
            start.wait(timeout=20)
            return work(code)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(codes)) as pool:
        return list(pool.map(one, codes))


def test_numbers_follow_each_other(take):
    assert [entry.number for entry in registered(take, "one", "two", "three")] == [1, 2, 3]


def test_every_year_begins_at_one_by_the_calendar_of_rome(take):
    before = take(plain("old"), at=datetime(2025, 12, 31, 22, 59, tzinfo=UTC))
    after = take(plain("new"), at=datetime(2025, 12, 31, 23, 1, tzinfo=UTC))

    assert [before.entry.reference, after.entry.reference] == ["2025/0000001", "2026/0000001"]


def test_messages_registered_at_the_same_moment_get_numbers_without_gaps(carla, mailboxes):
    codes = [read_message(carla, f"message {i}").code for i in range(6)]

    results = in_threads(lambda code: actions.register_message(code=code, actor=carla, at=NOON), codes)

    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert problems() == []


def test_without_the_lock_the_race_is_lost(carla, mailboxes, monkeypatch):
    """The twin of the test above: it would notice if nobody waited for the counter."""
    codes = [read_message(carla, f"message {i}").code for i in range(4)]
    together = Barrier(4)

    RegisterCounter.objects.create(register="office", year=2025)

    def unlocked(register: str, at: datetime) -> RegisterCounter:
        counter = RegisterCounter.objects.get(register=register, year=at.year)
        together.wait(timeout=20)
        return counter

    monkeypatch.setattr(registering, "_locked_counter", unlocked)
    results = in_threads(lambda code: actions.register_message(code=code, actor=carla, at=NOON), codes)

    assert sum(isinstance(result, IntegrityError) for result in results) == 3


def test_one_message_registered_by_two_workers_has_one_number(carla):
    code = read_message(carla, "once").code

    in_threads(lambda same: actions.register_message(code=same, actor=carla, at=NOON), [code, code, code])

    assert RegisterEntry.objects.count() == 1
    assert RegisterCounter.objects.get().last == 1


def test_a_registration_that_fails_gives_its_number_back(carla, take):
    message = read_message(carla, "failing")
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.register_message(code=message.code, actor=carla, at=NOON)
        raise RuntimeError

    assert take(plain("next")).entry.number == 1


def test_the_database_itself_refuses_a_gap(carla, take):
    registered(take, "one")
    message = read_message(carla, "two")

    RegisterCounter.objects.update(last=7)
    with pytest.raises(IntegrityError, match="would leave a gap"):
        actions.register_message(code=message.code, actor=carla, at=NOON)

    assert RegisterEntry.objects.count() == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_ordinary_role_cannot_touch_an_entry(take, change):
    registered(take, "one")

    with pytest.raises(ProgrammingError, match="permission denied"):
        if change == "update":
            RegisterEntry.objects.update(subject="another")
        else:
            RegisterEntry.objects.all().delete()


def test_what_was_read_of_a_message_cannot_be_written_again(take):
    message = take(plain("one"))

    with pytest.raises(IntegrityError, match="written once"):
        Message.objects.filter(pk=message.pk).update(sender="elif@example.org")


def test_what_came_in_cannot_be_changed(take):
    message = take(plain("one"))

    with pytest.raises(IntegrityError, match="does not change"):
        Message.objects.filter(pk=message.pk).update(arrived_at=NOON - timedelta(hours=1))


def test_a_changed_entry_is_named(take):
    registered(take, "one", "two")

    as_owner("UPDATE register_entry SET sender = 'elif@example.org' WHERE number = 1")

    assert problems() == [("office 2025/0000001", "has been changed")]


def test_an_entry_changed_together_with_its_digest_does_not_agree_with_the_ledger(take):
    registered(take, "one", "two")
    entry = RegisterEntry.objects.select_related("message").get(number=2)
    digest = replace(queries.registration(entry), sender="elif@example.org").digest

    as_owner(f"UPDATE register_entry SET sender = 'elif@example.org', digest = '{digest}' WHERE number = 2")

    assert problems() == [("office 2025/0000002", "is not what the ledger recorded")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_entry_is_named(take, number):
    registered(take, "one", "two", "three")

    as_owner(f"DELETE FROM register_entry WHERE number = {number}")

    assert problems() == [(f"office 2025/000000{number}", "is missing")]


def test_days_that_run_backwards_are_named(take):
    take(plain("one"), at=NOON)
    take(plain("two"), at=NOON - timedelta(days=1))

    assert problems() == [("office 2025/0000002", "is dated before the entry that precedes it")]


def test_waiting_for_a_number_does_not_disorder_the_register():
    assert moment_of_registration(NOON, NOON + timedelta(seconds=1)) == NOON + timedelta(seconds=1)
    assert moment_of_registration(NOON, NOON + timedelta(hours=1)) == NOON
    assert moment_of_registration(NOON, None) == NOON


def test_a_register_that_lost_everything_is_named():
    assert list(gaps([], last={("general", 2025): 2}, written={})) == [
        Gap("general 2025/0000001", "is missing"),
        Gap("general 2025/0000002", "is missing"),
    ]


def test_the_number_of_an_office_is_a_row_of_its_own(take, carla):
    (entry,) = registered(take, "one")
    actions.add_office_number(entry=entry, number="U-77/2025", given_on=TODAY, actor=carla, at=NOON)

    assert OfficeNumber.objects.get().entry == entry
    assert problems() == []


def test_a_reviewer_gives_no_office_number(take, dario):
    (entry,) = registered(take, "one")

    with pytest.raises(NotAllowed):
        actions.add_office_number(entry=entry, number="1", given_on=TODAY, actor=dario, at=NOON)


def test_the_daily_register_holds_the_day_of_rome(take):
    take(plain("late"), at=datetime(2025, 7, 1, 21, 59, tzinfo=UTC))
    take(plain("next day"), at=datetime(2025, 7, 1, 22, 1, tzinfo=UTC))

    assert [entry.subject for entry in queries.daily_register(TODAY, register="office")] == ["late"]


def test_a_day_that_grew_after_its_export_still_comes_out_as_exported(take, carla):
    registered(take, "one")
    actions.export_day(day=TODAY, actor=carla, at=NOON)
    registered(take, "two")

    assert problems() == []


def test_an_export_that_no_longer_comes_out_the_same_is_named(take, carla):
    registered(take, "one")
    actions.export_day(day=TODAY, actor=carla, at=NOON)

    as_owner("UPDATE register_entry SET subject = 'another'")

    assert ("office daily register of 2025-07-01", "no longer comes out as exported (csv)") in problems()


def test_verify_says_so_and_ends_with_one(take):
    registered(take, "one", "two")
    good = CliRunner().invoke(commands.verify, ["--documents"])
    as_owner("DELETE FROM register_entry WHERE number = 1")

    bad = CliRunner().invoke(commands.verify)

    assert (good.exit_code, good.output) == (0, "0 problems\n")
    assert (bad.exit_code, bad.output) == (1, "office 2025/0000001 is missing.\n1 problem\n")


def test_a_stranger_sees_and_exports_nothing(take, stranger):
    registered(take, "one")

    assert list(queries.register(actor=stranger, year=2025)) == []
    with pytest.raises(NotAllowed):
        actions.export_day(day=TODAY, actor=stranger, at=NOON)


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_two_queries_however_long(take, carla, count, django_assert_num_queries):
    registered(take, *[f"message {i}" for i in range(count)])

    with django_assert_num_queries(2):
        page = [
            (entry.reference, entry.message.code, list(entry.office_numbers.all()))
            for entry in queries.register(actor=carla, year=2025)
        ]

    assert len(page) == count


def test_two_copies_opened_at_the_same_moment_are_one_message(carla, submission):
    copies = [
        actions.keep(raw, door="cli", actor=carla, at=NOON, by_job=False).message.code
        for raw in (submission, b"X-Copy: 1\r\n" + submission, b"X-Copy: 2\r\n" + submission)
    ]

    results = in_threads(lambda code: actions.open_message(code=code, actor=carla, at=NOON), copies)

    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Message.objects.values_list("state", flat=True)) == ["linked", "linked", "read"]
