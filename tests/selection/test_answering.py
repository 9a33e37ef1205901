"""The answer to a position: of that position alone, with its own term; the name with a yes, and no longer."""

from datetime import timedelta

import pytest

from tests.selection.making import BRUNO, NOON, STRANGER, TINA, Made, make_person_on_roster, make_post
from tests.selection.making import make_round as make
from tests.selection.matched import person
from tests.selection.shortlisted import proposing_run, shown_shortlists
from tragitto.candidates.models import Identity, Invitation
from tragitto.candidates.queries.disclosure import shown_to
from tragitto.candidates.vocabulary import Answer
from tragitto.employers.models import Position
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.selection.actions import rounds
from tragitto.selection.actions.answering import answer_line
from tragitto.selection.actions.proposing import show, take_back
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.actions.withdrawing import withdraw_person, withdraw_post
from tragitto.selection.models import RoundPost, Shortlisted
from tragitto.selection.queries.pairing import pairs_to_match
from tragitto.selection.queries.shortlists import shown_posts, state_of

SOON = NOON + timedelta(days=1)
LATE = NOON + timedelta(days=30)


@pytest.fixture
def made() -> Made:
    """A round in which Bruno's firm has two positions; nobody was proposed yet."""
    found = make(posts=1, candidates=2)
    return Made(found.round, [*found.posts, second_post(found)], found.firms, found.candidates, found.call)


def second_post(made: Made) -> RoundPost:
    first = made.posts[0].position
    other = Position.objects.create(
        code=new_code("J"),
        expression=first.expression,
        profile=first.profile,
        number=2,
        seats=1,
        opened_at=NOON,
    )
    return make_post(made.round, other)


def answer(made: Made, post: int, said: Answer, *, at=NOON, actor=None) -> Shortlisted:
    row = Shortlisted.objects.select_related("post__round").get(
        post=made.posts[post], candidate=made.amina, removed_at=None
    )
    return answer_line(row=row, answer=said, actor=actor or person(made, 0), at=at)


def read_by_firm(made: Made) -> list[tuple[str, bool]]:
    """The posts for which the firm sees somebody, and whether it reads the name."""
    found = shown_posts([made.firms[0].code], on=NOON.date())
    return [(post.code, line.shown.is_named) for post, lines in found for line in lines]


def names_open(made: Made) -> list[bool]:
    return [each.is_named for each in shown_to([made.firms[0].code], on=NOON.date())]


def refused(act) -> list[str]:
    with pytest.raises((Blocked, NotAllowed)) as refusal:
        act()
    return [each.code for each in refusal.value.findings]


def test_a_yes_to_one_position_is_none_to_another_of_the_firm(made):
    shown_shortlists(made, {0: [0]})
    answer(made, 0, Answer.ACCEPTED)

    shown_shortlists(made, {1: [0]}, at=SOON)

    states = [str(state_of(each)) for each in Shortlisted.objects.order_by("pk")]
    assert states == ["accepted", "asked"]
    assert read_by_firm(made) == [(made.posts[0].code, True)]
    assert [each.post.code for each in pairs_to_match(made.round)] == [made.posts[0].code]


def test_a_no_to_one_position_leaves_the_other_open(made):
    shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.DECLINED)

    assert read_by_firm(made) == [(made.posts[1].code, False)]

    answer(made, 1, Answer.ACCEPTED)
    assert read_by_firm(made) == [(made.posts[1].code, True)]


def test_a_yes_taken_back_hides_the_name_while_the_other_is_open(made):
    shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.ACCEPTED)
    answer(made, 0, Answer.DECLINED, at=SOON)

    assert (names_open(made), Invitation.objects.get().answer) == ([False], "")


def test_a_no_to_all_positions_is_a_no_to_the_firm(made):
    shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.DECLINED)
    answer(made, 1, Answer.DECLINED)

    assert Invitation.objects.get().answer == Answer.DECLINED
    assert read_by_firm(made) == []


def test_the_same_answer_twice_is_written_once(made):
    shown_shortlists(made, {0: [0]})
    answer(made, 0, Answer.ACCEPTED)
    answer(made, 0, Answer.ACCEPTED, at=SOON)

    assert Entry.objects.filter(verb="shortlist.answered").count() == 1


def test_each_showing_has_its_own_term(made):
    shown_shortlists(made, {0: [0]})
    shown_shortlists(made, {1: [0]}, at=LATE)

    assert refused(lambda: answer(made, 0, Answer.ACCEPTED, at=LATE)) == ["invitation_over"]
    assert answer(made, 1, Answer.ACCEPTED, at=LATE).answer == Answer.ACCEPTED


def test_who_is_proposed_again_in_the_next_round_may_answer_again(made):
    shown_shortlists(made, {0: [0]})
    rounds.close_round(round=made.round, actor=TINA, at=SOON)
    again = rounds.draft_round(scheme=made.scheme, actor=TINA, at=LATE)
    again.published_at, again.published_by = LATE, "U-UGO"
    again.save(update_fields=["published_at", "published_by"])
    post = again.posts.get(position=made.posts[0].position)
    later = Made(again, [post], made.firms, made.candidates, made.call)

    shown_shortlists(later, {0: [0]}, at=LATE)

    assert answer(later, 0, Answer.ACCEPTED, at=LATE).answer == Answer.ACCEPTED


@pytest.mark.parametrize("actor", [STRANGER, BRUNO, TINA])
def test_nobody_else_answers(made, actor):
    shown_shortlists(made, {0: [0]})

    assert refused(lambda: answer(made, 0, Answer.ACCEPTED, actor=actor)) == ["not_the_person"]


def test_who_leaves_the_round_is_seen_no_longer(made):
    shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.ACCEPTED)

    withdraw_person(candidate=made.amina, round=made.round, actor=person(made, 0), at=SOON)

    assert names_open(made) == []
    assert refused(lambda: answer(made, 1, Answer.ACCEPTED, at=SOON)) == ["not_asked_any_more"]


def test_a_position_that_left_is_answered_no_longer(made):
    shown_shortlists(made, {0: [0]})
    withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=SOON)

    assert refused(lambda: answer(made, 0, Answer.ACCEPTED, at=SOON)) == ["not_asked_any_more"]
    assert names_open(made) == []


def test_who_stands_for_another_position_stays_seen_for_it(made):
    shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.ACCEPTED)

    withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=SOON)

    assert read_by_firm(made) == [(made.posts[1].code, False)]


def test_taken_off_the_only_position_with_a_yes_hides_the_name(made):
    rows = shown_shortlists(made, {0: [0], 1: [0]})
    answer(made, 0, Answer.ACCEPTED)

    take_back(row=rows[0], ground="Ill", actor=TINA, at=SOON)

    assert names_open(made) == [False]


def test_after_the_round_the_firm_sees_nobody_and_the_desk_still_how_far_they_came(made):
    shown_shortlists(made, {0: [0]})
    answer(made, 0, Answer.ACCEPTED)

    rounds.close_round(round=made.round, actor=TINA, at=SOON)

    row = Shortlisted.objects.select_related("post__round", "candidate", "invitation").get()
    assert (names_open(made), str(state_of(row))) == ([], "accepted")


def test_only_those_who_were_asked_and_did_not_say_no_are_told_that_a_firm_left(made):
    third = make_person_on_roster(made.scheme, 5, 9)
    Identity.objects.update(email="somebody@example.org")
    made = Made(made.round, made.posts, made.firms, [*made.candidates, third], made.call)
    shown_shortlists(made, {0: [0, 1]})
    answer(made, 0, Answer.DECLINED)
    take_up(run=proposing_run(made, {0: [2]}), actor=TINA, at=SOON)

    withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=SOON)

    told = Entry.objects.filter(facts__key=f"post-left:{made.posts[0].code}")
    assert {each.subject for each in told} == {made.candidates[1].code}


def test_showing_again_asks_nobody_twice_for_the_same_position(made):
    shown_shortlists(made, {0: [0]})
    answer(made, 0, Answer.ACCEPTED)

    assert show(round=made.round, actor=TINA, at=SOON).asked == ()
    assert read_by_firm(made) == [(made.posts[0].code, True)]
