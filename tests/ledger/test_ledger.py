"""The ledger: what is written stays, in order, and a change betrays itself."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.conftest import NOON
from tragitto.ledger import actions, queries, rules
from tragitto.ledger.models import Entry, Link

pytestmark = pytest.mark.django_db(transaction=True)


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(statement)
        cursor.execute("SET ROLE tragitto")


def write(actor, *verbs: str) -> list[Entry]:
    return [
        actions.record(verb, subject="E-1", actor=actor, at=NOON + timedelta(minutes=i), facts={"number": i})
        for i, verb in enumerate(verbs)
    ]


def problems() -> list[tuple[int | None, str]]:
    return [(broken.position, broken.problem) for broken in rules.breaks(queries.chain())]


def test_entries_are_chained_in_the_order_of_their_commits(carla):
    first, second = write(carla, "message.kept", "message.registered")

    assert list(Link.objects.order_by("position").values_list("position", "entry_id")) == [
        (1, first.pk),
        (2, second.pk),
    ]
    assert problems() == []


def test_an_entry_falls_with_its_transaction(carla):
    with pytest.raises(RuntimeError), transaction.atomic():
        write(carla, "message.kept")
        raise RuntimeError

    assert Entry.objects.count() == 0


def test_the_ordinary_role_cannot_change_an_entry(carla):
    write(carla, "message.kept")

    with pytest.raises(ProgrammingError, match="permission denied"):
        Entry.objects.update(verb="message.refused")


def test_the_ordinary_role_cannot_delete_an_entry(carla):
    write(carla, "message.kept")

    with pytest.raises(ProgrammingError, match="permission denied"):
        Link.objects.all().delete()


def test_the_ordinary_role_cannot_forge_a_link(carla):
    (entry,) = write(carla, "message.kept")

    with pytest.raises(ProgrammingError, match="permission denied"):
        Link.objects.create(position=2, entry=entry, previous=b"", hash=b"")


def test_a_changed_entry_is_named(carla):
    write(carla, "message.kept", "case.moved", "case.closed")

    as_owner("UPDATE ledger_entry SET verb = 'case.forged' WHERE verb = 'case.moved'")

    assert problems() == [(2, "has been changed")]


def test_an_entry_changed_with_its_digest_breaks_the_chain(carla):
    write(carla, "message.kept", "case.moved", "case.closed")

    as_owner("UPDATE ledger_entry SET digest = sha256('x') WHERE verb = 'case.moved'")

    assert problems() == [(2, "has been changed"), (2, "does not follow from the entry before it")]


def test_a_removed_entry_leaves_a_hole(carla):
    write(carla, "message.kept", "case.moved", "case.closed")

    as_owner("DELETE FROM ledger_link WHERE position = 2; DELETE FROM ledger_entry WHERE verb = 'case.moved'")

    assert problems() == [(2, "link 2 is missing"), (3, "does not follow from the entry before it")]


def test_facts_read_back_hash_the_same(carla):
    facts = {"instant": NOON, "names": ("b", "a"), "deep": {"z": None, "a": True}}
    actions.record("case.moved", subject="E-1", actor=carla, at=NOON, facts=facts)

    assert problems() == []


def test_a_fraction_has_no_canonical_form(carla):
    with pytest.raises(TypeError, match="float"):
        actions.record("case.moved", subject="E-1", actor=carla, at=NOON, facts={"share": 0.5})


def test_a_stranger_reads_nothing(carla, stranger):
    write(carla, "message.kept")

    assert list(queries.latest(actor=stranger)) == []
    assert len(queries.latest(actor=carla)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_costs_one_query_however_long(carla, count, django_assert_num_queries):
    write(carla, *["case.moved"] * count)

    with django_assert_num_queries(1):
        page = [(entry.verb, entry.link.position) for entry in queries.history(actor=carla, subject="E-1")]

    assert len(page) == count
