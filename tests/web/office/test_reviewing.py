"""Reviewing an expression: judging findings, deciding with four eyes, steps, what is refused and why."""

import pytest
from django.urls import reverse

from tests.web.office import lettering
from tests.web.office.world import actor, settle
from tragitto.employers import queries
from tragitto.employers.models import Expression, Judgement
from tragitto.employers.vocabulary import State, Verdict


@pytest.fixture
def announced(world, expression, settings, tmp_path) -> Expression:
    """The first in the queue, of whose refusal a notice was sent: it may be taken back, with a reason."""
    settings.DOCUMENTS = str(tmp_path)
    lettering.announced(world, expression)
    expression.refresh_from_db()
    return expression


def address(name: str, expression: Expression, *more: str) -> str:
    return reverse(f"office:{name}", args=[expression.code, *more])


def findings(expression: Expression) -> list[queries.FindingView]:
    return queries.views([expression.current_id])[expression.current_id]


def first(expression: Expression, state: State) -> queries.FindingView:
    return next(view for view in findings(expression) if view.finding.state == state)


def judge(client, expression: Expression, view: queries.FindingView, answer: str, ground: str = ""):
    data = {f"{view.code}-answer": answer, f"{view.code}-ground": ground}
    return client.post(address("judge", expression, view.code), data)


def settle_all(client, expression: Expression) -> None:
    """Every finding answered in the employer's favour."""
    settle(expression, actor=actor_of(client))


def decide(
    client, expression: Expression, act: str, outcome: str = "admitted", reasons: str = "All is there."
):
    return client.post(address("decide", expression), {"outcome": outcome, "reasons": reasons, act: "yes"})


def test_the_page_shows_the_key_and_every_finding(dario_in, expression):
    page = dario_in.get(address("expression", expression)).text

    assert expression.place_identifier in page
    assert [view.code for view in findings(expression) if f'id="{view.code}"' not in page] == []


def test_an_unread_field_is_named_in_the_forms_own_words(dario_in, expression):
    page = dario_in.get(address("expression", expression)).text

    assert "signatory_role" not in page
    assert "Signs as" in page


def test_a_reviewer_settles_what_the_house_could_not_read(dario_in, dario_himself, expression):
    view = first(expression, State.UNKNOWN)

    answer = judge(dario_in, expression, view, "met", "Seen on paper.")

    assert answer.url == address("expression", expression) + f"#{view.code}"
    judgement = Judgement.objects.get(finding=view.finding)
    assert (judgement.state, judgement.ground, judgement.reviewer) == (
        State.MET, "Seen on paper.", dario_himself.code,
    )  # fmt: skip


def test_overruling_without_a_ground_is_refused_and_keeps_the_answer(dario_in, expression):
    view = first(expression, State.MET)

    page = judge(dario_in, expression, view, "unmet")

    assert page.status_code == 422
    assert "Please give the ground: it becomes part of the file." in page.text
    assert f'name="{view.code}-answer" value="unmet"' in page.text.replace(' id="', ' data-id="').replace(
        "checked", ""
    )
    assert not Judgement.objects.filter(finding=view.finding).exists()


def test_a_judgement_without_an_answer_is_refused(dario_in, expression):
    view = first(expression, State.MET)

    page = judge(dario_in, expression, view, "", "A ground, typed for nothing.")

    assert page.status_code == 422
    assert "A ground, typed for nothing." in page.text


def test_what_is_unknown_cannot_be_confirmed(dario_in, expression):
    view = first(expression, State.UNKNOWN)

    assert judge(dario_in, expression, view, "confirmed").status_code == 422


def test_all_that_is_met_is_confirmed_at_once(dario_in, expression):
    met = [view for view in findings(expression) if view.finding.state == State.MET]

    dario_in.post(address("confirm_met", expression))

    confirmed = Judgement.objects.filter(finding__version=expression.current, verdict=Verdict.CONFIRMED)
    assert confirmed.count() == len(met)


def test_an_officer_judges_nothing(carla_in, expression):
    assert judge(carla_in, expression, first(expression, State.MET), "confirmed").status_code == 403


def test_an_officer_sees_no_form_to_judge(carla_in, expression):
    assert "Record the judgement" not in carla_in.get(address("expression", expression)).text


def test_nothing_is_admitted_while_findings_are_open(dario_in, rita_in, expression):
    decide(dario_in, expression, "propose")

    page = decide(rita_in, expression, "decide", reasons="Typed with care.")

    assert page.status_code == 422
    assert "Typed with care." in page.text
    expression.case.refresh_from_db()
    assert not expression.case.is_closed


def test_a_decision_without_reasons_is_refused(dario_in, expression):
    page = decide(dario_in, expression, "propose", reasons="")

    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_four_eyes_want_a_proposal_first(dario_in, expression):
    settle_all(dario_in, expression)

    page = decide(dario_in, expression, "decide")

    assert page.status_code == 422
    assert "This call wants two people" in page.text


def test_nobody_confirms_what_they_proposed(dario_in, expression):
    settle_all(dario_in, expression)
    decide(dario_in, expression, "propose")

    page = decide(dario_in, expression, "decide")

    assert page.status_code == 403
    assert "You proposed this yourself" in page.text


def test_two_reviewers_admit_and_the_decision_bears_its_reasons(dario_in, rita_in, expression):
    settle_all(dario_in, expression)
    assert decide(dario_in, expression, "propose").status_code == 302

    assert decide(rita_in, expression, "decide", reasons="All is there.\nSeen by two.").status_code == 302

    expression.case.refresh_from_db()
    assert expression.case.outcome == "admitted"
    page = rita_in.get(address("expression", expression)).text
    assert "Seen by two." in page
    assert (
        expression.employer.name in rita_in.get(reverse("office:admitted", args=[expression.call.code])).text
    )


def test_a_changed_finding_undoes_a_proposal(dario_in, rita_in, expression):
    settle_all(dario_in, expression)
    decide(dario_in, expression, "propose")
    judge(dario_in, expression, first(expression, State.UNKNOWN), "met", "Another ground.")

    page = decide(rita_in, expression, "decide")

    assert page.status_code == 422
    assert "have changed since this was proposed" in page.text


def test_a_step_that_needs_a_reason_says_so(dario_in, announced):
    expression = announced
    exits = queries.expression_page(
        actor=actor_of(dario_in), code=expression.code, on=expression.place_instant.date()
    ).exits
    step = next(way for way in exits if way.is_open and way.needs_reason and not way.step.target.outcome)

    page = dario_in.post(address("take_step", expression), {"step": step.code, "reason": ""})

    assert page.status_code == 422
    assert "Please give the reason" in page.text


def test_a_step_moves_the_case_and_stands_in_its_history(dario_in, announced):
    expression = announced
    exits = queries.expression_page(
        actor=actor_of(dario_in), code=expression.code, on=expression.place_instant.date()
    ).exits
    step = next(way for way in exits if way.is_open and not way.step.target.outcome)

    dario_in.post(address("take_step", expression), {"step": step.code, "reason": "The unit is in Brescia."})

    assert "The unit is in Brescia." in dario_in.get(address("expression", expression)).text


def withdraw(client, expression: Expression, message: str = "", reason: str = "They close the plant."):
    known = expression.current.message.code
    return client.post(address("withdraw", expression), {"message": message or known, "reason": reason})


def test_a_withdrawal_ends_the_expression_and_names_its_message(dario_in, expression):
    assert withdraw(dario_in, expression).status_code == 302

    expression.case.refresh_from_db()
    assert expression.case.outcome == "withdrawn"
    reason = expression.case.moves.get(step__target__outcome="withdrawn").reason
    assert reason == f"They close the plant.\n{expression.current.message.code}"


@pytest.mark.parametrize(("message", "reason"), [("M-NOTHERE", "They close."), ("", " ")])
def test_a_withdrawal_wants_a_known_message_and_a_reason(dario_in, expression, message, reason):
    page = withdraw(dario_in, expression, message, reason)

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    expression.case.refresh_from_db()
    assert not expression.case.is_closed


def test_a_withdrawal_is_no_decision(dario_in, expression):
    page = decide(dario_in, expression, "decide", outcome="withdrawn", reasons="Typed with care.")

    assert page.status_code == 422
    assert "Typed with care." in page.text
    assert 'value="withdrawn"' not in page.text


def test_what_another_proposed_is_confirmed_with_one_button(dario_in, rita_in, expression):
    settle_all(dario_in, expression)
    decide(dario_in, expression, "propose", reasons="All is there.\nSeen on paper.")
    decide(dario_in, expression, "propose", reasons="All is there.\nSeen on paper.")
    proposal = expression.case.proposals.order_by("-pk")[0]

    shown = rita_in.get(address("expression", expression)).text
    assert shown.count(f'name="confirm" value="{proposal.code}"') == shown.count('name="confirm"') == 1
    assert rita_in.post(address("decide", expression), {"confirm": proposal.code}).status_code == 302

    decision = expression.case.decisions.get()
    assert (decision.outcome, decision.reasons) == ("admitted", ["All is there.", "Seen on paper."])


def test_nobody_finds_a_button_for_what_they_proposed(dario_in, expression):
    settle_all(dario_in, expression)
    decide(dario_in, expression, "propose")
    proposal = expression.case.proposals.get()

    assert 'name="confirm"' not in dario_in.get(address("expression", expression)).text
    page = dario_in.post(address("decide", expression), {"confirm": proposal.code})

    assert page.status_code == 403
    assert "You proposed this yourself" in page.text


def test_a_proposal_of_nobody_is_not_found(dario_in, expression):
    assert dario_in.post(address("decide", expression), {"confirm": "P-NOTHERE"}).status_code == 404


def test_when_all_is_settled_the_page_says_what_now(dario_in, expression):
    says = "All findings are settled: propose or decide."
    assert says not in dario_in.get(address("expression", expression)).text

    settle_all(dario_in, expression)

    assert says in dario_in.get(address("expression", expression)).text


def test_judging_a_closed_case_is_refused_in_words_and_keeps_the_ground(dario_in, expression):
    withdraw(dario_in, expression)

    page = judge(dario_in, expression, first(expression, State.UNKNOWN), "met", "Typed with care.")

    assert page.status_code == 422
    assert "This case is closed." in page.text
    assert "Typed with care." in page.text


def test_a_ground_that_is_too_long_is_refused_whole(dario_in, expression):
    view = first(expression, State.UNKNOWN)

    page = judge(dario_in, expression, view, "met", "x" * 4001)

    assert page.status_code == 422
    assert "it has 4001 characters, 4000 are allowed" in page.text
    assert "x" * 4001 in page.text
    assert not Judgement.objects.filter(finding=view.finding).exists()


def test_a_step_says_for_which_steps_it_asks_a_reason(dario_in, announced):
    expression = announced
    page = dario_in.get(address("expression", expression))

    field = page.context["stepping"]
    asking = [way for way in exits_of(dario_in, expression) if way.is_open and way.needs_reason]
    named = [way.label["en"] for way in asking if not way.step.target.outcome]
    assert named
    assert [name for name in named if name not in field["reason"].help_text] == []
    assert "(optional)" not in str(field)


def test_a_correction_is_proposed_by_one_and_confirmed_by_another(dario_in, rita_in, expression):
    withdraw(dario_in, expression)
    (step,) = [way for way in exits_of(dario_in, expression) if way.step.kind == "correction"]
    data = {"correction-step": step.code, "correction-reason": "The letter was another firm's."}
    dario_in.post(address("correct", expression), data)
    (proposal,) = expression.case.proposals.all()

    confirm = {"confirm": proposal.code, f"{proposal.code}-proposal": proposal.code}
    assert dario_in.post(address("correct", expression), confirm).status_code == 403
    assert rita_in.post(address("correct", expression), confirm).status_code == 302

    expression.case.refresh_from_db()
    assert not expression.case.is_closed


def test_a_correction_without_a_reason_is_refused(dario_in, expression):
    withdraw(dario_in, expression)
    (step,) = [way for way in exits_of(dario_in, expression) if way.step.kind == "correction"]

    page = dario_in.post(address("correct", expression), {"correction-step": step.code})

    assert page.status_code == 422


def exits_of(client, expression: Expression):
    day = expression.place_instant.date()
    return queries.expression_page(actor=actor_of(client), code=expression.code, on=day).exits


def actor_of(client):
    """The actor behind a signed-in client."""
    from tragitto.accounts.models import User

    return actor(User.objects.get(pk=client.session["_auth_user_id"]))


@pytest.mark.parametrize("show", ["", "to_review", "admitted", "refused", "late", "nonsense"])
def test_the_queue_is_narrowed_and_keeps_the_numbers(dario_in, world, expression, show):
    page = dario_in.get(reverse("office:call_queue", args=[world.call.code]), {"show": show})

    assert page.status_code == 200
    assert (expression.code in page.text) is (show in ("", "to_review", "nonsense"))


def test_the_queue_follows_the_certified_instants_not_the_arrival(dario_in, world):
    rows = dario_in.get(reverse("office:call_queue", args=[world.call.code])).context["page"].object_list

    keys = [(row.key_instant, row.key_identifier) for row in rows]
    registered = [row.expression.placed.message.entry.number for row in rows]
    assert keys == sorted(keys)
    assert registered != sorted(registered)


def test_the_number_of_a_filing_stands_in_the_offices_own_register(dario_in, expression):
    page = dario_in.get(reverse("office:expression", args=[expression.code]))

    entry = expression.current.message.entry
    assert f'?number={entry.number}"' in page.text
