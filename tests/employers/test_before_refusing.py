"""Nobody is refused by surprise: notice, arrival, ten whole days, answers, only announced grounds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.employers.letters import MISSING, OBSTACLE, case_of, receipt, sent
from tests.employers.making import HOUSE, Sent, finding, letter, modulo, rome, states
from tragitto.agenda.models import Deadline
from tragitto.cases import actions as cases
from tragitto.cases.permissions import may_take
from tragitto.employers import actions
from tragitto.employers.actions import Point
from tragitto.employers.models import Observation
from tragitto.employers.queries import letters as queries
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.schemes.models import Step
from tragitto.schemes.queries import filing_of
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TUESDAY = rome(2025, 7, 1, 18)
#: The ten days of a notice that arrives on 1 July end on Friday the 11th.
WITHIN, AFTER = rome(2025, 7, 4, 12), rome(2025, 7, 12, 12)


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def wanting(file, settle):
    """Bruno's filing without a unit in the region, every finding settled."""
    expression = file(unit_province_1="NA")
    settle(expression)
    return expression


@pytest.fixture
def announce(carla):
    """Announce the refusal at this instant; the notice arrives at once."""

    def _announce(expression, at=TUESDAY, points=OBSTACLE):
        notice = actions.announce_refusal(expression=expression, points=points, actor=carla, at=at)
        notice = sent(notice, carla, at)
        receipt(notice, at)
        actions.follow_deliveries(actor=HOUSE, at=at)
        notice.refresh_from_db()
        return notice

    return _announce


@pytest.fixture
def refuse(carla, dario):
    """Carla proposes, Dario refuses."""

    def _refuse(expression, at, outcome=Outcome.REFUSED):
        told = {"expression": expression, "outcome": outcome, "at": at}
        actions.propose(**told, reasons="No unit.", actor=carla)
        return actions.refuse(**told, ground="No unit here.", actor=dario)

    return _refuse


def observe(notice, at=WITHIN, text="We opened a unit in Brescia."):
    return actions.take_observation(letter=notice, text=text, actor=HOUSE, at=at)


def answer(notice, dario, at, **told):
    for one in Observation.objects.filter(letter=notice, answered_at=None):
        actions.answer_observation(
            observation=one, answer="It opened later.", is_upheld=False, actor=dario, at=at, **told
        )


def overrule(expression, judge, state, dario, at=TUESDAY):
    told = {"verdict": Verdict.OVERRULED, "state": state, "ground": "Seen otherwise."}
    actions.judge(finding=finding(expression, judge), **told, actor=dario, at=at)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def review(expression) -> Deadline:
    return Deadline.objects.open().get(subject=expression.case.code, kind=expression.call.review_term)


# -- what only the employer does


@pytest.mark.parametrize("who", ["carla", "dario"])
def test_nobody_says_by_hand_that_observations_came(wanting, announce, who, request):
    announce(wanting)
    case = case_of(wanting)
    step = queries.answering(case)

    with pytest.raises(NotAllowed):
        cases.advance(case=case, step=step.code, actor=request.getfixturevalue(who), at=WITHIN)

    assert not may_take(request.getfixturevalue(who), step, case)


def test_nobody_resumes_by_hand_while_an_answer_may_still_come(file, carla):
    expression, at = file(), TUESDAY
    sent(actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=at), carla, at)
    case = case_of(expression)
    step = queries.answering(case).code

    with pytest.raises(Blocked) as refusal:
        cases.advance(case=case, step=step, actor=carla, at=at + DAY)
    assert codes(refusal) == ["answered_or_term_over"]

    assert cases.advance(case=case, step=step, actor=carla, at=rome(2025, 8, 1, 12))


# -- the ten days


def test_the_first_sentence_does_not_end_the_ten_days(wanting, announce, refuse, dario):
    notice = announce(wanting)
    observe(notice)
    answer(notice, dario, WITHIN)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, WITHIN)
    assert codes(refusal) == ["term_over"]

    assert refuse(wanting, AFTER).outcome == Outcome.REFUSED


def test_a_second_observation_within_them_wants_its_answer_too(wanting, announce, refuse, dario):
    notice = announce(wanting)
    observe(notice)
    answer(notice, dario, WITHIN)
    observe(notice, at=WITHIN + DAY, text="And here is the lease.")

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["observations_answered"]


def test_the_clock_rests_ten_days_from_the_last_observation(wanting, announce):
    notice = announce(wanting)
    observe(notice)
    once = review(wanting).due_on
    observe(notice, at=rome(2025, 7, 8, 12), text="And here is the lease.")

    # It stood from 2 to 14 July, then to the 18th; the thirty days would have ended on the 31st.
    assert (once, review(wanting).due_on) == (date(2025, 8, 13), date(2025, 8, 18))


def test_what_came_earlier_and_is_taken_later_moves_nothing(wanting, announce, lombardia):
    notice = announce(wanting)
    observe(notice)
    before = review(wanting).due_on
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 3, 12)))

    actions.take_observation(letter=notice, text="Here.", message=message, actor=HOUSE, at=WITHIN)

    assert review(wanting).due_on == before


def test_what_comes_after_the_ten_days_holds_no_clock_up(wanting, announce):
    notice = announce(wanting)
    observe(notice)
    before = review(wanting).due_on

    observe(notice, at=AFTER + 5 * DAY, text="One more thing.")

    assert review(wanting).due_on == before


def test_a_notice_proven_late_gives_its_ten_days_after_the_first_observation_too(
    wanting, carla, dario, refuse
):
    notice = sent(
        actions.announce_refusal(expression=wanting, points=OBSTACLE, actor=carla, at=TUESDAY), carla, TUESDAY
    )
    observe(notice)
    answer(notice, dario, WITHIN)
    receipt(notice, rome(2025, 7, 7, 9))
    actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 7, 10))

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, rome(2025, 7, 17, 12))
    assert codes(refusal) == ["term_over"]

    assert refuse(wanting, rome(2025, 7, 18, 12))


def test_nobody_who_answered_is_refused_while_the_arrival_is_unproven(wanting, carla, dario, refuse):
    at = TUESDAY
    notice = sent(
        actions.announce_refusal(expression=wanting, points=OBSTACLE, actor=carla, at=at), carla, at
    )
    observe(notice)
    answer(notice, dario, WITHIN)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["letter_reached"]


# -- a version is an answer too


def test_a_version_that_answers_a_notice_wants_an_answer_in_words(wanting, announce, refuse, settle, file):
    announce(wanting)
    file(unit_province_1="NA", sent=Sent(at=WITHIN))
    settle(wanting)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["observations_answered"]
    assert Observation.objects.get().message == wanting.current.message


def test_a_second_version_within_the_ten_days_is_answered_as_well(wanting, announce, file):
    announce(wanting)
    file(unit_province_1="NA", sent=Sent(at=WITHIN))
    file(unit_province_1="NA", sent=Sent(at=WITHIN + DAY))

    assert Observation.objects.count() == 2


def test_a_version_sent_before_the_notice_answers_nothing(wanting, announce, file):
    announce(wanting)

    file(unit_province_1="NA", sent=Sent(at=rome(2025, 7, 1, 13)))

    assert Observation.objects.count() == 0


def test_a_new_version_is_settled_before_anybody_is_refused(wanting, announce, refuse, dario, file):
    notice = announce(wanting)
    file(unit_province_1="NA", sent=Sent(at=WITHIN))
    answer(notice, dario, WITHIN)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["findings_settled"]


# -- the grounds


@pytest.mark.parametrize("is_observed", [True, False])
def test_nobody_is_refused_when_every_condition_is_met(wanting, announce, refuse, dario, is_observed):
    notice = announce(wanting)
    if is_observed:
        observe(notice)
        answer(notice, dario, WITHIN)
    overrule(wanting, "unit_in_region", State.MET, dario)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["some_unmet_refusal"]


@pytest.mark.parametrize("is_observed", [True, False])
def test_nobody_is_refused_on_a_ground_never_announced(wanting, announce, refuse, dario, is_observed):
    notice = announce(wanting)
    if is_observed:
        observe(notice)
        answer(notice, dario, WITHIN)
    overrule(wanting, "constituted_and_active", State.UNMET, dario)

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["grounds_announced"]


def test_a_ground_that_follows_from_an_observation_needs_no_new_notice(wanting, announce, refuse, dario):
    notice = announce(wanting)
    observe(notice, text="We have stopped working.")
    overrule(wanting, "constituted_and_active", State.UNMET, dario)
    answer(notice, dario, WITHIN, new_grounds=["active-for-a-year"])

    assert refuse(wanting, AFTER).outcome == Outcome.REFUSED


@pytest.mark.parametrize("code", ["unit-in-the-region", "active-for-a-year", "no-such"])
def test_only_an_obstacle_that_holds_and_is_new_follows(wanting, announce, dario, code):
    notice = announce(wanting)
    observe(notice)

    with pytest.raises(Blocked) as refusal:
        answer(notice, dario, WITHIN, new_grounds=[code])

    assert codes(refusal) == ["no_new_ground"]


def test_no_ground_follows_from_what_nobody_answered(wanting, announce):
    observation = observe(announce(wanting))

    with pytest.raises(IntegrityError, match="brings_grounds_when_answered"), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(new_grounds=["active-for-a-year"])


def test_a_notice_without_the_obstacle_announces_nothing(wanting, announce, refuse):
    announce(wanting, points=[Point("Something else.")])

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)

    assert codes(refusal) == ["grounds_announced"]


# -- a notice taken back


@pytest.mark.parametrize("is_observed", [True, False])
def test_a_notice_taken_back_is_followed_by_one_with_ten_days_of_its_own(
    wanting, announce, refuse, carla, dario, is_observed
):
    notice = announce(wanting)
    if is_observed:
        answer(observe(notice).letter, dario, WITHIN)
    overrule(wanting, "constituted_and_active", State.UNMET, dario)
    case = case_of(wanting)
    step = Step.objects.get(source=case.stage, kind="return", needs_reason=True)
    cases.advance(case=case, step=step.code, actor=carla, at=AFTER, reason="One more obstacle.")

    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER)
    assert codes(refusal) == ["no_step_to_outcome"]

    announce(wanting, at=AFTER, points=[*OBSTACLE, Point("Not active.", "active-for-a-year")])
    with pytest.raises(Blocked) as refusal:
        refuse(wanting, AFTER + 9 * DAY)
    assert codes(refusal) == ["term_over"]
    assert refuse(wanting, rome(2025, 7, 23, 12)).outcome == Outcome.REFUSED


def test_a_version_after_a_notice_was_taken_back_answers_nothing(wanting, announce, carla, file):
    announce(wanting)
    case = case_of(wanting)
    step = Step.objects.get(source=case.stage, kind="return", needs_reason=True)
    cases.advance(case=case, step=step.code, actor=carla, at=WITHIN, reason="It was wrong.")

    file(sent=Sent(at=WITHIN + DAY))

    assert Observation.objects.count() == 0


# -- a completion that did not come


@pytest.fixture
def asked(wanting, carla):
    request = actions.ask_completion(expression=wanting, points=MISSING, actor=carla, at=TUESDAY)
    return sent(request, carla, TUESDAY)


def refused_to_announce(expression, carla, at) -> list[str]:
    with pytest.raises(Blocked) as refusal:
        actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=at)
    return codes(refusal)


def test_silence_counts_only_once_the_request_has_arrived(asked, announce, carla):
    september = rome(2025, 9, 1, 12)
    assert refused_to_announce(asked.expression, carla, september) == ["letter_reached"]

    receipt(asked, rome(2025, 7, 2, 9))
    actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 2, 10))

    assert announce(asked.expression, at=september)


def test_silence_is_no_ground_by_itself(file, settle, carla):
    expression = file()
    settle(expression)
    request = sent(
        actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=TUESDAY), carla, TUESDAY
    )
    receipt(request, TUESDAY)
    actions.follow_deliveries(actor=HOUSE, at=TUESDAY)

    assert refused_to_announce(expression, carla, rome(2025, 9, 1, 12)) == ["some_unmet_refusal"]


# -- inadmissible


def test_what_the_call_does_not_mark_is_announced_first(wanting, refuse):
    with pytest.raises(Blocked) as refusal:
        refuse(wanting, TUESDAY, Outcome.INADMISSIBLE)

    assert codes(refusal) == ["some_unmet_inadmissible"]


def test_nothing_is_inadmissible_by_a_finding_nobody_confirmed(file, refuse):
    late = file(sent=Sent(at=rome(2026, 1, 1)))

    with pytest.raises(Blocked) as refusal:
        refuse(late, rome(2026, 1, 2), Outcome.INADMISSIBLE)

    assert codes(refusal) == ["findings_settled"]


def test_what_came_too_late_is_inadmissible(file, refuse, settle):
    late = file(sent=Sent(at=rome(2026, 1, 1)))
    settle(late)

    assert refuse(late, rome(2026, 1, 2), Outcome.INADMISSIBLE).outcome == Outcome.INADMISSIBLE


# -- after a correction


def test_a_letter_written_before_a_supplement_does_not_leave(wanting, carla, file):
    notice = actions.announce_refusal(expression=wanting, points=OBSTACLE, actor=carla, at=TUESDAY)
    file(sent=Sent(at=WITHIN))

    with pytest.raises((Blocked, Stale)):
        actions.send_letter(letter=notice, actor=carla, at=WITHIN)


@pytest.mark.parametrize("outcome", [Outcome.ADMITTED, Outcome.WITHDRAWN])
def test_after_a_correction_the_term_of_the_review_runs_again(file, settle, carla, dario, outcome):
    expression = file()
    settle(expression)
    before = review(expression).due_on
    if outcome == Outcome.ADMITTED:
        actions.propose(expression=expression, outcome=outcome, reasons="Yes.", actor=carla, at=TUESDAY)
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=TUESDAY)
    else:
        actions.withdraw(expression=expression, reason="By message.", actor=carla, at=TUESDAY)
    case = case_of(expression)
    step = Step.objects.get(source=case.stage, kind="correction").code

    proposal = cases.propose_step(case=case, step=step, reason="Wrong file.", actor=carla, at=WITHIN)
    cases.correct(proposal=proposal, actor=dario, at=WITHIN)

    assert review(expression).due_on == before


def test_every_correction_sets_the_term_of_the_review_running(lombardia):
    for step in Step.objects.filter(journey=lombardia.journey, kind="correction"):
        terms = [use["parameters"].get("term") for use in step.effects if use["name"] == "start_term"]
        assert (step.code, terms) == (step.code, [lombardia.review_term])


# -- what came too late stays what it is


def test_a_late_filing_admitted_by_two_stays_so_when_judged_again(file, carla, dario, lombardia):
    late = file(modulo(lombardia), sent=Sent(at=rome(2026, 1, 1)))
    exception = filing_of(lombardia).exceptions[0].code
    at = rome(2026, 1, 2)
    told = {"version": late.current, "exception": exception, "reason": "Attested.", "at": at}
    admission = actions.propose_late_admission(**told, actor=carla)
    actions.decide_late_admission(admission=admission, is_admitted=True, ground="Yes.", actor=dario, at=at)

    actions.evaluate_all(expression=late, actor=dario, at=at)

    assert states(late)["in_time"] == State.MET
