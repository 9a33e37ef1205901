"""The demonstration: everything arrives as it would in real use, and a second start finds it there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tragitto.demo import actions, story
from tragitto.employers.models import Expression
from tragitto.ledger import queries as ledger
from tragitto.ledger.rules import breaks
from tragitto.records import queries as records
from tragitto.records.models import Message, RegisterEntry
from tragitto.schemes.models import Call

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOLD = story.told()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the demonstration keeps its data."""
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def prepared(folder, django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demonstration, made once in a transaction that is never committed."""
    ours = override_settings(VAR=folder, DOCUMENTS=str(folder / "documents"), IS_DEMONSTRATION=True)
    with django_db_blocker.unblock(), ours, transaction.atomic():
        lines = actions.prepare(say=lambda line: None)
        connection.check_constraints()
        yield lines
        transaction.set_rollback(True)


def unmet(name: str) -> set[str]:
    """The judges that found something wrong with the employer's filing."""
    expression = Expression.objects.get(employer__name__startswith=name)
    found = expression.current.findings.filter(run=expression.current.run, state="unmet")
    return set(found.values_list("criterion__judge", flat=True))


def counts() -> tuple[int, int, int]:
    return Message.objects.count(), RegisterEntry.objects.count(), Expression.objects.count()


def test_every_call_of_the_story_is_published(prepared):
    published = set(Call.objects.filter(status="published").values_list("code", flat=True))

    assert published == {filing.call for filing in TOLD.filings}


def test_every_message_is_registered(prepared):
    sent = len(TOLD.filings) + len(TOLD.oddities)

    assert (Message.objects.count(), RegisterEntry.objects.count()) == (sent, sent)


def test_each_office_has_its_own_mail_in_its_own_register_without_gaps(prepared):
    offices = {call.publisher.code for call in Call.objects.select_related("publisher")}

    assert set(Message.objects.values_list("office", flat=True)) == offices
    assert set(RegisterEntry.objects.values_list("register", flat=True)) == offices
    assert list(records.verify_register()) == []


def test_what_is_no_filing_waits_at_the_desk(prepared):
    assert Message.objects.waiting().count() == len(TOLD.oddities)


@pytest.mark.parametrize(
    ("employer", "judges"),
    [
        ("De Luca", {"in_time"}),
        ("Negri", set()),
        ("Ferrari", {"constituted_and_active"}),
        ("Galli", {"delegation_complete"}),
        ("Stampi", {"unit_in_region"}),
        ("Luca Venturi", {"enterprise_not_private_person", "forms_complete"}),
    ],
)
def test_a_planted_mistake_is_found_by_its_judge(prepared, employer, judges):
    assert unmet(employer) == judges


def test_who_wrote_a_second_earlier_stands_first_though_fetched_later(prepared):
    first = Expression.objects.filter(call__code=TOLD.filings[0].call).order_by("place_instant")[:2]

    assert [each.employer.name.split()[0] for each in first] == ["Impianti", "Bruno"]


def test_a_second_message_of_an_employer_is_a_second_version(prepared):
    assert Expression.objects.get(employer__name__startswith="Bruno").versions.count() == 2


def test_the_first_reviews_are_done_by_two_people(prepared):
    admitted = Expression.objects.filter(case__outcome="admitted")

    assert admitted.count() == len(TOLD.reviewed.employers)
    assert all(each.case.decisions.get().proposed_by for each in admitted)


def test_the_ledger_holds(prepared):
    assert list(breaks(ledger.chain())) == []


def test_the_lines_say_who_signs_in_and_how(prepared):
    assert all(any(person.email in line for line in prepared) for person in TOLD.people)
    assert sum("secret" in line for line in prepared) == len(TOLD.people)


def test_a_start_taken_up_half_way_doubles_nothing(prepared, folder):
    before = counts()

    (folder / "demonstration-seeded").unlink()
    actions.prepare(say=lambda line: None)

    assert counts() == before
