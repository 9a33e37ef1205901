"""Letters to Bruno: written as documents, sent once, taking the case along; and what he answers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from tests.conftest import NOON
from tests.employers.letters import MISSING, OBSTACLE, case_of, receipt, sent
from tests.employers.making import HOUSE, Sent, free_of_conflicts, letter, modulo, rome
from tragitto.agenda.models import Deadline
from tragitto.cases.actions import resume_over_limit
from tragitto.employers import actions
from tragitto.employers.actions import Point
from tragitto.employers.models import Letter
from tragitto.employers.queries import letters as queries
from tragitto.employers.suggesters import which_notice_it_may_answer
from tragitto.employers.takers import Answering, take_as_observation
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.records.models import Outgoing
from tragitto.records.queries import content
from tragitto.schemes.vocabulary import Acting, Outcome

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
#: The ten days of the notice of 4 July end on Monday 14 July.
OVER = rome(2025, 7, 15, 12)
# Bruno filed on 1 July 2025: the thirty days of the review would end on 31 July.


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def asked(file, carla):
    """Bruno's filing lacks something, and Carla has asked for it on 4 July at noon."""
    expression = file()
    request = actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON + 3 * DAY)
    return sent(request, carla, NOON + 3 * DAY)


@pytest.fixture
def announced(file, settle, carla):
    """The notice of refusal left on 4 July at noon and arrived within the minute."""
    expression = file(unit_province_1="NA")
    settle(expression)
    at = NOON + 3 * DAY
    notice = sent(
        actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=at), carla, at
    )
    receipt(notice, at + timedelta(minutes=1))
    actions.follow_deliveries(actor=HOUSE, at=at + timedelta(minutes=2))
    notice.refresh_from_db()
    return notice


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def review(expression) -> Deadline:
    """The term of the review that is open."""
    kind = expression.call.review_term
    return Deadline.objects.open().get(subject=expression.case.code, kind=kind)


def stands(expression) -> bool:
    return review(expression).suspensions.filter(ends_on__isnull=True).exists()


# -- writing


def test_a_written_letter_waits_as_a_document_and_moves_nothing(file, carla):
    expression = file()

    written = actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)

    assert content(written.document).startswith(b"%PDF-")
    assert (written.waits, case_of(expression).stage.acting) == (True, Acting.OFFICE)
    assert Outgoing.objects.count() == 0


def test_the_document_is_the_same_bytes_whenever_it_is_made(file, carla):
    written = actions.ask_completion(expression=file(), points=MISSING, actor=carla, at=NOON)

    assert actions.writing.preview(queries.letter_for(actor=carla, code=written.code)) == content(
        written.document
    )


def test_a_letter_says_at_least_one_thing(file, carla):
    with pytest.raises(Blocked) as refusal:
        actions.ask_completion(expression=file(), points=[Point("  ")], actor=carla, at=NOON)

    assert codes(refusal) == ["point_needed"]


def test_one_letter_of_a_kind_waits_at_a_time(file, carla):
    expression = file()
    actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)

    with pytest.raises(Blocked) as refusal:
        actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)

    assert codes(refusal) == ["letter_waits"]


def test_a_letter_dropped_makes_room_for_another_and_never_leaves(file, carla):
    expression = file()
    first = actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)
    actions.drop_letter(letter=first, actor=carla, at=NOON)
    second = actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.send_letter(letter=first, actor=carla, at=NOON)

    assert [each.code for each in queries.waiting(actor=carla)] == [second.code]


def test_no_notice_of_refusal_while_findings_are_open(file, carla):
    with pytest.raises(Blocked) as refusal:
        actions.announce_refusal(expression=file(), points=OBSTACLE, actor=carla, at=NOON)

    assert codes(refusal) == ["findings_settled", "some_unmet_refusal"]


def test_no_such_letter_where_the_journey_knows_none(asked, carla):
    with pytest.raises(Blocked) as refusal:
        actions.ask_completion(expression=asked.expression, points=MISSING, actor=carla, at=NOON + 4 * DAY)

    assert codes(refusal) == ["no_step_for_letter"]


@pytest.mark.parametrize("who", ["bruno", "stranger", "amina"])
def test_nobody_but_the_office_writes(file, who, request):
    actor = Actor.stranger() if who == "stranger" else Actor(f"U-{who.upper()}", door="portal")

    with pytest.raises(NotAllowed):
        actions.ask_completion(expression=file(), points=MISSING, actor=actor, at=NOON)


def test_whoever_has_not_said_that_no_conflict_exists_writes_nothing(file, carla):
    expression = file()
    stranger_to_it = Actor("U-NEW", carla.organisation, carla.roles, "office")

    with pytest.raises(Blocked):
        actions.ask_completion(expression=expression, points=MISSING, actor=stranger_to_it, at=NOON)


# -- sending


def test_sending_takes_the_step_and_answers_the_filing_at_the_address_of_the_form(asked):
    outgoing = asked.outgoing

    assert (asked.recipient, outgoing.about) == ("bruno@pec.impresa.example", asked.expression.case.code)
    assert asked.expression.case.stage.acting == Acting.EMPLOYER
    assert outgoing.message.attachments.get().document == asked.document


def test_sending_twice_sends_once(asked, carla):
    again = actions.send_letter(letter=asked, actor=carla, at=NOON + 4 * DAY)

    assert (again.outgoing, Outgoing.objects.count()) == (asked.outgoing, 1)


def test_without_an_address_in_the_form_the_certified_sender_is_written_to(file, carla):
    expression = file(enterprise_pec="")

    assert queries.recipient_of(expression) == "bruno@pec.impresa.example"


def test_without_any_address_it_waits_until_somebody_gives_one(file, carla, lombardia):
    plain = Sent(kind="ordinaria", verdict="uncertified", sender="bruno@mail.example")
    message = letter(lombardia, modulo(lombardia, enterprise_pec=""), sent=plain)
    filed = actions.receive(message=message, call=lombardia, is_chosen=True, actor=HOUSE, at=NOON)
    free_of_conflicts(filed.expression)
    written = actions.ask_completion(expression=filed.expression, points=MISSING, actor=carla, at=NOON)

    with pytest.raises(Blocked) as refusal:
        actions.send_letter(letter=written, actor=carla, at=NOON)
    assert codes(refusal) == ["no_address"]

    actions.send_letter(letter=written, recipient="altro@pec.example", actor=carla, at=NOON)

    written.refresh_from_db()
    assert written.recipient == "altro@pec.example"


def test_a_reviewer_writes_and_an_officer_sends(file, dario, carla):
    written = actions.ask_completion(expression=file(), points=MISSING, actor=dario, at=NOON)

    with pytest.raises(NotAllowed):
        actions.send_letter(letter=written, actor=dario, at=NOON)
    actions.send_letter(letter=written, actor=carla, at=NOON)

    assert Outgoing.objects.count() == 1


def test_a_letter_given_by_hand_takes_the_step_too(file, carla):
    expression = file()
    written = actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=NOON)

    actions.give_letter(letter=written, reached_at=NOON, how="Raccomandata 123.", actor=carla, at=NOON + DAY)

    assert case_of(expression).stage.acting == Acting.EMPLOYER


@pytest.mark.parametrize(
    ("how", "days", "code"),
    [("", 0, "how_needed"), ("By hand.", -1, "arrival_impossible"), ("By hand.", 2, "arrival_impossible")],
)
def test_an_arrival_is_told_with_its_proof_and_at_a_possible_moment(file, carla, how, days, code):
    written = actions.ask_completion(expression=file(), points=MISSING, actor=carla, at=NOON)

    with pytest.raises(Blocked) as refusal:
        actions.give_letter(letter=written, reached_at=NOON + days * DAY, how=how, actor=carla, at=NOON + DAY)

    assert codes(refusal) == [code]


def test_what_has_left_is_never_changed(asked):
    with pytest.raises(IntegrityError, match="not changed any more"), transaction.atomic():
        Letter.objects.filter(pk=asked.pk).update(recipient="x@pec.example")


# -- the clock


def test_the_clock_of_the_review_stands_while_something_is_awaited(asked):
    assert stands(asked.expression)


def test_a_further_version_lets_it_run_again_and_nothing_is_lost(asked, file, carla):
    file(sent=Sent(at=rome(2025, 7, 14, 12)))

    expression = asked.expression
    # Ten days it stood, from 5 to 14 July; 10 August is a Sunday.
    assert review(expression).due_on == date(2025, 8, 11)
    assert (stands(expression), case_of(expression).stage.acting) == (False, Acting.OFFICE)


def test_an_answer_placed_late_counts_from_when_it_came(asked, lombardia):
    message = letter(lombardia, modulo(lombardia), sent=Sent(at=rome(2025, 7, 14, 12)))

    actions.receive(message=message, call=lombardia, actor=HOUSE, at=rome(2025, 7, 28, 12))

    assert review(asked.expression).due_on == date(2025, 8, 11)


def test_after_thirty_days_the_clock_runs_by_itself(asked):
    before = resume_over_limit(actor=HOUSE, at=rome(2025, 8, 3, 23))
    after = resume_over_limit(actor=HOUSE, at=rome(2025, 8, 4, 3))

    assert (before, after, stands(asked.expression)) == (0, 1, False)
    assert review(asked.expression).due_on == date(2025, 8, 30)


def test_a_second_request_does_not_stop_the_clock_again(asked, file, carla):
    file(sent=Sent(at=rome(2025, 7, 14, 12)))
    at = rome(2025, 7, 16, 12)
    request = actions.ask_completion(expression=asked.expression, points=MISSING, actor=carla, at=at)

    sent(request, carla, at)

    assert not stands(asked.expression)
    assert review(asked.expression).due_on == date(2025, 8, 11)
    assert Entry.objects.filter(verb="case.not_suspended").count() == 1


def test_the_time_to_answer_runs_from_the_day_of_arrival(asked):
    before = Deadline.objects.get(code=asked.deadline)
    receipt(asked, rome(2025, 7, 6, 9))

    actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 6, 10))

    asked.refresh_from_db()
    after = Deadline.objects.get(code=asked.deadline)
    assert (before.starts_on, after.starts_on) == (date(2025, 7, 4), date(2025, 7, 6))
    assert after.due_at >= before.due_at


def test_an_arrival_is_written_down_once(asked):
    receipt(asked, rome(2025, 7, 6, 9))
    first = actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 6, 10))

    assert (first, actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 6, 11))) == (1, 0)


# -- completion after the closing


def test_what_was_asked_for_is_in_time_after_the_closing_and_keeps_the_place(file, carla, lombardia):
    expression = file(sent=Sent(at=rome(2025, 7, 31, 12)), contact_phone=None)
    before = expression.place_identifier
    at = rome(2025, 8, 5, 12)
    sent(actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=at), carla, at)

    file(sent=Sent(at=rome(2025, 8, 20, 12)))

    expression.refresh_from_db()
    found = expression.current.findings.get(criterion__judge="in_time", run=expression.current.run)
    assert (found.state, found.explanation) == ("met", "asked_for_in_time")
    assert (expression.current.number, expression.place_identifier) == (2, before)


def test_what_comes_after_the_term_given_is_late(file, carla):
    expression = file(sent=Sent(at=rome(2025, 7, 31, 12)))
    at = rome(2025, 8, 5, 12)
    sent(actions.ask_completion(expression=expression, points=MISSING, actor=carla, at=at), carla, at)

    # Thirty days from 5 August: 4 September, to its last second.
    file(sent=Sent(at=rome(2025, 9, 5)))

    expression.refresh_from_db()
    assert (expression.current.number, case_of(expression).stage.acting) == (1, Acting.EMPLOYER)


# -- observations


def observe(notice, at=NOON + 8 * DAY, text="We opened a unit in Brescia."):
    return actions.take_observation(letter=notice, text=text, actor=HOUSE, at=at)


def test_observations_take_the_case_on_and_the_clock_rests_ten_days_more(announced):
    observe(announced)

    expression = announced.expression
    assert case_of(expression).stage.acting == Acting.OFFICE
    # Stopped on 4 July; observations on 9 July, ten days of rest: from 5 to 19 July. 15 August is a feast.
    assert review(expression).due_on == date(2025, 8, 16)


def test_without_observations_the_clock_runs_again_when_the_time_is_over(announced):
    resume_over_limit(actor=HOUSE, at=rome(2025, 7, 16, 12))

    # The ten days end on Monday 14 July: it stood from 5 to 14 July.
    assert review(announced.expression).due_on == date(2025, 8, 11)


def test_a_message_taken_twice_is_one_observation(announced, lombardia):
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12)))
    told = {"letter": announced, "text": "Here.", "message": message, "actor": HOUSE}

    first = actions.take_observation(**told, at=NOON + 9 * DAY)
    second = actions.take_observation(**told, at=NOON + 10 * DAY)

    assert (first.pk, first.received_at) == (second.pk, message.certified_at)


def test_an_observation_says_something_and_answers_a_notice(announced, carla):
    start = actions.start_notice(expression=announced.expression, actor=carla, at=NOON + 8 * DAY)

    with pytest.raises(Blocked) as refusal:
        actions.take_observation(letter=start, text=" ", actor=HOUSE, at=NOON + 9 * DAY)

    assert codes(refusal) == ["nothing_to_observe", "text_needed"]


def test_a_stranger_of_the_portal_observes_nothing(announced):
    with pytest.raises(NotAllowed):
        actions.take_observation(
            letter=announced, text="Hello.", actor=Actor("U-OTHER", door="portal"), at=NOON + 5 * DAY
        )


def propose(expression, actor, at):
    reasons = {"reasons": "No unit.", "outcome": Outcome.REFUSED}
    return actions.propose(expression=expression, actor=actor, at=at, **reasons)


def refuse(expression, actor, at):
    return actions.refuse(expression=expression, ground="No unit here.", actor=actor, at=at)


def test_nobody_is_refused_before_each_observation_is_answered(announced, carla, dario):
    observation = observe(announced)
    expression, at = announced.expression, OVER
    propose(expression, carla, at)

    with pytest.raises(Blocked) as refusal:
        refuse(expression, dario, at)
    assert codes(refusal) == ["observations_answered"]

    actions.answer_observation(
        observation=observation, answer="Brescia opened later.", is_upheld=False, actor=dario, at=at
    )
    propose(expression, carla, at)
    assert refuse(expression, dario, at).outcome == Outcome.REFUSED


def test_an_answer_is_given_once_and_in_words(announced, dario):
    observation, at = observe(announced), NOON + 9 * DAY
    told = {"observation": observation, "is_upheld": False, "actor": dario, "at": at}

    with pytest.raises(Blocked) as refusal:
        actions.answer_observation(**told, answer=" ")
    assert codes(refusal) == ["answer_needed"]

    actions.answer_observation(**told, answer="No.")
    with pytest.raises(Stale):
        actions.answer_observation(**told, answer="Yes.")


def test_nobody_is_refused_whom_the_notice_has_not_reached(file, settle, carla, dario):
    expression = file(unit_province_1="NA")
    settle(expression)
    at = NOON + 3 * DAY
    notice = actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=at)
    sent(notice, carla, at)
    later = rome(2025, 9, 1, 12)
    propose(expression, carla, later)

    with pytest.raises(Blocked) as refusal:
        refuse(expression, dario, later)

    assert codes(refusal) == ["letter_reached"]


# -- the decision


@pytest.fixture
def decided(announced, carla, dario):
    observation, at = observe(announced), OVER
    told = {"answer": "Brescia opened later.", "is_upheld": False, "actor": dario, "at": at}
    actions.answer_observation(observation=observation, **told)
    propose(announced.expression, carla, at)
    return refuse(announced.expression, dario, at)


def words(written: Letter) -> str:
    pages = PdfReader(BytesIO(content(written.document))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_decision_is_a_document_with_number_reasons_findings_answers_and_remedy(decided, carla):
    written = actions.write_decision(decision=decided, actor=carla, at=OVER)

    told = words(written)
    wanted = (
        f"{decided.number}/{decided.year}", "No unit here.", "We opened a unit in Brescia.",
        "Brescia opened later.", "104/2010", "1199/1971", "art. 10-bis", announced_code(written),
    )  # fmt: skip
    assert [each for each in wanted if each not in told] == []


def announced_code(written: Letter) -> str:
    return written.expression.letters.get(kind=LetterKind.PREAVVISO_DI_RIGETTO).code


def test_a_decision_is_written_once_sent_and_never_dropped(decided, carla):
    at = OVER
    written = actions.write_decision(decision=decided, actor=carla, at=at)

    with pytest.raises(Stale):
        actions.write_decision(decision=decided, actor=carla, at=at)
    with pytest.raises(Blocked):
        actions.drop_letter(letter=written, actor=carla, at=at)

    assert sent(written, carla, at).has_left


def test_a_decision_of_which_nobody_was_told_is_on_the_list(decided, carla):
    untold = [each.pk for each in queries.untold_decisions(actor=carla)]
    actions.write_decision(decision=decided, actor=carla, at=OVER)

    assert (untold, list(queries.untold_decisions(actor=carla))) == ([decided.pk], [])


# -- the start


def test_the_notice_of_the_start_names_office_end_and_filing_and_is_written_once(file, carla):
    expression = file()
    waiting = [each.pk for each in queries.to_be_told_of_the_start(actor=carla)]

    written = actions.start_notice(expression=expression, actor=carla, at=NOON)

    told = words(written)
    assert [each for each in ("31 luglio 2025", expression.code, "art. 2(9-bis)") if each not in told] == []
    assert (waiting, list(queries.to_be_told_of_the_start(actor=carla))) == ([expression.pk], [])
    with pytest.raises(Stale):
        actions.start_notice(expression=expression, actor=carla, at=NOON)


def test_the_ledger_tells_letters_in_codes_alone(announced, carla):
    observe(announced)

    told = str(list(Entry.objects.values("verb", "subject", "facts")))

    assert {"letter.written", "letter.sent", "letter.arrived", "observation.received"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )
    assert [word for word in ("Bruno", "Brescia", "bruno@", "No production unit") if word in told] == []


# -- at the desk


def test_a_message_that_answers_the_notice_is_offered_as_observations(announced, lombardia):
    ours = announced.outgoing.message.message_id
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12), replies_to=(ours,)))

    (found,) = which_notice_it_may_answer(message)

    assert (found.where_code, found.taker) == (announced.expression.code, "answer")
    assert found.choice == {"letter": announced.code, "call": lombardia.code}


def test_a_message_about_something_else_is_not(announced, lombardia):
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12), subject="Auguri"))

    assert list(which_notice_it_may_answer(message)) == []


def test_with_a_form_it_is_rather_a_further_version(announced, lombardia):
    sent_with = Sent(at=rome(2025, 7, 8, 12), subject=f"Re: {announced.expression.code}")
    message = letter(lombardia, modulo(lombardia), sent=sent_with)

    (found,) = which_notice_it_may_answer(message)

    assert found.strength < 95


def test_placed_there_by_a_person_its_words_are_the_observation(announced, carla, lombardia):
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12)))
    choice = Answering(letter=announced.code, call=lombardia.code)

    taken = take_as_observation(message, actor=carla, at=NOON + 8 * DAY, choice=choice)

    observation = announced.observations.get()
    assert (taken.where, observation.message) == (announced.expression.code, message)
    assert message.code in observation.text


def test_the_house_takes_no_observation_by_itself(announced, lombardia):
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12)))

    assert take_as_observation(message, actor=HOUSE, at=NOON + 8 * DAY) is None


def test_a_letter_of_another_call_takes_nothing(announced, carla, lombardia, veneto):
    message = letter(lombardia, sent=Sent(at=rome(2025, 7, 8, 12)))
    choice = Answering(letter=announced.code, call=veneto.code)

    with pytest.raises(Blocked) as refusal:
        take_as_observation(message, actor=carla, at=NOON + 8 * DAY, choice=choice)

    assert codes(refusal) == ["letter_unknown"]
