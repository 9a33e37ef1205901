"""Late filings: refused with the proof, or admitted by two people as a named exception; warnings."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.signing_in import make_person
from tests.conftest import NOON
from tests.employers.making import Sent, finding, modulo, states
from tragitto.cases import actions as cases
from tragitto.employers import actions
from tragitto.employers.actions import warning
from tragitto.employers.models import DraftWarning, Expression, FilingDraft, LateAdmission
from tragitto.employers.rules.warning import Warned, due_warning
from tragitto.employers.vocabulary import State, Verdict, WarningKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Call, Region
from tragitto.schemes.queries import filing_of, openings
from tragitto.schemes.rules import Opening

HOUSE = Actor.system("task")
SECOND = timedelta(seconds=1)


def closing(call: Call) -> datetime:
    return max(window.closes_at for window in openings(call))


@pytest.fixture
def late(file, lombardia) -> Expression:
    """Bruno came one second too late."""
    return file(modulo(lombardia), sent=Sent(at=closing(lombardia)))


@pytest.fixture
def rita(dario) -> Actor:
    """Rita, another reviewer of the same office."""
    return Actor("U-EVA", dario.organisation, dario.roles, dario.door)


def propose(late: Expression, actor: Actor, **changes: str) -> LateAdmission:
    exception = filing_of(late.call).exceptions[0].code
    said = {"exception": exception, "reason": "The provider attests it.", **changes}
    return actions.propose_late_admission(version=late.current, **said, actor=actor, at=NOON)


def decide(admission: LateAdmission, actor: Actor, *, is_admitted: bool = True, ground: str = "Attested."):
    return actions.decide_late_admission(
        admission=admission, is_admitted=is_admitted, ground=ground, actor=actor, at=NOON
    )


def abstain(late: Expression, actor: Actor) -> None:
    cases.state_conflict(case=late.case, has_conflict=True, ground="Cousins.", actor=actor, at=NOON)


def codes(refusal: pytest.ExceptionInfo) -> list[str]:
    return [each.code for each in refusal.value.findings]


@pytest.mark.django_db
class TestLate:
    """What comes a second too late, and what two people may do about it."""

    def test_one_second_too_late_is_late(self, late):
        assert states(late)["in_time"] == State.UNMET

    def test_two_people_admit_it_and_the_ground_stands_in_the_file(self, late, carla, dario):
        decide(propose(late, carla), dario)

        assert states(late)["in_time"] == State.MET
        judged = finding(late, "in_time").judgements.get()
        assert (judged.verdict, judged.reviewer) == (Verdict.OVERRULED, dario.code)
        assert judged.ground == "The provider attests it.\nAttested."

    def test_the_place_stays_by_the_instant_that_counts(self, late, carla, dario):
        decide(propose(late, carla), dario)

        late.refresh_from_db()
        assert late.place_instant == closing(late.call)

    def test_a_late_supplement_admitted_is_reviewed(self, file, lombardia, carla, dario):
        expression = file(modulo(lombardia), sent=Sent(at=closing(lombardia) - timedelta(days=1)))
        first = expression.current
        file(modulo(lombardia, enterprise_name="Bruno"), sent=Sent(at=closing(lombardia)))
        expression.refresh_from_db()
        assert expression.current == first

        version = expression.versions.last()
        code = filing_of(lombardia).exceptions[0].code
        admission = actions.propose_late_admission(
            version=version, exception=code, reason="Attested.", actor=carla, at=NOON
        )
        decide(admission, dario)

        expression.refresh_from_db()
        assert expression.current == version

    def test_looking_again_leaves_admitted_what_two_people_admitted(self, late, carla, dario):
        decide(propose(late, carla), dario)
        before = finding(late, "in_time")

        actions.evaluate(version=late.current, actor=dario, at=NOON)

        assert (finding(late, "in_time"), states(late)["in_time"]) == (before, State.MET)

    def test_a_new_run_says_itself_that_two_people_admitted_it(self, late, carla, dario):
        decide(propose(late, carla), dario)
        Region.objects.update(provinces=["XX"])

        assert actions.evaluate(version=late.current, actor=dario, at=NOON).run == 2

        found = finding(late, "in_time")
        assert (found.state, found.explanation) == (State.MET, "admitted_late")
        assert found.parameters["ground"] == "The provider attests it.\nAttested."
        assert actions.evaluate(version=late.current, actor=dario, at=NOON).run == 2

    def test_a_late_supplement_admitted_stays_under_review_after_looking_again(
        self, file, lombardia, carla, dario
    ):
        expression = file(modulo(lombardia), sent=Sent(at=closing(lombardia) - timedelta(days=1)))
        file(modulo(lombardia, enterprise_name="Bruno"), sent=Sent(at=closing(lombardia)))
        version = expression.versions.last()
        code = filing_of(lombardia).exceptions[0].code
        admission = actions.propose_late_admission(
            version=version, exception=code, reason="Attested.", actor=carla, at=NOON
        )
        decide(admission, dario)
        Region.objects.update(provinces=["XX"])

        assert actions.evaluate_all(expression=expression, actor=dario, at=NOON) == 2

        expression.refresh_from_db()
        assert expression.current == version

    @pytest.mark.parametrize("who", ["proposing", "deciding"])
    def test_whoever_has_a_conflict_of_interest_abstains(self, late, carla, dario, rita, who):
        admission = None if who == "proposing" else propose(late, carla)
        actor = carla if who == "proposing" else dario
        abstain(late, actor)

        with pytest.raises(NotAllowed) as refusal:
            decide(admission, actor) if admission else propose(late, actor)

        assert codes(refusal) == ["conflict_of_interest"]

    def test_nobody_begins_without_a_statement(self, late, dario):
        unsaid = Actor("U-NEW", dario.organisation, dario.roles, dario.door)

        with pytest.raises(Blocked) as refusal:
            propose(late, unsaid)

        assert codes(refusal) == ["conflict_not_stated"]

    def test_a_proposal_of_somebody_who_abstains_since_is_taken_over(self, late, carla, dario, rita):
        admission = propose(late, carla)
        abstain(late, carla)

        with pytest.raises(Blocked) as refusal:
            decide(admission, dario)
        assert codes(refusal) == ["proposer_abstains"]

        again = propose(late, rita)
        assert (again.pk, decide(again, dario).proposed_by) == (admission.pk, rita.code)

    @pytest.mark.parametrize("who", ["proposed_by", "decided_by"])
    def test_the_database_knows_that_they_abstain(self, late, carla, who):
        abstain(late, carla)
        told = {"version": late.current, "exception": "x", "reason": "x", "proposed_by": "U-X", "ground": "x"}
        decided = {"is_admitted": True, "decided_at": NOON, "decided_by": "U-Y", "proposed_at": NOON}

        with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
            LateAdmission.objects.create(**{**told, **decided, who: carla.code})

    def test_the_database_lets_nobody_rewrite_a_proposal(self, late, carla):
        admission = propose(late, carla)

        with pytest.raises(IntegrityError, match="decided upon once"), transaction.atomic():
            LateAdmission.objects.filter(pk=admission.pk).update(proposed_by="U-X")

    def test_the_second_person_may_say_no(self, late, carla, dario):
        decide(propose(late, carla), dario, is_admitted=False)

        assert states(late)["in_time"] == State.UNMET

    def test_nobody_decides_what_they_proposed(self, late, dario):
        with pytest.raises(NotAllowed) as refusal:
            decide(propose(late, dario), dario)

        assert codes(refusal) == ["same_person"]

    def test_it_is_decided_once(self, late, carla, dario, rita):
        admission = propose(late, carla)
        decide(admission, dario, is_admitted=False)

        with pytest.raises(Stale):
            decide(admission, rita)
        with pytest.raises(Blocked) as refusal:
            propose(late, rita)
        assert codes(refusal) == ["proposed_before"]

    @pytest.mark.parametrize(
        ("changes", "why"),
        [({"exception": "goodwill"}, "exception_unknown"), ({"reason": " "}, "reason_needed")],
    )
    def test_it_needs_an_exception_of_the_call_and_a_reason(self, late, carla, changes, why):
        with pytest.raises(Blocked) as refusal:
            propose(late, carla, **changes)

        assert codes(refusal) == [why]

    def test_where_the_call_names_none_there_is_none(self, late, carla, monkeypatch):
        code = filing_of(late.call).exceptions[0].code
        version = late.versions.get()
        refused = property(lambda call: {"late": "refused"}, lambda call, value: None)
        monkeypatch.setattr(Call, "filing", refused)

        with pytest.raises(Blocked) as refusal:
            actions.propose_late_admission(
                version=version, exception=code, reason="Attested.", actor=carla, at=NOON
            )

        assert codes(refusal) == ["no_exceptions"]

    def test_what_is_in_time_is_not_admitted(self, file, carla):
        with pytest.raises(Blocked) as refusal:
            propose(file(), carla)

        assert codes(refusal) == ["not_late"]

    def test_a_ground_is_needed(self, late, carla, dario):
        with pytest.raises(Blocked) as refusal:
            decide(propose(late, carla), dario, ground=" ")

        assert codes(refusal) == ["ground_needed"]

    def test_an_officer_does_not_decide(self, late, carla, dario):
        with pytest.raises(NotAllowed):
            decide(propose(late, dario), carla)

    @pytest.mark.parametrize("who", [Actor.stranger(), HOUSE, Actor("U-BRUNO", door="portal")])
    def test_nobody_else_proposes(self, late, who):
        with pytest.raises(NotAllowed):
            propose(late, who)

    def test_one_reviewer_alone_cannot_call_it_timely(self, late, dario):
        with pytest.raises(Blocked) as refusal:
            actions.judge(
                finding=finding(late, "in_time"),
                verdict=Verdict.OVERRULED,
                state=State.MET,
                ground="Goodwill.",
                actor=dario,
                at=NOON,
            )

        assert codes(refusal) == ["late_needs_two"]

    def test_every_step_is_in_the_ledger(self, late, carla, dario):
        decide(propose(late, carla), dario)

        told = Entry.objects.filter(subject=late.code, verb__startswith="late_filing").order_by("pk")
        assert [entry.verb for entry in told] == ["late_filing.proposed", "late_filing.admitted"]


# --- warning those who have not sent -----------------------------------------------------------------------


@pytest.fixture
def draft(lombardia, settings) -> FilingDraft:
    """Bruno's draft, begun ten days before the closing."""
    settings.CAN_SEND_MAIL = True
    bruno = make_person("Bruno")
    at = closing(lombardia) - timedelta(days=10)
    return FilingDraft.objects.create(
        code="D-1", call=lombardia, account=bruno.code, language="it", started_at=at, saved_at=at
    )


def letters() -> list[dict[str, object]]:
    """What waits to be written, the first one first."""
    jobs = ProcrastinateJob.objects.filter(task_name=warning.WRITING).order_by("pk")
    return [job.args for job in jobs]


def write(told: dict[str, object], at: datetime) -> bool:
    return actions.write_to_draft_holder(**told, actor=HOUSE, at=at)


def warn(draft: FilingDraft, **before: int) -> list[str]:
    return actions.warn_draft_holders(actor=HOUSE, at=closing(draft.call) - timedelta(**before))


@pytest.mark.django_db
class TestWarning:
    """Once each: before the closing by the call's hours, and after it."""

    def test_nobody_is_told_long_before(self, draft):
        assert warn(draft, hours=73) == []

    def test_each_occasion_is_told_once(self, draft):
        told = [warn(draft, hours=hours) for hours in (72, 71, 24, 23, 1, -1, -2)]

        assert told == [["D-1"], [], ["D-1"], [], [], ["D-1"], []]
        assert [each["hours"] for each in letters()] == [72, 24, 0]

    def test_the_letter_says_until_when_and_after_that_nothing_was_filed(self, draft):
        warn(draft, hours=24)
        warn(draft, hours=-1)
        first, second = letters()
        write(first, closing(draft.call) - SECOND)
        write(second, closing(draft.call))

        before, after = mail.outbox
        assert before.to == ["bruno@example.test"]
        assert "Europe/Rome" in before.body
        assert "D-1" in after.body

    def test_a_letter_the_mail_server_does_not_take_is_written_again(self, draft, monkeypatch):
        warn(draft, hours=24)
        (told,) = letters()
        at = closing(draft.call) - timedelta(hours=23)
        with monkeypatch.context() as patched:
            patched.setattr(EmailMessage, "send", lambda message: (_ for _ in ()).throw(OSError("no server")))
            with pytest.raises(OSError, match="no server"):
                write(told, at)

        assert (write(told, at), len(mail.outbox)) == (True, 1)

    def test_no_letter_speaks_of_a_closing_that_has_passed(self, draft):
        warn(draft, hours=24)

        assert (write(letters()[0], closing(draft.call)), mail.outbox) == (False, [])

    def test_no_letter_about_what_was_sent_meanwhile(self, draft):
        warn(draft, hours=24)
        FilingDraft.objects.filter(pk=draft.pk).update(sent_at=NOON)

        assert (write(letters()[0], closing(draft.call) - SECOND), mail.outbox) == (False, [])

    def test_who_began_late_is_not_told_twice(self, draft):
        assert warn(draft, hours=20) == ["D-1"]
        assert warn(draft, hours=10) == []
        assert [row.hours for row in DraftWarning.objects.all()] == [24]

    @pytest.mark.parametrize("field", ["sent_at", "discarded_at"])
    def test_who_has_sent_or_thrown_away_is_told_nothing(self, draft, field):
        FilingDraft.objects.filter(pk=draft.pk).update(**{field: NOON})

        assert warn(draft, hours=24) == []

    def test_without_mail_it_is_written_down_all_the_same(self, draft, settings):
        settings.CAN_SEND_MAIL = False

        assert warn(draft, hours=24) == ["D-1"]
        assert letters() == []
        assert DraftWarning.objects.count() == 1

    def test_the_ledger_knows_no_name(self, draft):
        warn(draft, hours=24)

        entry = Entry.objects.get(verb="draft.holder_warned")
        assert (entry.subject, entry.facts["hours"]) == ("D-1", 24)


BEGIN = NOON - timedelta(days=30)
WINDOW = Opening(1, BEGIN, NOON)


def due(at: datetime, started_at: datetime = BEGIN, hours: tuple[int, ...] = (72, 24)) -> Warned | None:
    return due_warning([WINDOW], started_at=started_at, at=at, hours=hours)


def test_the_nearest_of_the_hours_counts():
    assert due(NOON - timedelta(hours=10)) == Warned(1, WarningKind.BEFORE_CLOSING, 24, NOON)


def test_the_closing_itself_is_after():
    assert due(NOON - SECOND).kind == WarningKind.BEFORE_CLOSING
    assert due(NOON).kind == WarningKind.AFTER_CLOSING


def test_a_draft_begun_after_the_closing_is_told_nothing():
    assert due(NOON + timedelta(days=1), started_at=NOON + SECOND) is None


def test_between_two_windows_the_one_missed_is_told():
    second = Opening(2, NOON + timedelta(days=5), NOON + timedelta(days=9))

    found = due_warning([WINDOW, second], started_at=BEGIN, at=NOON + timedelta(days=1), hours=(24,))

    assert found == Warned(1, WarningKind.AFTER_CLOSING, 0, NOON)


@given(st.integers(-100, 100), st.sets(st.integers(1, 90), max_size=4))
def test_before_the_closing_never_after_and_the_other_way_round(offset, hours):
    found = due(NOON - timedelta(hours=offset), hours=tuple(hours))

    if offset <= 0:
        assert found.kind == WarningKind.AFTER_CLOSING
    elif found:
        assert found.kind == WarningKind.BEFORE_CLOSING
        assert found.hours in hours
        assert found.hours >= offset
    else:
        assert all(each < offset for each in hours)
