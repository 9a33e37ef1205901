"""Shortlists: a proposal is taken up by a person, shown, changed with a ground."""

import pytest

from tests.selection.making import BRUNO, NOON, OUTSIDER, TINA, WATCHER, Made, make_round
from tests.selection.shortlisted import codes, proposing_run, say, shown_shortlists
from tragitto.candidates.models import Candidate, Consent, Invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.selection.actions.proposing import show, take_back
from tragitto.selection.actions.shortlisting import add, take_up
from tragitto.selection.models import Adoption, Shortlisted
from tragitto.selection.queries.shortlists import by_post, shown_posts, state_of, waiting
from tragitto.selection.vocabulary import LineState, RunKind


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people, a round whose rules are published."""
    return make_round()


def finding(refused: pytest.ExceptionInfo[Blocked] | pytest.ExceptionInfo[NotAllowed]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_run_taken_up_puts_its_people_on_the_lists_in_their_order(made: Made):
    taken = take_up(run=proposing_run(made, {0: [2, 0, 1]}), actor=TINA, at=NOON)

    assert codes(taken) == [made.candidates[each].code for each in (2, 0, 1)]
    assert [each.place for each in taken] == [1, 2, 3]


def test_the_same_run_taken_up_again_changes_nothing(made: Made):
    run = proposing_run(made, {0: [0]})
    take_up(run=run, actor=TINA, at=NOON)

    assert take_up(run=run, actor=TINA, at=NOON) == []
    assert Shortlisted.objects.count() == 1


def test_who_took_a_run_up_is_kept(made: Made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)

    assert Adoption.objects.get().adopted_by == TINA.code


def test_who_stands_on_a_list_already_stays_with_the_first_place(made: Made):
    take_up(run=proposing_run(made, {0: [0, 1]}), actor=TINA, at=NOON)

    taken = take_up(run=proposing_run(made, {0: [1, 2]}), actor=TINA, at=NOON)

    assert codes(taken) == [made.candidates[2].code]


def test_nothing_of_a_what_if_is_taken_up(made: Made):
    run = proposing_run(made, {0: [0]}, is_what_if=True, note="More seats")

    with pytest.raises(Blocked) as refused:
        take_up(run=run, actor=TINA, at=NOON)

    assert finding(refused) == ["what_if"]


def test_a_run_of_another_kind_proposes_no_shortlists(made: Made):
    run = proposing_run(made, {0: [0]}, kind=RunKind.MATCH)

    with pytest.raises(Blocked) as refused:
        take_up(run=run, actor=TINA, at=NOON)

    assert finding(refused) == ["not_shortlists"]


@pytest.mark.parametrize("actor", [WATCHER, OUTSIDER, BRUNO], ids=["watcher", "outsider", "employer"])
def test_only_the_desk_takes_a_run_up(made: Made, actor):
    with pytest.raises(NotAllowed):
        take_up(run=proposing_run(made, {0: [0]}), actor=actor, at=NOON)


def test_nothing_is_taken_up_before_the_rules_are_published():
    made = make_round(is_published=False)

    with pytest.raises(Blocked) as refused:
        take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)

    assert finding(refused) == ["round_not_open"]


def test_people_are_asked_under_the_call_of_the_post(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})

    assert row.invitation.recipient == made.firms[0].code
    assert row.invitation.call == made.call
    assert row.published_at == NOON


def test_they_have_the_days_of_the_rules_to_answer(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})

    assert (row.invitation.due_on - NOON.date()).days == made.round.rules.content["answer_days"]


def test_who_withdrew_the_consent_is_left_out_and_the_others_are_asked(made: Made):
    take_up(run=proposing_run(made, {0: [0, 1]}), actor=TINA, at=NOON)
    Consent.objects.filter(candidate=made.amina).update(withdrawn_at=NOON)

    shown = show(round=made.round, actor=TINA, at=NOON)

    assert codes(list(shown.asked)) == [made.candidates[1].code]
    assert [[f.code for f in each.findings] for each in shown.left_out] == [["no_consent"]]


def test_who_left_the_roster_meanwhile_is_left_out(made: Made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)
    Candidate.objects.filter(pk=made.amina.pk).update(status=RosterStatus.PAUSED)

    shown = show(round=made.round, actor=TINA, at=NOON)

    assert [[f.code for f in each.findings] for each in shown.left_out] == [["not_on_roster"]]


def test_showing_again_asks_nobody_twice(made: Made):
    shown_shortlists(made, {0: [0]})

    assert show(round=made.round, actor=TINA, at=NOON).asked == ()
    assert Invitation.objects.count() == 1


def test_only_the_posts_named_are_shown(made: Made):
    take_up(run=proposing_run(made, {0: [0], 1: [1]}), actor=TINA, at=NOON)

    shown = show(round=made.round, posts=[made.posts[1].code], actor=TINA, at=NOON)

    assert codes(list(shown.asked)) == [made.candidates[1].code]


def test_a_firm_without_anybody_to_be_told_is_said(made: Made):
    take_up(run=proposing_run(made, {2: [0]}), actor=TINA, at=NOON)

    assert show(round=made.round, actor=TINA, at=NOON).untold == (made.firms[2].code,)


def test_the_watching_office_shows_nothing(made: Made):
    with pytest.raises(NotAllowed):
        show(round=made.round, actor=WATCHER, at=NOON)


def test_who_is_taken_off_is_not_shown_any_more(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})

    take_back(row=row, ground="Found work meanwhile", actor=TINA, at=NOON)

    assert shown_posts([made.firms[0].code], on=NOON.date()) == []
    assert Invitation.objects.get().recalled_at == NOON


def test_nobody_is_taken_off_without_a_ground(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})

    with pytest.raises(Blocked) as refused:
        take_back(row=row, ground="  ", actor=TINA, at=NOON)

    assert finding(refused) == ["ground_missing"]


def test_taking_off_again_changes_nothing(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})
    take_back(row=row, ground="Found work meanwhile", actor=TINA, at=NOON)

    assert take_back(row=row, ground="Another", actor=TINA, at=NOON).removed_ground == "Found work meanwhile"


def test_the_states_of_a_line_follow_the_answer(made: Made):
    yes, no, none = shown_shortlists(made, {0: [0, 1, 2]})
    say(yes, Answer.ACCEPTED)
    say(no, Answer.DECLINED)

    assert [state_of(each) for each in (yes, no, none)] == [
        LineState.ACCEPTED,
        LineState.DECLINED,
        LineState.ASKED,
    ]


def test_looks_count_the_lists_on_which_somebody_stands(made: Made):
    shown_shortlists(made, {0: [0, 1], 1: [0]})

    looks = {line.row.candidate.code: line.looks for lines in by_post(made.round).values() for line in lines}

    assert looks == {made.candidates[0].code: 2, made.candidates[1].code: 1}


def test_who_said_no_is_not_shown_to_the_firm(made: Made):
    yes, no = shown_shortlists(made, {0: [0, 1]})
    say(no, Answer.DECLINED)

    ((_post, lines),) = shown_posts([made.firms[0].code], on=NOON.date())

    assert [each.row.code for each in lines] == [yes.code]


def test_a_firm_sees_the_lists_of_its_own_posts_alone(made: Made):
    shown_shortlists(made, {0: [0], 1: [1]})

    assert [post.code for post, _lines in shown_posts([made.firms[1].code], on=NOON.date())] == [
        made.posts[1].code
    ]


def test_who_comes_next_is_read_from_the_run_that_was_taken_up(made: Made):
    take_up(run=proposing_run(made, {0: [0]}, waiting={0: [3, 4]}), actor=TINA, at=NOON)

    assert [each.candidate for each in waiting(made.posts[0])] == [
        made.candidates[3].code,
        made.candidates[4].code,
    ]


def test_the_ledger_says_how_many_and_nobodys_name(made: Made):
    take_up(run=proposing_run(made, {0: [0, 1]}), actor=TINA, at=NOON)

    entry = Entry.objects.get(verb="shortlists.taken_up")

    assert entry.facts["shortlisted"] == 2
    assert "AMINA" not in str(entry.facts)


def test_somebody_who_suits_the_post_is_added_with_the_score_of_the_engine(made: Made):
    row = add(post=made.posts[0], person=made.amina.code, ground="Knows the machine", actor=TINA, at=NOON)

    assert row.score == sum(each[3] for each in row.contributions)
    assert row.added_ground == "Knows the machine"


def test_no_ground_outweighs_what_the_post_asks_for(made: Made):
    made.posts[0].least_levels = {"it": "C1"}
    made.posts[0].must_skills = ["weld-141"]
    made.posts[0].save()

    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person=made.amina.code, ground="Nice", actor=TINA, at=NOON)

    assert sorted(finding(refused)) == ["level", "skills"]


def test_a_reason_is_said_in_words(made: Made):
    made.posts[0].least_levels = {"it": "C1"}
    made.posts[0].save()

    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person=made.amina.code, ground="Nice", actor=TINA, at=NOON)

    (said,) = [str(each.text) for each in refused.value.findings]
    assert "C1" in said
    assert "B1" in said


def test_nobody_is_added_without_a_ground(made: Made):
    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person=made.amina.code, ground="", actor=TINA, at=NOON)

    assert finding(refused) == ["ground_missing"]


def test_a_code_that_nobody_has_is_refused(made: Made):
    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person="C-NOBODY", ground="Nice", actor=TINA, at=NOON)

    assert finding(refused) == ["not_on_roster"]


def test_who_did_not_consent_is_not_added(made: Made):
    Consent.objects.filter(candidate=made.amina).delete()

    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person=made.amina.code, ground="Nice", actor=TINA, at=NOON)

    assert finding(refused) == ["not_to_be_shown"]


def test_who_said_no_to_the_firm_is_not_added_again(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})
    say(row, Answer.DECLINED)
    Shortlisted.objects.update(removed_at=NOON, removed_by=TINA.code, removed_ground="Said no")

    with pytest.raises(Blocked) as refused:
        add(post=made.posts[0], person=made.amina.code, ground="Nice", actor=TINA, at=NOON)

    assert finding(refused) == ["barred"]


def test_who_was_taken_off_by_mistake_is_put_back(made: Made):
    (row,) = shown_shortlists(made, {0: [0]})
    take_back(row=row, ground="Mistaken for another", actor=TINA, at=NOON)

    again = add(post=made.posts[0], person=made.amina.code, ground="It was another", actor=TINA, at=NOON)

    assert state_of(again) == LineState.PROPOSED
