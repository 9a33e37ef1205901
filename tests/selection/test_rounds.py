"""Rounds: drafted, filled with posts, published by a second person, closed."""

from hashlib import sha256

import pytest

from tests.candidates.making import NOON
from tests.selection.making import IRIS, OUTSIDER, TINA, UGO, WATCHER, make_desk, make_position, make_round
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Call, Scheme, SelectionRules
from tragitto.selection.actions import posts, rounds
from tragitto.selection.models import RoundPost
from tragitto.selection.queries.rounds import posts_of, published_round, rounds_for, seed_hash
from tragitto.selection.rules.demands import Demands

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return Call.objects.select_related("scheme", "region").get(publisher__code=WATCHER.organisation)


@pytest.fixture
def scheme(call: Call) -> Scheme:
    make_desk(call.scheme)
    return call.scheme


def refusals(error) -> list[str]:
    return [each.code for each in error.value.findings]


def test_a_round_is_drafted_with_every_open_position(call, scheme):
    positions = [make_position(call) for _number in range(2)]

    made = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    assert [each.position for each in posts_of(made)] == positions


def test_a_closed_position_is_not_taken_in(call, scheme):
    position = make_position(call)
    position.closed_at = NOON
    position.save()

    made = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    assert list(posts_of(made)) == []


@pytest.mark.parametrize("actor", [OUTSIDER, WATCHER], ids=["without a duty", "who watches"])
def test_others_begin_no_round(scheme, actor):
    with pytest.raises(NotAllowed):
        rounds.draft_round(scheme=scheme, actor=actor, at=NOON)


def test_there_is_one_draft_at_a_time(scheme):
    rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    with pytest.raises(Blocked) as error:
        rounds.draft_round(scheme=scheme, actor=UGO, at=NOON)

    assert refusals(error) == ["draft_exists"]


def test_a_scheme_without_rules_begins_no_round(scheme, monkeypatch):
    monkeypatch.setattr(SelectionRules.objects, "filter", lambda **_given: SelectionRules.objects.none())

    with pytest.raises(Blocked) as error:
        rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    assert refusals(error) == ["no_rules"]


def test_a_second_person_publishes(call, scheme):
    make_position(call)
    made = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    with pytest.raises(Blocked) as error:
        rounds.publish_round(round=made, actor=TINA, at=NOON)
    published = rounds.publish_round(round=made, actor=UGO, at=NOON)

    assert refusals(error) == ["second_person"]
    assert (published.published_by, published.is_open) == (UGO.code, True)


def test_publishing_writes_the_hash_of_the_seed_and_never_the_seed(call, scheme):
    make_position(call)
    made = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)
    rounds.publish_round(round=made, actor=IRIS, at=NOON)

    facts = Entry.objects.get(verb="round.published").facts

    assert facts["seed_hash"] == sha256(made.seed.encode()).hexdigest() == seed_hash(made)
    assert made.seed not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_seeds_are_drawn_anew(call, scheme):
    make_position(call)
    first = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)
    rounds.publish_round(round=first, actor=UGO, at=NOON)

    second = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    assert len(first.seed) == 64
    assert first.seed != second.seed


def test_a_round_without_posts_is_not_published(scheme):
    made = rounds.draft_round(scheme=scheme, actor=TINA, at=NOON)

    with pytest.raises(Blocked) as error:
        rounds.publish_round(round=made, actor=UGO, at=NOON)

    assert refusals(error) == ["no_posts"]


def test_it_is_published_once():
    made = make_round(posts=1, candidates=1)

    with pytest.raises(Blocked) as error:
        rounds.publish_round(round=made.round, actor=UGO, at=NOON)

    assert refusals(error) == ["published_already"]


def test_who_watches_publishes_nothing():
    made = make_round(posts=1, candidates=1, is_published=False)

    with pytest.raises(NotAllowed):
        rounds.publish_round(round=made.round, actor=WATCHER, at=NOON)


def test_closing_again_changes_nothing():
    made = make_round(posts=1, candidates=1)

    first = rounds.close_round(round=made.round, actor=TINA, at=NOON)
    rounds.close_round(round=made.round, actor=TINA, at=NOON)

    assert first.closed_at == NOON
    assert Entry.objects.filter(verb="round.closed").count() == 1


def test_a_draft_is_not_closed_and_others_close_nothing():
    draft = make_round(posts=1, candidates=1, is_published=False)

    with pytest.raises(Blocked) as error:
        rounds.close_round(round=draft.round, actor=TINA, at=NOON)
    with pytest.raises(NotAllowed):
        rounds.close_round(round=draft.round, actor=WATCHER, at=NOON)

    assert refusals(error) == ["not_published"]


def test_the_next_round_takes_positions_of_a_closed_one():
    made = make_round(posts=1, candidates=1)
    rounds.close_round(round=made.round, actor=TINA, at=NOON)

    second = rounds.draft_round(scheme=made.scheme, actor=TINA, at=NOON)

    assert [each.position for each in posts_of(second)] == [made.posts[0].position]
    assert [each.code for each in posts_of(made.round)] == [made.posts[0].code]


def test_what_a_post_asks_for_is_stated():
    made = make_round(posts=1, candidates=1)
    demands = Demands(least_levels={"it": "B2"}, least_years=2, must_skills=["weld-111"], shifts=["night"])

    stated = posts.state_post(post=made.posts[0], demands=demands, seats=1, actor=TINA, at=NOON)

    assert (stated.least_levels, stated.least_years, stated.must_skills) == ({"it": "B2"}, 2, ["weld-111"])
    assert (stated.shifts, stated.stated_by) == (["night"], TINA.code)


@pytest.mark.parametrize(
    ("demands", "code"),
    [
        (Demands(least_levels={"xx": "B1"}), "wrong_least_levels"),
        (Demands(least_levels={"it": "D1"}), "wrong_least_levels"),
        (Demands(least_schooling=9), "wrong_least_schooling"),
        (Demands(least_years=61), "wrong_least_years"),
        (Demands(must_skills=["juggling"]), "wrong_must_skills"),
        (Demands(must_skills=["weld-111"], wished_skills=["weld-111"]), "wrong_wished_skills"),
        (Demands(must_licences=["weld-111"]), "wrong_must_licences"),
        (Demands(shifts=["at dawn"]), "wrong_shifts"),
    ],
)
def test_what_nobody_can_meet_is_not_stated(demands, code):
    made = make_round(posts=1, candidates=1)

    with pytest.raises(Blocked) as error:
        posts.state_post(post=made.posts[0], demands=demands, seats=1, actor=TINA, at=NOON)

    assert refusals(error) == [code]


@pytest.mark.parametrize(("seats", "code"), [(0, "wrong_seats"), (2, "too_many_seats")])
def test_seats_are_those_that_were_admitted(seats, code):
    made = make_round(posts=1, candidates=1)

    with pytest.raises(Blocked) as error:
        posts.state_post(post=made.posts[0], demands=Demands(), seats=seats, actor=TINA, at=NOON)

    assert refusals(error) == [code]


def test_who_watches_states_nothing():
    made = make_round(posts=1, candidates=1)

    with pytest.raises(NotAllowed):
        posts.state_post(post=made.posts[0], demands=Demands(), seats=1, actor=WATCHER, at=NOON)


def test_a_post_leaves_with_a_ground():
    made = make_round(posts=2, candidates=1)

    with pytest.raises(Blocked) as error:
        posts.leave(post=made.posts[0], ground=" ", actor=TINA, at=NOON)
    posts.leave(post=made.posts[0], ground="The firm withdrew.", actor=TINA, at=NOON)

    assert refusals(error) == ["ground_missing"]
    assert list(posts_of(made.round)) == [made.posts[1]]


def test_a_post_that_left_can_come_back():
    made = make_round(posts=1, candidates=1)
    posts.leave(post=made.posts[0], ground="By mistake.", actor=TINA, at=NOON)

    (back,) = posts.take_in_open_positions(round=made.round, actor=TINA, at=NOON)

    assert back.position == made.posts[0].position
    assert RoundPost.objects.filter(round=made.round).count() == 2


def test_who_sees_rounds():
    made = make_round(posts=1, candidates=1)

    assert [list(rounds_for(each)) for each in (TINA, WATCHER, OUTSIDER)] == [[made.round], [made.round], []]


def test_a_draft_is_for_nobody_outside():
    made = make_round(posts=1, candidates=1, is_published=False)

    with pytest.raises(LookupError):
        published_round(made.round.code)
