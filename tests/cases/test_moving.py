"""A case goes along its journey: asked, refused or taken, written down, and never by a way of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.cases.conftest import FILED, TERM, WAITING
from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.agenda.models import Deadline
from tragitto.cases import actions, queries
from tragitto.cases.actions import Grounds
from tragitto.cases.models import Case, ConflictStatement, Move
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.law.rules import NoPeriod
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Duty, Stage, Step

pytestmark = pytest.mark.django_db


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def advance(case, step, actor, at=NOON, reason=""):
    return actions.advance(case=case, step=step, actor=actor, at=at, reason=reason)


def decide(case, actor, outcome="admitted", at=NOON):
    return actions.decide(case=case, outcome=outcome, grounds=Grounds(["Complete."]), actor=actor, at=at)


def admitted(case, actor) -> Case:
    decide(case, actor)
    advance(case, "accept", actor)
    case.refresh_from_db()
    return case


def held() -> None:
    """Ask the database now what it asks at every commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- opening and advancing ---------------------------------------------------------------------------------


def test_a_case_opens_at_the_entry_with_its_first_move(case):
    assert (case.stage.code, case.outcome, case.closed_at) == ("came", "", None)
    assert list(case.moves.values_list("number", "step__code")) == [(1, "enter")]


def test_a_stranger_opens_nothing(call, stranger):
    with pytest.raises(NotAllowed):
        actions.open_case(call=call, filed_at=FILED, actor=stranger, at=FILED)


def test_a_journey_without_an_entry_opens_nothing(call, carla):
    Step.objects.filter(source=None).delete()

    with pytest.raises(Blocked) as refusal:
        actions.open_case(call=call, filed_at=FILED, actor=carla, at=FILED)

    assert codes(refusal) == ["no_entry"]


def test_a_step_moves_the_case_and_is_written_down(case, carla):
    move = advance(case, "begin", carla)

    case.refresh_from_db()
    assert (case.stage.code, case.moves_made) == ("review", 2)
    assert (move.number, move.source.code, move.target.code, move.actor) == (2, "came", "review", carla.code)
    assert list(Entry.objects.values_list("verb", flat=True))[-1] == "case.moved"


def test_a_step_from_another_stage_is_stale(case, carla):
    with pytest.raises(Stale) as refusal:
        advance(case, "take", carla)

    assert codes(refusal) == ["not_here"]


def test_a_role_the_step_does_not_name_may_not_take_it(reviewed, dario):
    with pytest.raises(NotAllowed):
        advance(reviewed, "ask", dario, reason="Missing.")


def test_the_right_role_at_another_office_may_not_take_it(case, carla):
    with pytest.raises(NotAllowed):
        advance(case, "begin", replace(carla, organisation="elsewhere"))


def test_the_house_takes_only_what_is_meant_for_it(case):
    with pytest.raises(NotAllowed):
        advance(case, "begin", Actor.system("task"))


def test_a_step_that_needs_a_reason_waits_for_it(reviewed, carla):
    with pytest.raises(Blocked) as refusal:
        advance(reviewed, "ask", carla, reason="  ")

    assert codes(refusal) == ["reason_needed"]


def test_a_step_that_awaits_a_room_cannot_be_taken(reviewed, carla):
    with pytest.raises(Blocked) as refusal:
        advance(reviewed, "train", carla)

    assert codes(refusal) == ["awaits_room"]


def test_without_a_decision_nobody_is_admitted(reviewed, dario):
    with pytest.raises(Blocked) as refusal:
        advance(reviewed, "accept", dario)

    assert codes(refusal) == ["decision_recorded"]
    assert reviewed.moves.count() == 2


def test_a_decision_of_an_earlier_round_does_not_count(reviewed, carla, dario):
    decide(reviewed, dario)
    advance(reviewed, "ask", carla, reason="Missing.")
    advance(reviewed, "take", carla)

    with pytest.raises(Blocked) as refusal:
        advance(reviewed, "accept", dario)

    assert codes(refusal) == ["decision_recorded"]


def test_a_term_is_kept_by_the_office_that_reviews_not_by_the_one_that_published(case, call, carla):
    reviewing = Organisation.objects.create(code="reviewing", name="Chi istruisce", kind="office")
    Duty.objects.filter(duty="reviews").update(organisation=reviewing)

    advance(case, "begin", replace(carla, organisation="reviewing"))

    assert Deadline.objects.get().holder == reviewing


def test_of_several_that_review_the_one_that_published_keeps_the_term(case, call, carla):
    other = Organisation.objects.create(code="another", name="Un altro", kind="office")
    Duty.objects.create(scheme=call.scheme, region=call.region, duty="reviews", organisation=other)

    advance(case, "begin", carla)

    assert Deadline.objects.get().holder == call.publisher


def test_a_closing_step_closes_the_case_and_its_deadlines(reviewed, dario):
    case = admitted(reviewed, dario)

    assert (case.outcome, case.closed_at) == ("admitted", NOON)
    assert not Deadline.objects.filter(met_at=None).exists()


def test_exits_are_those_the_actor_may_take_with_what_is_unmet(reviewed, carla, dario, stranger):
    def exits(actor):
        found = queries.exits(case=reviewed, actor=actor, on=NOON.date())
        return [(each.code, each.is_open) for each in found]

    assert exits(carla) == [("ask", True), ("train", False)]
    assert exits(dario) == [("accept", False), ("travel", False)]
    assert exits(stranger) == []


# --- terms -------------------------------------------------------------------------------------------------


def test_the_review_runs_from_the_filing_by_the_law_of_that_day(reviewed):
    deadline = Deadline.objects.get(kind=TERM)

    # Thirty days after Friday 20 June end on Sunday 20 July and move to the Monday (art. 2963(3) c.c.).
    assert (deadline.starts_on, deadline.due_on) == (date(2025, 6, 20), date(2025, 7, 21))
    assert [step["code"] for step in deadline.reasons] == ["first_day", "days", "moved", "end_of_day"]
    assert deadline.law_rows[0].startswith(f"{TERM}@")


def test_a_stage_with_a_term_sets_it_and_ends_it(reviewed, carla):
    advance(reviewed, "ask", carla, reason="Missing.")
    set_here = Deadline.objects.get(kind=WAITING)
    advance(reviewed, "take", carla, at=NOON + timedelta(days=1))

    set_here.refresh_from_db()
    assert set_here.starts_on == NOON.date()
    assert set_here.met_at == NOON + timedelta(days=1)


def test_a_day_no_law_covers_stops_everything(call, carla):
    long_ago = FILED.replace(year=1950)
    case = actions.open_case(call=call, filed_at=long_ago, actor=carla, at=FILED)

    with pytest.raises(NoPeriod):
        advance(case, "begin", carla)

    case.refresh_from_db()
    assert case.stage.code == "came"


# --- corrections -------------------------------------------------------------------------------------------


def test_a_correction_cannot_be_taken_alone(reviewed, dario):
    case = admitted(reviewed, dario)

    with pytest.raises(Blocked) as refusal:
        advance(case, "reopen", dario, reason="Wrong file.")

    assert codes(refusal) == ["needs_second_person"]


def test_who_proposes_a_correction_does_not_confirm_it(reviewed, dario):
    case = admitted(reviewed, dario)
    proposal = actions.propose_step(case=case, step="reopen", reason="Wrong file.", actor=dario, at=NOON)

    with pytest.raises(NotAllowed) as refusal:
        actions.correct(proposal=proposal, actor=dario, at=NOON)

    assert codes(refusal) == ["same_person"]


def test_a_second_person_corrects_and_both_are_written_down(reviewed, dario, eva):
    case = admitted(reviewed, dario)
    proposal = actions.propose_step(case=case, step="reopen", reason="Wrong file.", actor=dario, at=NOON)

    move = actions.correct(proposal=proposal, actor=eva, at=NOON)

    case.refresh_from_db()
    assert (case.stage.code, case.outcome, case.closed_at) == ("review", "", None)
    assert (move.seconded_by, move.actor, move.reason) == (dario.code, eva.code, "Wrong file.")


def test_a_correction_proposed_by_somebody_who_abstains_is_confirmed_by_nobody(reviewed, dario, eva):
    case = admitted(reviewed, dario)
    proposal = actions.propose_step(case=case, step="reopen", reason="Wrong file.", actor=dario, at=NOON)
    told = {"officer": dario.code, "number": 1, "has_conflict": True, "ground": "Cousins.", "stated_at": NOON}
    ConflictStatement.objects.create(case=case, **told)

    with pytest.raises(Blocked) as refusal:
        actions.correct(proposal=proposal, actor=eva, at=NOON)

    assert codes(refusal) == ["proposer_abstains"]


def test_a_correction_needs_its_reason_when_proposed(reviewed, dario):
    case = admitted(reviewed, dario)

    with pytest.raises(Blocked):
        actions.propose_step(case=case, step="reopen", actor=dario, at=NOON)


def test_a_proposal_is_stale_once_the_case_has_moved(reviewed, dario, eva):
    case = admitted(reviewed, dario)
    told = {"case": case, "step": "reopen", "reason": "Wrong file.", "actor": dario, "at": NOON}
    one, other = actions.propose_step(**told), actions.propose_step(**told)
    actions.correct(proposal=one, actor=eva, at=NOON)

    with pytest.raises(Stale) as refusal:
        actions.correct(proposal=other, actor=eva, at=NOON)

    assert codes(refusal) == ["moved_since"]


def test_an_ordinary_step_is_no_correction(reviewed, carla, dario):
    decide(reviewed, dario)
    proposal = actions.propose_step(case=reviewed, step="accept", actor=carla, at=NOON)

    with pytest.raises(Blocked) as refusal:
        actions.correct(proposal=proposal, actor=dario, at=NOON)

    assert codes(refusal) == ["no_correction"]


# --- what must never be false ------------------------------------------------------------------------------


def test_a_stage_without_its_move_is_refused_at_the_commit(case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.objects.get(code="review"))

    with pytest.raises(IntegrityError, match="does not stand where its last move took it"):
        held()


def test_a_move_without_its_stage_is_refused_at_the_commit(case):
    step = Step.objects.get(code="begin")
    Move.objects.create(
        case=case, number=2, step=step, source=step.source, target=step.target, actor="U", happened_at=NOON
    )

    with pytest.raises(IntegrityError, match="has made more moves than it says"):
        held()


def test_a_move_from_nowhere_is_refused_at_the_commit(case):
    step = Step.objects.get(code="accept")
    Move.objects.create(
        case=case, number=2, step=step, source=step.source, target=step.target, actor="U", happened_at=NOON
    )
    Case.objects.filter(pk=case.pk).update(
        stage=step.target, moves_made=2, outcome="admitted", closed_at=NOON
    )

    with pytest.raises(IntegrityError, match="does not follow from the one before"):
        held()


def test_a_case_cannot_have_another_outcome_than_its_stage(reviewed, dario):
    admitted(reviewed, dario)
    Case.objects.update(outcome="refused")

    with pytest.raises(IntegrityError, match="another outcome than its stage"):
        held()


@pytest.mark.parametrize("facts", [{"outcome": "admitted"}, {"closed_at": NOON}])
def test_closed_means_an_outcome_and_a_moment(case, facts):
    with pytest.raises(IntegrityError, match="case_closed_with_an_outcome"), transaction.atomic():
        Case.objects.update(**facts)


def test_moves_only_grow(case):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Move.objects.update(reason="x")


def test_nobody_seconds_themselves_in_the_database_either(case):
    step = Step.objects.get(code="begin")
    facts = {"step": step, "source": step.source, "target": step.target, "happened_at": NOON}

    with pytest.raises(IntegrityError, match="move_seconded_by_another"), transaction.atomic():
        Move.objects.create(case=case, number=2, actor="U", seconded_by="U", **facts)


# --- who sees what -----------------------------------------------------------------------------------------


def test_a_stranger_sees_no_case(case, stranger):
    assert list(Case.objects.visible_to(stranger)) == []
    with pytest.raises(NotFound):
        queries.get_for(actor=stranger, code=case.code)


def test_an_office_without_a_duty_sees_no_case(case, carla):
    assert list(Case.objects.visible_to(replace(carla, organisation="elsewhere"))) == []


def test_the_office_that_reviews_sees_its_cases_in_one_query(case, carla, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.get_for(actor=carla, code=case.code)
        told = (found.stage.code, found.call.code)

    assert told == ("came", "c")


# --- filed earlier than was thought ------------------------------------------------------------------------


def running() -> dict[str, str]:
    return {each.kind: each.starts_on.isoformat() for each in Deadline.objects.open()}


def test_an_earlier_filing_counts_its_term_anew(reviewed):
    earlier = FILED - timedelta(days=5)

    case = actions.file_earlier(case=reviewed, filed_at=earlier, actor=Actor.system("mail"), at=NOON)

    assert case.filed_at == earlier
    assert running() == {TERM: "2025-06-15"}
    assert Entry.objects.get(verb="deadline.replaced").facts["why"] == "filed_earlier"


def test_a_later_filing_changes_nothing(reviewed):
    case = actions.file_earlier(
        case=reviewed, filed_at=FILED + timedelta(seconds=1), actor=Actor.system("mail"), at=NOON
    )

    assert case.filed_at == FILED
    assert running() == {TERM: "2025-06-20"}


def test_a_term_that_runs_from_a_step_is_left_alone(reviewed, carla):
    advance(reviewed, "ask", carla, reason="A page is missing.")
    before = running()[WAITING]

    actions.file_earlier(
        case=reviewed, filed_at=FILED - timedelta(days=5), actor=Actor.system("mail"), at=NOON
    )

    assert running() == {TERM: "2025-06-15", WAITING: before}


def test_a_closed_case_keeps_the_day_it_was_filed(reviewed, dario):
    case = admitted(reviewed, dario)

    actions.file_earlier(case=case, filed_at=FILED - timedelta(days=5), actor=Actor.system("mail"), at=NOON)

    case.refresh_from_db()
    assert case.filed_at == FILED
