"""Letters in the office: written from the findings, read before they leave, sent, followed, answered."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.office import lettering
from tests.web.office.test_costs import cost
from tests.web.office.world import OFFICE_DAY
from tragitto.employers import actions
from tragitto.employers.models import Expression, Letter
from tragitto.employers.vocabulary import State, Verdict
from tragitto.records.models import Outgoing
from tragitto.schemes.vocabulary import Acting

COMPLETION, REFUSAL, START = "soccorso_istruttorio", "preavviso_di_rigetto", "start_notice"


def at(name: str, *arguments: object) -> str:
    return reverse(f"office:{name}", args=arguments)


@pytest.fixture
def letter(world, expression) -> Letter:
    return lettering.written(world, expression)


@pytest.fixture
def observation(world, expression):
    return lettering.observed(world, expression)


def stage(expression: Expression):
    return Expression.objects.select_related("case__stage").get(pk=expression.pk).case.stage


def test_the_bare_steps_are_gone_where_a_letter_takes_them(carla_in, expression):
    page = carla_in.get(at("expression", expression.code)).text

    assert at("write_letter", expression.code, COMPLETION) in page
    assert 'value="ask-completion"' not in page


def test_a_request_is_written_from_the_points_and_read_before_it_leaves(carla_in, expression):
    data = {"other": "Manca la visura.\nManca la delega.", "text": "Grazie."}

    answer = carla_in.post(at("write_letter", expression.code, COMPLETION), data)

    letter = Letter.objects.get(expression=expression)
    page = carla_in.get(answer.url).text
    assert answer.url == at("letter", letter.code)
    assert [each["text"] for each in letter.grounds] == ["Manca la visura.", "Manca la delega."]
    assert at("letter_picture", letter.code, 1) in page
    assert (stage(expression).acting, Outgoing.objects.count()) == (Acting.OFFICE, 0)


def test_a_letter_without_a_point_is_asked_for_one_and_keeps_what_was_typed(carla_in, expression):
    answer = carla_in.post(at("write_letter", expression.code, COMPLETION), {"text": "Solo questo."})

    assert answer.status_code == 422
    assert "Solo questo." in answer.text
    assert not Letter.objects.exists()


def test_what_stands_in_the_way_is_said_before_one_writes(carla_in, expression):
    page = carla_in.get(at("write_letter", expression.code, REFUSAL)).text

    assert "still wait for a reviewer" in page or "still waits for a reviewer" in page


@pytest.mark.parametrize("kind", ["decision", "love-letter"])
def test_no_other_letter_is_written_by_hand(carla_in, expression, kind):
    assert carla_in.get(at("write_letter", expression.code, kind)).status_code == 404


def test_an_officer_sends_it_and_the_case_goes_along(carla_in, letter):
    answer = carla_in.post(at("letter_send", letter.code), {"recipient": "altro@pec.example"})

    letter.refresh_from_db()
    assert (answer.status_code, letter.recipient) == (302, "altro@pec.example")
    assert stage(letter.expression).acting == Acting.EMPLOYER
    assert at("outgoing", letter.outgoing.code) in carla_in.get(at("letter", letter.code)).text


def test_a_reviewer_reads_that_an_officer_sends_it(dario_in, letter):
    page = dario_in.get(at("letter", letter.code)).text
    answer = dario_in.post(at("letter_send", letter.code), {"recipient": "altro@pec.example"})

    assert "A case officer sends it" in page
    assert (answer.status_code, Outgoing.objects.count()) == (403, 0)


def test_a_clock_that_stands_is_not_called_late(carla_in, world, expression):
    soon = expression.case.filed_at + timedelta(days=3)
    by = {"actor": lettering.officer(world), "at": soon}
    request = actions.ask_completion(expression=expression, points=lettering.POINTS, **by)
    actions.send_letter(letter=request, **by)

    assert "Stands still" in carla_in.get(at("expression", expression.code)).text


def test_a_dropped_letter_is_no_longer_among_those_that_wait(carla_in, letter):
    before = letter.code in carla_in.get(at("letters")).text

    carla_in.post(at("letter_drop", letter.code))

    assert (before, letter.code in carla_in.get(at("letters")).text) == (True, False)


def test_how_it_arrived_is_written_down(carla_in, letter):
    when = (OFFICE_DAY + timedelta(hours=3)).astimezone().strftime("%Y-%m-%dT%H:%M")
    future = carla_in.post(at("letter_arrived", letter.code), {"reached_at": when, "how": "A mano."})
    moment = OFFICE_DAY.strftime("%Y-%m-%dT%H:%M")

    silent = carla_in.post(at("letter_arrived", letter.code), {"reached_at": moment, "how": ""})

    assert (future.status_code, silent.status_code) == (422, 422)
    letter.refresh_from_db()
    assert letter.reached_at is None


def test_an_observation_is_answered_on_its_page(carla_in, observation):
    letter = observation.letter
    data = {"reply-1-is_upheld": "no", "reply-1-answer": "Brescia ha aperto dopo."}

    waiting = "Abbiamo Brescia." in carla_in.get(at("letters_observations")).text
    answer = carla_in.post(at("letter_reply", letter.code, 1), data)

    observation.refresh_from_db()
    assert (waiting, answer.status_code) == (True, 302)
    assert (observation.is_upheld, observation.answer) == (False, "Brescia ha aperto dopo.")
    assert "Abbiamo Brescia." not in carla_in.get(at("letters_observations")).text


def test_a_new_obstacle_is_offered_chosen_and_shown_where_it_follows(carla_in, world, observation):
    letter = observation.letter
    none = "New obstacles that follow" in carla_in.get(at("letter", letter.code)).text
    found = letter.expression.current.findings.filter(criterion__judge="unit_in_region").last()
    told = {"verdict": Verdict.OVERRULED, "state": State.UNMET, "ground": "Sold."}
    actions.judge(finding=found, **told, actor=lettering.reviewer(world), at=OFFICE_DAY)
    data = {"reply-1-is_upheld": "no", "reply-1-answer": "Sold.", "reply-1-new_grounds": found.criterion.code}

    carla_in.post(at("letter_reply", letter.code, 1), data)

    observation.refresh_from_db()
    page = carla_in.get(at("letter", letter.code)).text
    assert (none, observation.new_grounds) == (False, [found.criterion.code])
    assert "New obstacles that follow from this observation: At least one production unit" in page


def test_an_answer_without_words_is_refused_and_the_choice_kept(carla_in, observation):
    answer = carla_in.post(at("letter_reply", observation.letter.code, 1), {"reply-1-is_upheld": "no"})

    assert answer.status_code == 422
    observation.refresh_from_db()
    assert observation.answered_at is None


def test_an_observation_by_hand_rests_on_a_message_of_the_office(carla_in, world, expression):
    notice = lettering.announced(world, expression)
    told = {"text": "Scrivono di Brescia."}

    unknown = carla_in.post(at("letter_observe", notice.code), {**told, "message": "M-NOWHERE"})
    known = carla_in.post(
        at("letter_observe", notice.code), {**told, "message": expression.current.message.code}
    )

    assert (unknown.status_code, known.status_code) == (422, 302)
    assert [each.text for each in notice.observations.all()] == ["Scrivono di Brescia."]


def test_a_decision_nobody_was_told_of_gets_its_letter_in_one_act(carla_in, world, expression):
    decision = lettering.untold(world, expression)
    listed = str(decision) in carla_in.get(at("letters_decisions")).text

    answer = carla_in.post(at("write_decision", decision.code))

    letter = Letter.objects.get(decision=decision)
    assert (listed, answer.url) == (True, at("letter", letter.code))
    assert carla_in.post(at("write_decision", decision.code)).status_code == 404


def test_the_start_is_told_from_its_list(carla_in, expression):
    listed = at("write_letter", expression.code, START) in carla_in.get(at("letters_starts")).text

    answer = carla_in.post(at("write_letter", expression.code, START), {"text": ""})

    assert (listed, answer.status_code) == (True, 302)
    assert at("write_letter", expression.code, START) not in carla_in.get(at("letters_starts")).text


@pytest.mark.parametrize("name", ["letters", "letters_starts"])
def test_lists_cost_the_same_with_one_row_and_with_three(carla_in, world, name):
    def rows(count: int) -> int:
        for each in Expression.objects.filter(call=world.call).order_by("pk")[:count]:
            lettering.written(world, each)
        return cost(carla_in, at(name))

    assert rows(1) == rows(3)


def test_the_document_is_saved_and_never_run(carla_in, letter):
    answer = carla_in.get(at("letter_file", letter.code))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.code}.pdf"'


def test_another_office_finds_no_letter(sara_in, letter):
    pages = [at("letter", letter.code), at("letter_file", letter.code), at("letter_picture", letter.code, 1)]

    assert {sara_in.get(page).status_code for page in pages} == {404}
