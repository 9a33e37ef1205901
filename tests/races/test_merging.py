"""Two officers at once: one registration goes into one other, whoever is first, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.candidates.making import CARLA, DARIO, NOON, make_candidate, make_scheme
from tragitto.candidates.actions import likeness, merging
from tragitto.candidates.models import Candidate, LikePair, Merge
from tragitto.kernel.refusals import Refusal

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BORN = date(1998, 3, 14)


@pytest.fixture
def three(transactional_db) -> list[Candidate]:
    """Amina, registered three times."""
    scheme = make_scheme()
    people = [make_candidate(scheme, birth_on=BORN, passport=None) for _each in range(3)]
    likeness.note(candidates=[each.pk for each in people], scheme=scheme.pk, actor=CARLA, at=NOON)
    return people


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What comes of these, done at the same moment: the codes of a refusal, or nothing."""

    def one(act: Callable[[], object]) -> str:
        try:
            act()
        except Refusal as refused:
            return refused.findings[0].code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_merges_of_one_registration_are_one(three):
    one, two, three_ = three
    first = LikePair.objects.get(first=one, second=two)
    second = LikePair.objects.get(first=two, second=three_)

    refused = at_once(
        lambda: merging.merge(pair=first, kept=one, ground="One card", actor=CARLA, at=NOON),
        lambda: merging.merge(pair=second, kept=three_, ground="One card", actor=DARIO, at=NOON),
    )

    assert sorted(refused) == ["", "pair_gone"]
    assert Merge.objects.count() == 1


def test_a_pair_is_merged_or_told_apart(three):
    one, two, _other = three
    pair = LikePair.objects.get(first=one, second=two)

    refused = at_once(
        lambda: merging.merge(pair=pair, kept=one, ground="One card", actor=CARLA, at=NOON),
        lambda: likeness.tell_apart(pair=pair, ground="Two cards", actor=DARIO, at=NOON),
    )

    pair.refresh_from_db()
    assert sorted(refused) == ["", "pair_decided"]
    assert Merge.objects.exists() == (pair.state == "same")


def test_looking_for_likeness_at_once_writes_each_pair_once(three):
    scheme, keys = three[0].scheme_id, [each.pk for each in three]
    LikePair.objects.all().delete()

    at_once(
        *(
            lambda some=some: likeness.note(candidates=some, scheme=scheme, actor=CARLA, at=NOON)
            for some in (keys, keys[::-1], keys[1:], keys[:2])
        )
    )

    assert LikePair.objects.count() == 3
