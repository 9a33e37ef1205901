"""Questions about letters to employers: which there are, which wait, who gets them, what was answered."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from tragitto.agenda.models import Deadline
from tragitto.cases.models import Case, Decision, Move
from tragitto.cases.queries import exits_to, unmet_conditions
from tragitto.employers.models import Expression, Letter, LetterAttempt, Observation, Version
from tragitto.employers.models.letters import LetterQuerySet
from tragitto.employers.queries.findings import views
from tragitto.employers.rules import FilingFacts
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotFound
from tragitto.records.models import Mailbox, Proof
from tragitto.records.queries import mailbox_named
from tragitto.records.rules.composing import is_address
from tragitto.records.vocabulary import Kind, Verdict
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Criterion, Step
from tragitto.schemes.vocabulary import Acting, Outcome, Phase, StepKind, StepRole

#: The guard by which a journey says which letter its step waits for.
LETTER_SENT = "letter_sent"
#: Letters after which it is the employer's turn.
ASKING = (LetterKind.SOCCORSO_ISTRUTTORIO, LetterKind.PREAVVISO_DI_RIGETTO)


@dataclass(frozen=True)
class Leading:
    """The step of the journey that a letter of this kind takes, and what else stands in its way."""

    kind: LetterKind
    step: Step
    unmet: tuple[Finding, ...]


def letter_for(*, actor: Actor, code: str) -> Letter:
    """The letter of this code. Raises `NotFound` when there is none the actor may see. Three queries."""
    found = _whole(Letter.objects.visible_to(actor)).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def letters_of(*, expression: Expression) -> list[Letter]:
    """The letters about an expression, the first one first, what was dropped too. Three queries."""
    return list(_whole(expression.letters.all()).order_by("number"))


def waiting(*, actor: Actor) -> LetterQuerySet:
    """The letters that still have to be sent, the oldest first. Three queries."""
    return _whole(Letter.objects.visible_to(actor).waiting()).order_by("written_at", "pk")


def untold_decisions(*, actor: Actor) -> QuerySet[Decision]:
    """The decisions for or against an employer of which no letter was written, the oldest first. One query.

    One that a correction has undone is told to nobody: what is decided anew is.
    """
    seen = Case.objects.visible_to(actor).filter(pk=OuterRef("case"), outcome=OuterRef("outcome"))
    told = Letter.objects.filter(decision=OuterRef("pk"), dropped_at__isnull=True)
    later = Decision.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    made = Decision.objects.filter(Exists(seen), ~Exists(told), ~Exists(later))
    made = made.filter(outcome__in=(Outcome.ADMITTED, Outcome.REFUSED, Outcome.INADMISSIBLE))
    return made.select_related("case__expression__employer", "case__call").order_by("decided_at", "pk")


def to_be_told_of_the_start(*, actor: Actor) -> QuerySet[Expression]:
    """Expressions under review of whose start the employer was not told, where the call promises it.

    In the order of arrival. Two queries.
    """
    calls = [call for call in schemes.published_calls() if schemes.review_of(call).start_notice]
    told = Letter.objects.filter(
        expression=OuterRef("pk"), kind=LetterKind.START_NOTICE, dropped_at__isnull=True
    )
    seen = Expression.objects.visible_to(actor).filter(~Exists(told), call__in=calls)
    begun = seen.filter(case__closed_at__isnull=True, case__stage__phase=Phase.REVIEWING)
    return begun.select_related("employer", "call").order_by("place_instant", "place_identifier", "pk")


def to_be_answered(*, actor: Actor) -> QuerySet[Observation]:
    """Observations that nobody has answered in cases still open, the oldest first. One query."""
    seen = Letter.objects.visible_to(actor).filter(expression__case__closed_at__isnull=True)
    open_ones = Observation.objects.filter(letter__in=seen.values("pk"), answered_at__isnull=True)
    return open_ones.select_related("letter__expression__employer").order_by("received_at", "pk")


def leading(case: Case, *, on: date) -> list[Leading]:
    """The letters that may be written from where the case stands, each with the step it takes.

    One query, besides those of the guards: the journey says which step waits for which letter.
    """
    found = []
    for step in exits_to(case=case, kind=StepKind.NORMAL):
        for use in step.guards:
            if use["name"] == LETTER_SENT:
                unmet = [one for one in unmet_conditions(step, case, on=on) if one.code != LETTER_SENT]
                found.append(Leading(LetterKind(use["parameters"]["kind"]), step, tuple(unmet)))
    return found


def answering(case: Case) -> Step | None:
    """The step by which the house takes up what an employer answered, None where nobody waits for it.

    Two queries.
    """
    if case.is_closed or case.stage.acting != Acting.EMPLOYER:
        return None
    for kind in (StepKind.NORMAL, StepKind.RETURN):
        for step in exits_to(case=case, phase=Phase.REVIEWING, kind=kind):
            if StepRole.SYSTEM in step.roles and step.target.acting == Acting.OFFICE and not step.awaits:
                return step
    return None


def recipient_of(expression: Expression) -> str:
    """Where an employer is written to: the certified address its form gives, else its certified sender.

    Empty where neither is known: then the letter waits.
    """
    version = expression.current
    if version is None:
        return ""
    facts = msgspec.convert(version.facts, FilingFacts)
    written = str((facts.main.value("enterprise.pec") if facts.main else "") or "").strip().lower()
    if is_address(written):
        return written
    message = version.message
    is_certified = message.verdict == Verdict.VALID and message.kind == Kind.POSTA_CERTIFICATA
    return message.sender.strip().lower() if is_certified and is_address(message.sender.strip()) else ""


def mailbox_of(expression: Expression) -> Mailbox | None:
    """The mailbox from which the office writes about an expression. One query."""
    return mailbox_named(expression.call.mailbox)


def asked_until(expression: Expression, at: datetime) -> datetime | None:
    """The last second in which an answer sent at this instant is in time; None where nothing was asked yet.

    By the latest letter that had left by then: what came before one asked answers nothing. Two queries, and
    one for each letter.
    """
    asked = expression.letters.sent().filter(kind__in=ASKING).exclude(deadline="").order_by("-number")
    latest = next((letter for letter in asked if left_at(letter) <= at), None)
    if latest is None:
        return None
    return Deadline.objects.filter(code=latest.deadline).values_list("due_at", flat=True).first()


def sent_here(*, case: Case, kind: str) -> Letter | None:
    """The letter of this kind that left since the case came to where it stands. One query."""
    left = Letter.objects.filter(expression__case=case, kind=kind, after_move=case.moves_made)
    return left.sent().order_by("-number").first()


def latest_sent(*, case: Case, kind: str) -> Letter | None:
    """The latest letter of this kind that left. One query."""
    return Letter.objects.filter(expression__case=case, kind=kind).sent().order_by("-number").first()


def undelivered(*, at: datetime) -> QuerySet[Letter]:
    """Letters that have arrived by a receipt, and of which that is not written down yet. One query."""
    of_it = Q(outgoing=OuterRef("outgoing")) | Q(outgoing__letter_attempt__letter=OuterRef("pk"))
    arrived = Proof.objects.filter(of_it, delivered_at__lte=at)
    left = Letter.objects.filter(Exists(arrived), reached_at__isnull=True)
    return left.select_related("expression__case__call").order_by("pk")


def deliveries_of(letter: Letter) -> QuerySet[Proof]:
    """The proofs that a letter was delivered, in whichever attempt, the earliest first. One query."""
    of_it = Q(outgoing__letter=letter) | Q(outgoing__letter_attempt__letter=letter)
    return Proof.objects.filter(of_it, delivered_at__isnull=False).order_by("delivered_at", "pk")


def unanswered(*, case: Case) -> int:
    """How many observations about a case nobody has answered. One query."""
    return Observation.objects.filter(letter__expression__case=case, answered_at__isnull=True).count()


def answered(*, case: Case) -> bool:
    """Whether something came from the employer since the case came to where it stands. Three queries."""
    since = case.moves.order_by("-number").values_list("happened_at", flat=True)[0]
    versions = Version.objects.annotate(came_at=Coalesce("instant", "received_at"))
    said = Observation.objects.filter(letter__expression__case=case, received_at__gte=since)
    return versions.filter(expression__case=case, came_at__gte=since).exists() or said.exists()


def standing_notice(*, case: Case) -> Letter | None:
    """The notice of obstacles on which the case now stands; none once it was taken back. One query."""
    stands = Deadline.objects.open().filter(code=OuterRef("deadline"), subject=case.code)
    left = Letter.objects.sent().filter(Exists(stands), kind=LetterKind.PREAVVISO_DI_RIGETTO)
    return left.filter(expression__case=case).select_related("expression").order_by("-number").first()


def left_at(letter: Letter) -> datetime:
    """When a letter that takes a step left, or reached the employer, given before it was told. One query."""
    case = letter.expression.case_id
    took = Move.objects.filter(case=case, number=(letter.after_move or 0) + 1)
    moved_at = took.values_list("happened_at", flat=True).get()
    return min(moved_at, letter.reached_at or moved_at)


def grounds_announced(*, case: Case) -> frozenset[str]:
    """The criteria that the latest notice names, or that follow from what was observed on it. Two queries."""
    notice = latest_sent(case=case, kind=LetterKind.PREAVVISO_DI_RIGETTO)
    if notice is None:
        return frozenset()
    following = notice.observations.values_list("new_grounds", flat=True)
    return frozenset(
        [*(each["criterion"] for each in notice.grounds), *(one for codes in following for one in codes)]
    )


def new_grounds(*, letter: Letter) -> list[Criterion]:
    """The obstacles as they now hold that a notice does not name, in the order of the call. Two queries."""
    current = letter.expression.current_id
    if current is None:
        return []
    named = {each["criterion"] for each in letter.grounds}
    found = (view for view in views([current])[current] if view.is_obstacle)
    return [view.criterion for view in found if view.criterion.code not in named]


def _whole(letters: LetterQuerySet) -> LetterQuerySet:
    said = Observation.objects.select_related("message").order_by("number")
    receipts = Proof.objects.select_related("acceptance", "warning", "delivery", "failure").order_by("pk")
    whole = letters.select_related(
        "expression__employer",
        "expression__call__publisher",
        "expression__case__stage",
        "expression__case__call",
        "expression__current__message",
        "decision",
        "document",
        "outgoing__mailbox__organisation",
    )
    further = LetterAttempt.objects.select_related("outgoing__mailbox__organisation").order_by("number")
    return whole.prefetch_related(
        Prefetch("observations", said),
        Prefetch("outgoing__proofs", receipts),
        Prefetch("attempts", further.prefetch_related(Prefetch("outgoing__proofs", receipts))),
    )
