"""A message becomes an expression, or one more version of it; nothing is overwritten, no place is lost."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.conftest import NOON
from tests.employers.making import HOUSE, Paper, Sent, company, finding, letter, modulo, rome, states
from tragitto.agenda.models import Deadline
from tragitto.employers import actions, queries
from tragitto.employers.models import Employer, Expression, Finding, Judgement, Version
from tragitto.employers.reading import Enterprise
from tragitto.employers.vocabulary import InstantKind, State, Verdict
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.ledger.models import Entry
from tragitto.records.vocabulary import Kind
from tragitto.records.vocabulary import Verdict as MailVerdict
from tragitto.schemes.models import Amendment
from tragitto.schemes.vocabulary import FormRole, Phase

pytestmark = pytest.mark.django_db

ALL_BUT_SIGNATURE = {
    "in_time": "met",
    "enterprise_not_private_person": "met",
    "constituted_and_active": "met",
    "unit_in_region": "met",
    "profiles_within": "met",
    "signed_by_the_right_person": "unknown",
    "delegation_complete": "met",
    "forms_complete": "met",
    "sector_hint": "met",
}


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def test_bruno_files_and_only_his_signature_is_left_to_a_person(file):
    expression = file()

    assert states(expression) == ALL_BUT_SIGNATURE


@pytest.mark.parametrize("region", ["lombardia", "veneto", "emilia-romagna"])
def test_each_of_the_three_calls_takes_a_filing(calls, file, region):
    call = calls[region]
    closes = call.windows.order_by("number").first().closes_at
    at = closes - timedelta(seconds=1)

    expression = file(modulo(call, active_since="01/01/2011"), call=call, sent=Sent(at=at))

    assert states(expression)["in_time"] == State.MET
    assert states(expression)["unit_in_region"] == State.MET


def test_one_second_late_is_late_and_says_so(file, lombardia):
    closes = lombardia.windows.get().closes_at

    expression = file(sent=Sent(at=closes))

    late = finding(expression, "in_time")
    assert (late.state, late.explanation) == (State.UNMET, "filed_too_late")


def test_the_second_window_takes_what_the_first_one_missed(file, veneto):
    first, second = veneto.windows.order_by("number")

    expression = file(modulo(veneto), call=veneto, sent=Sent(at=second.closes_at - timedelta(seconds=1)))

    assert finding(expression, "in_time").parameters["window"] == second.number
    assert first.closes_at < second.closes_at


def test_a_delegate_without_delegation_is_told_so(file):
    expression = file(signatory_role="delegate")

    assert finding(expression, "delegation_complete").explanation == "form_missing"


def test_a_delegate_with_delegation_and_copy_leaves_the_copy_to_a_person(file, lombardia):
    papers = [modulo(lombardia, signatory_role="delegate"), modulo(lombardia, FormRole.DELEGATION)]

    expression = file(*papers, Paper("carta.pdf"))

    assert finding(expression, "delegation_complete").explanation == "identity_copy_not_read"


def test_a_form_without_its_hidden_name_is_known_by_its_fields(file, lombardia):
    expression = file(modulo(lombardia, named=False))

    assert states(expression) == ALL_BUT_SIGNATURE


def test_the_house_opens_the_review_and_its_term_runs_from_the_filing(file, lombardia):
    expression = file(sent=Sent(at=rome(2025, 7, 2, 0, 30)))

    deadline = Deadline.objects.get(subject=expression.case.code)
    assert expression.case.stage.phase == Phase.REVIEWING
    assert (deadline.starts_on, deadline.due_on) == (rome(2025, 7, 2).date(), rome(2025, 8, 1).date())
    assert [row.split("@")[0] for row in deadline.law_rows] == [lombardia.review_term]
    assert deadline.reasons[0]["citation"]


def test_the_same_message_again_changes_nothing(lombardia):
    message = letter(lombardia, modulo(lombardia))
    first = actions.receive(message=message, call=lombardia, actor=HOUSE, at=NOON)

    again = actions.receive(message=message, call=lombardia, actor=HOUSE, at=NOON)

    assert (again.version, again.is_new) == (first.version, False)
    assert Version.objects.count() == 1


def test_a_message_is_not_a_filing_under_two_calls(lombardia, veneto):
    message = letter(lombardia, modulo(lombardia))
    actions.receive(message=message, call=lombardia, actor=HOUSE, at=NOON)

    with pytest.raises(Stale) as refusal:
        actions.receive(message=message, call=veneto, actor=HOUSE, at=NOON)

    assert codes(refusal) == ["filed_elsewhere"]


@pytest.mark.parametrize(
    "sent",
    [
        Sent(kind=Kind.ACCETTAZIONE),
        Sent(kind=Kind.AVVENUTA_CONSEGNA),
        Sent(verdict=MailVerdict.ALTERED),
        Sent(verdict=MailVerdict.UNREADABLE),
    ],
    ids=["receipt", "delivery", "altered", "unreadable"],
)
def test_what_is_no_submission_never_becomes_one(lombardia, carla, sent):
    message = letter(lombardia, modulo(lombardia), sent=sent)

    with pytest.raises(Blocked) as refusal:
        actions.receive(message=message, call=lombardia, actor=carla, at=NOON)

    assert codes(refusal) == ["not_a_filing"]


def test_an_ordinary_message_placed_by_a_person_proves_no_time(lombardia, carla):
    sent = Sent(verdict=MailVerdict.UNCERTIFIED, kind=Kind.ORDINARIA)
    message = letter(lombardia, modulo(lombardia), sent=sent)

    filed = actions.receive(message=message, call=lombardia, actor=carla, at=NOON)

    assert (filed.version.instant, filed.version.instant_kind) == (None, InstantKind.NONE)
    assert states(filed.expression)["in_time"] == State.UNKNOWN


def test_a_call_that_is_not_published_takes_no_filing(lombardia, carla):
    message = letter(lombardia, modulo(lombardia))
    lombardia.published_at = None

    with pytest.raises(Blocked) as refusal:
        actions.receive(message=message, call=lombardia, actor=carla, at=NOON)

    assert codes(refusal) == ["call_not_published"]


def test_nobody_files_without_a_name(lombardia, carla):
    message = letter(lombardia, Paper("scansione.pdf"))

    with pytest.raises(Blocked) as refusal:
        actions.receive(message=message, call=lombardia, actor=carla, at=NOON)

    assert codes(refusal) == ["enterprise_unknown"]


def test_a_scan_placed_by_a_person_is_unknown_everywhere_and_unmet_nowhere(lombardia, carla):
    message = letter(lombardia, Paper("scansione.pdf"))
    who = Enterprise(company(7), "Officine Sette")

    filed = actions.receive(message=message, call=lombardia, enterprise=who, actor=carla, at=NOON)

    found = states(filed.expression)
    assert found.pop("in_time") == State.MET
    assert set(found.values()) == {State.UNKNOWN}
    assert filed.version.is_complete is None


# --- versions and the place --------------------------------------------------------------------------------


def test_a_second_message_is_a_second_version_of_the_same_expression(file):
    first = file(sent=Sent(at=rome(2025, 7, 1, 9)))
    second = file(sent=Sent(at=rome(2025, 7, 2, 9)), profile_workers_1="5")

    assert first == second
    second.refresh_from_db()
    assert (second.placed.number, second.current.number) == (1, 2)
    assert [version.number for version in second.versions.order_by("number")] == [1, 2]


def test_the_first_complete_version_keeps_the_place(file):
    file(sent=Sent(at=rome(2025, 7, 1, 9)), seat_address=None)

    expression = file(sent=Sent(at=rome(2025, 7, 2, 9)))

    expression.refresh_from_db()
    assert expression.placed.number == 2
    assert expression.place_instant == rome(2025, 7, 2, 9)


def test_a_reviewer_who_finds_the_first_complete_gives_it_the_place_back(file, dario):
    expression = file(sent=Sent(at=rome(2025, 7, 1, 9)), seat_address=None)
    first = finding(expression, "forms_complete")
    file(sent=Sent(at=rome(2025, 7, 2, 9)))

    actions.judge(
        finding=first, verdict=Verdict.OVERRULED, state=State.MET, ground="On page 2.", actor=dario, at=NOON
    )

    expression.refresh_from_db()
    assert expression.place_instant == rome(2025, 7, 1, 9)


def test_a_late_supplement_leaves_place_and_review_alone(file, lombardia):
    closes = lombardia.windows.get().closes_at
    file(sent=Sent(at=rome(2025, 7, 1, 9)))

    expression = file(sent=Sent(at=closes))

    expression.refresh_from_db()
    assert (expression.placed.number, expression.current.number, expression.versions.count()) == (1, 1, 2)


def test_after_the_decision_a_further_message_changes_neither_place_nor_review(file, carla):
    expression = file(sent=Sent(at=rome(2025, 7, 1, 9)), seat_address=None)
    actions.withdraw(expression=expression, reason="Asked for.", actor=carla, at=NOON)

    file(sent=Sent(at=rome(2025, 7, 2, 9)))

    expression.refresh_from_db()
    assert (expression.placed.number, expression.current.number, expression.versions.count()) == (1, 1, 2)


def test_any_order_of_reading_gives_the_same_queue(calls, lombardia, carla):
    """Two employers, one with a supplement, two at the very same second."""
    filings = [
        (1, rome(2025, 7, 1, 9), "b"),
        (2, rome(2025, 7, 1, 9), "a"),
        (1, rome(2025, 7, 1, 8, 59, 59), "c"),
    ]
    seen = set()
    for order in permutations(filings):
        point = transaction.savepoint_create()
        for number, at, name in order:
            papers = modulo(lombardia, enterprise_codice_fiscale=company(number), partita_iva=company(number))
            message = letter(lombardia, papers, sent=Sent(at=at, identifier=name))
            actions.receive(message=message, call=lombardia, actor=HOUSE, at=NOON)
        rows = queries.queue(actor=carla, call=lombardia)
        seen.add(tuple((row.expression.employer.codice_fiscale, row.key_identifier) for row in rows))
        transaction.savepoint_rollback(point)

    assert seen == {((company(1), "c"), (company(2), "a"))}


# --- mail read in another order than sent ------------------------------------------------------------------


def terms(expression):
    kept = Deadline.objects.filter(subject=expression.case.code).order_by("pk")
    return [(deadline.starts_on.isoformat(), deadline.is_met) for deadline in kept]


def test_the_term_runs_from_the_message_filed_first_not_the_one_read_first(file):
    expression = file(sent=Sent(at=rome(2025, 7, 20, 9)))

    file(sent=Sent(at=rome(2025, 7, 1, 9)))

    expression.case.refresh_from_db()
    assert expression.case.filed_at == rome(2025, 7, 1, 9)
    assert terms(expression) == [("2025-07-20", True), ("2025-07-01", False)]


def test_the_ledger_tells_why_the_deadline_was_replaced(file):
    file(sent=Sent(at=rome(2025, 7, 20, 9)))

    file(sent=Sent(at=rome(2025, 7, 1, 9)))

    assert Entry.objects.get(verb="deadline.replaced").facts["why"] == "filed_earlier"
    assert Entry.objects.filter(verb="case.filed_earlier").count() == 1


def test_a_later_message_leaves_the_term_alone(file):
    expression = file(sent=Sent(at=rome(2025, 7, 1, 9)))

    file(sent=Sent(at=rome(2025, 7, 20, 9)))

    assert terms(expression) == [("2025-07-01", False)]


def test_an_earlier_message_changes_no_term_of_a_closed_case(file, carla):
    expression = file(sent=Sent(at=rome(2025, 7, 20, 9)))
    actions.withdraw(expression=expression, reason="Asked for.", actor=carla, at=rome(2025, 7, 21))

    file(sent=Sent(at=rome(2025, 7, 1, 9)))

    expression.case.refresh_from_db()
    assert expression.case.filed_at == rome(2025, 7, 20, 9)


# --- evaluating again, judging -----------------------------------------------------------------------------


def test_evaluating_again_writes_nothing_new_when_nothing_is(file, carla):
    expression = file()
    expression.refresh_from_db()

    version = actions.evaluate(version=expression.current, actor=carla, at=NOON)

    assert version.run == 1
    assert Finding.objects.filter(version=version).count() == len(ALL_BUT_SIGNATURE)


def test_a_closed_case_is_not_evaluated_again(file, carla):
    expression = file()
    actions.withdraw(expression=expression, reason="Asked for.", actor=carla, at=NOON)
    expression.refresh_from_db()

    with pytest.raises(Blocked) as refusal:
        actions.evaluate(version=expression.current, actor=carla, at=NOON)

    assert codes(refusal) == ["case_closed"]


def test_an_extension_makes_a_late_filing_timely_in_a_new_run(file, lombardia, carla):
    closes = lombardia.windows.get().closes_at
    expression = file(sent=Sent(at=closes))
    expression.refresh_from_db()
    Amendment.objects.create(
        call=lombardia,
        number=1,
        kind="extension",
        act="Determinazione 200/2025",
        reason="More time.",
        window_number=1,
        closes_at=closes + timedelta(days=7),
        made_at=NOON,
        made_by="U-P",
    )

    version = actions.evaluate(version=expression.current, actor=carla, at=NOON)

    assert version.run == 2
    assert len(queries.judgeable(version)) == len(ALL_BUT_SIGNATURE)
    assert states(expression)["in_time"] == State.MET


def test_a_finding_of_an_earlier_run_can_no_longer_be_judged(file, dario):
    expression = file()
    old = finding(expression, "in_time")
    Version.objects.filter(pk=old.version_id).update(run=2)

    with pytest.raises(Stale) as refusal:
        actions.judge(finding=old, verdict=Verdict.CONFIRMED, actor=dario, at=NOON)

    assert codes(refusal) == ["judged_anew"]


@pytest.mark.parametrize(
    ("judge", "verdict", "state", "ground", "why"),
    [
        ("unit_in_region", Verdict.OVERRULED, State.UNMET, "", ["ground_needed"]),
        ("unit_in_region", Verdict.OVERRULED, State.MET, "Because.", ["needs_another_state"]),
        ("unit_in_region", Verdict.OVERRULED, State.UNKNOWN, "Because.", ["needs_another_state"]),
        ("unit_in_region", Verdict.CONFIRMED, State.UNMET, "", ["confirmed_as_it_is"]),
        ("signed_by_the_right_person", Verdict.CONFIRMED, None, "", ["unknown_needs_an_answer"]),
    ],
)
def test_a_judgement_must_make_sense(file, dario, judge, verdict, state, ground, why):
    found = finding(file(), judge)

    with pytest.raises(Blocked) as refusal:
        actions.judge(finding=found, verdict=verdict, state=state, ground=ground, actor=dario, at=NOON)

    assert codes(refusal) == why


def test_a_mere_warning_may_stay_unknown(file, dario):
    expression = file(ateco=None)
    hint = finding(expression, "sector_hint")

    actions.judge(finding=hint, verdict=Verdict.CONFIRMED, actor=dario, at=NOON)

    assert hint.code not in [view.code for view in queries.unsettled(hint.version)]


def test_the_latest_judgement_holds(file, dario):
    expression = file()
    unit = finding(expression, "unit_in_region")
    actions.judge(
        finding=unit, verdict=Verdict.OVERRULED, state=State.UNMET, ground="Closed.", actor=dario, at=NOON
    )

    actions.judge(finding=unit, verdict=Verdict.CONFIRMED, actor=dario, at=NOON)

    assert states(expression)["unit_in_region"] == State.MET
    assert Judgement.objects.filter(finding=unit).count() == 2


# --- what must never be false ------------------------------------------------------------------------------


def test_a_version_is_never_overwritten(file):
    file()

    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        Version.objects.update(facts={})


def test_a_finding_and_a_judgement_only_grow(file):
    file()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Finding.objects.update(state=State.MET)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Judgement.objects.all().delete()


def test_an_expression_reviews_no_version_of_another(file, lombardia):
    mine = file()
    other = file(enterprise_codice_fiscale=company(3), partita_iva=company(3))
    other.refresh_from_db()
    Expression.objects.filter(pk=mine.pk).update(current=other.current)

    with (
        pytest.raises(IntegrityError, match="expression_reviews_its_own_version"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_overruling_without_a_ground_cannot_be_written(file):
    unit = finding(file(), "unit_in_region")

    with pytest.raises(IntegrityError, match="judgement_overruled_with_a_ground"), transaction.atomic():
        Judgement.objects.create(
            finding=unit, number=1, verdict="overruled", state="unmet", reviewer="U", judged_at=NOON
        )


def test_a_codice_fiscale_has_its_form(db):
    with pytest.raises(IntegrityError, match="employer_codice_fiscale_has_its_form"), transaction.atomic():
        Employer.objects.create(code="B-1", codice_fiscale="abc", name="?", known_since=NOON)
