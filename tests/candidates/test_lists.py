"""Lists of people, exclusion lists, and searches that are kept."""

import pytest
from django.db import IntegrityError, transaction

from tests.candidates.making import (
    AMINA,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates.actions import indexing, listing
from tragitto.candidates.models import ListEntry, RosterList, SavedSearch
from tragitto.candidates.queries import lists, search
from tragitto.candidates.rules.criteria import Criteria, of_data
from tragitto.candidates.vocabulary import ListKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = pytest.mark.django_db
OLGA = Actor("U-OLGA", CARLA.organisation, frozenset({"observer"}), "office")
#: An officer of the other organisation that keeps this roster.
ELENA = Actor("U-ELENA", "unioncamere-lombardia", frozenset({"officer"}), "office")


@pytest.fixture
def scheme():
    return make_scheme()


def make_list(scheme, name="To call", kind=ListKind.WORKING, actor=CARLA) -> RosterList:
    return listing.make_list(scheme=scheme, kind=kind, name=name, actor=actor, at=NOON)


def put(roster_list, *people, actor=CARLA, note="") -> int:
    codes = [each.code for each in people]
    return listing.put_on_list(roster_list=roster_list, candidates=codes, note=note, actor=actor, at=NOON)


def on(roster_list) -> list[str]:
    return [each.candidate.code for each in lists.entries(roster_list)]


def test_people_are_put_on_a_list_once_with_the_note(scheme):
    amina, roster_list = make_candidate(scheme), make_list(scheme)

    assert (put(roster_list, amina, note="speaks well"), put(roster_list, amina, note="again")) == (1, 0)
    assert [(each.candidate.code, each.note) for each in lists.entries(roster_list)] == [
        (amina.code, "speaks well")
    ]


def test_the_ledger_counts_people_and_names_nobody(scheme):
    roster_list = make_list(scheme, name="Secret name")
    put(roster_list, make_candidate(scheme), note="a note")

    assert [
        (each.verb, each.facts) for each in Entry.objects.filter(subject=roster_list.code).order_by("pk")
    ] == [
        ("roster_list.made", {"kind": "working"}),
        ("roster_list.filled", {"people": 1}),
    ]


def test_people_are_taken_off(scheme):
    amina, salma, roster_list = make_candidate(scheme), make_candidate(scheme), make_list(scheme)
    put(roster_list, amina, salma)

    listing.take_off_list(roster_list=roster_list, candidates=[amina.code], actor=CARLA, at=NOON)

    assert on(roster_list) == [salma.code]


def test_drafts_and_ones_own_registration_are_left_out(scheme):
    draft = make_candidate(scheme, status=RosterStatus.REGISTERING)
    own = make_candidate(scheme, account=CARLA.code)

    assert put(make_list(scheme), draft, own) == 0


def test_a_name_is_taken_until_the_list_is_closed(scheme):
    first = make_list(scheme)

    with pytest.raises(Blocked) as refusal:
        make_list(scheme)
    listing.close_list(roster_list=first, actor=CARLA, at=NOON)

    assert [each.code for each in refusal.value.findings] == ["list_name_taken"]
    assert make_list(scheme).name == first.name


def test_nobody_is_put_on_a_closed_list(scheme):
    roster_list = make_list(scheme)
    listing.close_list(roster_list=roster_list, actor=CARLA, at=NOON)

    with pytest.raises(Blocked) as refusal:
        put(roster_list, make_candidate(scheme))

    assert [each.code for each in refusal.value.findings] == ["list_closed"]


@pytest.mark.parametrize("actor", [AMINA, ELIF, OLGA, STRANGER])
def test_only_officers_and_reviewers_of_a_keeper_make_lists(scheme, actor):
    with pytest.raises(NotAllowed):
        make_list(scheme, actor=actor)


def test_another_keeper_does_not_see_or_fill_the_list(scheme):
    roster_list = make_list(scheme)

    with pytest.raises(NotFound):
        lists.list_for(ELENA, roster_list.code)
    with pytest.raises(NotAllowed):
        put(roster_list, make_candidate(scheme), actor=ELENA)
    assert list(lists.open_lists(ELENA, scheme)) == []


def test_a_person_stands_on_a_list_once_whatever_a_program_does(scheme):
    amina, roster_list = make_candidate(scheme), make_list(scheme)
    put(roster_list, amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.create(roster_list=roster_list, candidate=amina, added_at=NOON, added_by="x")


def test_a_search_within_a_list_and_without_one(scheme):
    amina, salma = make_candidate(scheme), make_candidate(scheme)
    indexing.refresh([amina.pk, salma.pk])
    roster_list = make_list(scheme, kind=ListKind.EXCLUSION)
    put(roster_list, amina)

    def found(actor=CARLA, **asked) -> list[str]:
        page = search.page(actor=actor, scheme=scheme, criteria=Criteria(**asked))
        return [each.code for each in page.people]

    assert found(on_list=roster_list.code) == [amina.code]
    assert found(without=(roster_list.code,)) == [salma.code]
    assert found(ELENA, on_list=roster_list.code) == []
    assert found(ELENA, without=(roster_list.code,)) == [amina.code, salma.code]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_one_query_however_many(scheme, count, django_assert_num_queries):
    for number in range(count):
        make_list(scheme, name=f"List {number}")

    with django_assert_num_queries(1):
        assert len(lists.open_lists(CARLA, scheme)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_one_query_however_long(scheme, count, django_assert_num_queries):
    roster_list = make_list(scheme)
    put(roster_list, *(make_candidate(scheme) for _each in range(count)))

    with django_assert_num_queries(1):
        assert len([each.candidate.identity.surnames for each in lists.entries(roster_list)]) == count


# --- kept searches ---


def keep(scheme, name="Welders", is_shared=False, actor=CARLA, **asked) -> SavedSearch:
    return listing.save_search(
        scheme=scheme, name=name, criteria=Criteria(**asked), is_shared=is_shared, actor=actor, at=NOON
    )


def test_a_search_is_kept_and_the_same_name_overwrites_it(scheme):
    keep(scheme, words="saldatore")
    keep(scheme, words="welder")

    assert [of_data(each.criteria).words for each in lists.searches(CARLA, scheme)] == ["welder"]


def test_a_search_is_ones_own_until_it_is_shared(scheme):
    own, shared = keep(scheme, "Mine"), keep(scheme, "Ours", is_shared=True)

    assert [each.name for each in lists.searches(DARIO, scheme)] == ["Ours"]
    assert [each.name for each in lists.searches(ELENA, scheme)] == []
    assert lists.search_for(DARIO, shared.code) == shared
    with pytest.raises(NotFound):
        lists.search_for(DARIO, own.code)


def test_a_search_is_dropped_by_who_kept_it(scheme):
    shared = keep(scheme, is_shared=True)

    with pytest.raises(NotAllowed):
        listing.drop_search(search=shared, actor=DARIO, at=NOON)
    listing.drop_search(search=shared, actor=CARLA, at=NOON)

    assert list(lists.searches(CARLA, scheme)) == []


def test_an_observer_keeps_searches_and_a_partner_none(scheme):
    keep(scheme, actor=OLGA)

    with pytest.raises(NotAllowed):
        keep(scheme, actor=ELIF)
