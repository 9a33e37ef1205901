"""The demonstration: everything arrives as it would in real use, and a second start finds it there."""

from collections import Counter

import pytest
from django.conf import settings as django_settings

from tragitto.demo import actions, story
from tragitto.employers.models import Expression
from tragitto.kernel.actors import Actor
from tragitto.ledger import queries as ledger
from tragitto.ledger.rules import breaks
from tragitto.records.models import Message, RegisterEntry
from tragitto.schemes.models import Call

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def prepared(settings, tmp_path):
    """The demonstration, ready, with its data in a folder of its own."""
    settings.VAR = tmp_path
    settings.DOCUMENTS = str(tmp_path / "documents")
    settings.IS_DEMONSTRATION = True
    return actions.prepare(say=lambda line: None)


def unmet(name: str) -> set[str]:
    """The judges that found something wrong with the employer's filing."""
    expression = Expression.objects.get(employer__name__startswith=name)
    found = expression.current.findings.filter(run=expression.current.run, state="unmet")
    return set(found.values_list("criterion__judge", flat=True))


def test_the_whole_story_arrives(prepared):
    told = story.told()
    calls = set(Call.objects.filter(status="published").values_list("code", flat=True))

    assert calls == {filing.call for filing in told.filings}
    assert Message.objects.count() == len(told.filings) + len(told.oddities)
    assert Expression.objects.count() == len(
        {told.words_of(each)["enterprise_codice_fiscale"] for each in told.filings}
    )
    assert Message.objects.waiting().count() == len(told.oddities)

    # The mistakes planted in the story are found, each by its judge.
    assert unmet("De Luca") == {"in_time"}
    assert unmet("Negri") == set()
    assert unmet("Ferrari") == {"constituted_and_active"}
    assert unmet("Galli") == {"delegation_complete"}
    assert unmet("Stampi") == {"unit_in_region"}
    assert "enterprise_not_private_person" in unmet("Luca Venturi")

    # Bianchi wrote one second before Bruno and was fetched after him.
    first = Expression.objects.filter(call__code__startswith="lombardia").order_by("place_instant")
    assert [each.employer.name.split()[0] for each in first[:2]] == ["Impianti", "Bruno"]
    assert first[1].versions.count() == 2

    numbers = Counter(RegisterEntry.objects.values_list("year", flat=True))
    assert all(
        sorted(RegisterEntry.objects.filter(year=year).values_list("number", flat=True))
        == list(range(1, count + 1))
        for year, count in numbers.items()
    )
    assert list(breaks(ledger.chain())) == []
    assert Expression.objects.filter(case__outcome="admitted").count() == len(told.reviewed.employers)

    # A second start, also one after a kill half-way, doubles nothing.
    before = (Message.objects.count(), RegisterEntry.objects.count(), Expression.objects.count())
    (django_settings.VAR / "demonstration-seeded").unlink()
    again = actions.prepare(say=lambda line: None)
    assert (Message.objects.count(), RegisterEntry.objects.count(), Expression.objects.count()) == before
    assert [line.split("second factor")[0] for line in again] == [
        line.split("second factor")[0] for line in prepared
    ]


def test_the_lines_say_who_signs_in_and_how(prepared):
    told = story.told()

    assert all(any(person.email in line for line in prepared) for person in told.people)
    assert sum("secret" in line for line in prepared) == len(told.people)


def test_nobody_acts_as_the_house_at_the_desk(prepared):
    # Decisions of the demonstration are people's, as in real use.
    decided = Expression.objects.filter(case__outcome="admitted").values_list(
        "case__decisions__decided_by", flat=True
    )

    assert Actor.system("demo").code not in set(decided)
