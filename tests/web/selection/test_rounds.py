"""The pages of rounds and their positions at the desk, and who may not see or change them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import (
    BRUNO,
    OUTSIDER,
    TINA,
    UGO,
    WATCHER,
    make_desk,
    make_position,
    make_round,
    signed_in,
)
from tests.selection.shortlisted import shown_shortlists
from tragitto.schemes.models import Call
from tragitto.schemes.queries import roster_of
from tragitto.selection.models import Round, RoundPost

pytestmark = pytest.mark.django_db
PAGES = ("round", "round_posts", "round_runs", "round_rules", "what_if", "compare_runs")


def body(answer) -> str:
    return answer.content.decode()


def at(name: str, *args: str) -> str:
    return reverse(f"office:{name}", args=args)


@pytest.mark.parametrize("name", PAGES)
def test_the_desk_and_who_watches_see_every_page_of_a_round(name):
    made = make_round(posts=1, candidates=1)

    for actor in (TINA, WATCHER):
        assert signed_in(actor).get(at(name, made.round.code)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_the_wrong_people_see_no_page_of_a_round(name):
    made = make_round(posts=1, candidates=1)
    address = at(name, made.round.code)

    assert signed_in(OUTSIDER).get(address).status_code == 404
    assert signed_in(BRUNO).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_list_shows_the_rounds_that_one_may_see():
    made = make_round(posts=1, candidates=1)

    assert made.round.code in body(signed_in(TINA).get(at("rounds")))
    assert made.round.code not in body(signed_in(OUTSIDER).get(at("rounds")))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_rounds_costs_as_much_for_one_as_for_three(rows, django_assert_num_queries):
    for _number in range(rows):
        make_round(posts=1, candidates=0)
    client = signed_in(WATCHER)
    client.get(at("rounds"))

    with django_assert_num_queries(7):
        client.get(at("rounds"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_positions_cost_as_much_for_one_as_for_three(rows, django_assert_num_queries):
    made = make_round(posts=rows, candidates=0)
    client = signed_in(WATCHER)
    client.get(at("round_posts", made.round.code))

    with django_assert_num_queries(10):
        client.get(at("round_posts", made.round.code))


@pytest.fixture
def call() -> Call:
    found = Call.objects.select_related("scheme").get(publisher__code=WATCHER.organisation)
    make_desk(found.scheme)
    return found


def test_tina_begins_a_round_and_ugo_publishes_it(call):
    make_position(call)
    answer = signed_in(TINA).post(at("round_begin"), {"scheme_code": call.scheme.code})
    made = Round.objects.get()
    assert answer["Location"] == at("round", made.code)

    signed_in(UGO).post(at("round_publish", made.code))

    made.refresh_from_db()
    assert (made.is_open, made.published_by) == (True, UGO.code)


def test_who_drafted_is_told_that_a_colleague_publishes(call):
    make_position(call)
    tina = signed_in(TINA)
    tina.post(at("round_begin"), {"scheme_code": call.scheme.code})
    made = Round.objects.get()

    answer = tina.post(at("round_publish", made.code))

    assert answer.status_code == 422
    assert "a second person publishes it" in body(answer)


def test_who_watches_begins_and_closes_nothing():
    made = make_round(posts=1, candidates=0)
    watcher = signed_in(WATCHER)

    assert watcher.post(at("round_begin"), {"scheme_code": made.scheme.code}).status_code == 422
    assert watcher.post(at("round_close", made.round.code)).status_code == 403
    assert "Begin a round" not in body(watcher.get(at("rounds")))


def test_a_round_is_closed():
    made = make_round(posts=1, candidates=0)

    signed_in(TINA).post(at("round_close", made.round.code))

    made.round.refresh_from_db()
    assert made.round.closed_at is not None


def stated(**changes) -> dict[str, object]:
    return {"seats": "1", "least_schooling": "4", "least_years": "2", "level_it": "B1", **changes}


def test_what_a_position_asks_for_is_stated_on_its_page():
    made = make_round(posts=1, candidates=0)
    post, roster = made.posts[0], roster_of(made.scheme)
    skill = next(x.code for x in roster.skills if post.position.profile.code in x.profiles)

    answer = signed_in(TINA).post(
        at("round_post", made.round.code, post.code), stated(must_skills=[skill], shifts=["night"])
    )

    post.refresh_from_db()
    assert answer["Location"] == at("round_posts", made.round.code)
    assert (post.least_levels, post.least_schooling, post.least_years) == ({"it": "B1"}, 4, 2)
    assert (post.must_skills, post.shifts) == ([skill], ["night"])


def test_the_form_begins_with_what_the_firm_wrote():
    made = make_round(posts=0, candidates=0)
    position = make_position(made.call, wishes={"languages": "italiano B2", "tasks": "saldatura"})
    post = RoundPost.objects.create(code="P-NEW", round=made.round, position=position, seats=1)

    page = body(signed_in(TINA).get(at("round_post", made.round.code, post.code)))

    assert '<option value="B2" selected>' in page
    assert "saldatura" in page


def test_what_cannot_be_asked_is_refused_with_what_was_typed():
    made = make_round(posts=1, candidates=0)

    answer = signed_in(TINA).post(at("round_post", made.round.code, made.posts[0].code), stated(seats="9"))

    assert answer.status_code == 422
    assert "admitted with 1 seats" in body(answer)
    assert 'value="9"' in body(answer)


def test_who_watches_reads_a_position_and_states_nothing():
    made = make_round(posts=1, candidates=0)
    watcher, address = signed_in(WATCHER), at("round_post", made.round.code, made.posts[0].code)

    assert "Save what it asks for" not in body(watcher.get(address))
    assert watcher.post(address, stated()).status_code == 403


def test_a_position_of_another_round_is_not_there():
    made, other = make_round(posts=1, candidates=0), make_round(posts=1, candidates=0)

    address = at("round_post", made.round.code, other.posts[0].code)

    assert signed_in(TINA).get(address).status_code == 404


def test_a_position_leaves_and_open_ones_are_taken_in():
    made = make_round(posts=1, candidates=0)
    tina = signed_in(TINA)

    tina.post(at("round_post_leave", made.round.code, made.posts[0].code), {"ground": "Withdrawn."})
    left = RoundPost.objects.filter(round=made.round, left_at=None).count()
    tina.post(at("round_take_in", made.round.code))

    assert (left, RoundPost.objects.filter(round=made.round, left_at=None).count()) == (0, 1)


def test_a_position_does_not_leave_without_a_ground():
    made = make_round(posts=1, candidates=0)

    answer = signed_in(TINA).post(at("round_post_leave", made.round.code, made.posts[0].code), {"ground": ""})

    assert answer.status_code == 422
    assert RoundPost.objects.filter(left_at=None).count() == 1


def test_the_page_of_a_round_names_every_step_up_to_the_offers():
    made = make_round(posts=1, candidates=0)

    said = signed_in(TINA).get(at("round", made.round.code)).content.decode()

    steps = [at(name, made.round.code) for name in ("meetings", "rankings", "match", "offers")]
    assert [f'<li><p><a href="{step}">' in said for step in steps] == [True] * 4


def test_once_people_were_asked_only_the_seats_of_a_position_can_be_written():
    made = make_round(posts=1, candidates=1)
    shown_shortlists(made, {0: [0]})
    address, client = at("round_post", made.round.code, made.posts[0].code), signed_in(TINA)

    before = body(client.get(address))
    client.post(address, {"seats": 1, "least_schooling": 8, "must_skills": ["weld-135"]})

    made.posts[0].refresh_from_db()
    assert ('name="seats"' in before, 'name="least_schooling"' in before) == (True, False)
    assert (made.posts[0].least_schooling, made.posts[0].must_skills) == (0, [])
    assert made.posts[0].stated_by == TINA.code
