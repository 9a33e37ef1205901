"""Writing letters to employers: requests, notices, decisions, kept as documents before they leave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.cases.models import Case, Decision
from tragitto.cases.rules import local_day, suspended_by
from tragitto.employers import lettering, permissions
from tragitto.employers.holding import held
from tragitto.employers.lettering import Written
from tragitto.employers.models import Expression, Letter
from tragitto.employers.queries import letters as queries
from tragitto.employers.queries import telling
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.law import queries as law
from tragitto.ledger.actions import record
from tragitto.records.actions.documents import keep_document
from tragitto.records.rendering import pdf

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True)
class Point:
    """One thing asked for or one obstacle: the criterion of the call it is about, if any, and the words."""

    text: str
    criterion: str = ""


@transaction.atomic
def ask_completion(
    *, expression: Expression, points: Sequence[Point], actor: Actor, at: datetime, text: str = ""
) -> Letter:
    """Write the request to complete or correct a filing (soccorso istruttorio, art. 6(1)(b) L. 241/1990).

    The letter is kept as a document and waits; sending it takes the step of the journey. Raises
    `NotAllowed`; `Blocked` without a point, where the journey knows no such letter from where the case
    stands or something else stands in its way, and while another such letter waits to be sent.
    """
    return _write(expression, LetterKind.SOCCORSO_ISTRUTTORIO, points=points, text=text, actor=actor, at=at)


@transaction.atomic
def announce_refusal(
    *, expression: Expression, points: Sequence[Point], actor: Actor, at: datetime, text: str = ""
) -> Letter:
    """Write the notice of the obstacles before a refusal (preavviso di rigetto, art. 10-bis L. 241/1990).

    Kept and sent as `ask_completion` says; raises what it raises.
    """
    return _write(expression, LetterKind.PREAVVISO_DI_RIGETTO, points=points, text=text, actor=actor, at=at)


@transaction.atomic
def start_notice(*, expression: Expression, actor: Actor, at: datetime, text: str = "") -> Letter:
    """Write the notice that the review has begun (arts. 7-8 L. 241/1990); it moves nothing.

    Raises `NotAllowed`, `Stale` when it was written already, `Blocked` in a closed case.
    """
    expression = _held_for_writing(expression, actor)
    if expression.letters.filter(kind=LetterKind.START_NOTICE, dropped_at__isnull=True).exists():
        raise Stale(Finding("notice_written", _("This notice was written already.")))
    if expression.case.is_closed:
        raise Blocked(Finding("case_closed", _("This case is closed.")))
    return _kept(expression, LetterKind.START_NOTICE, text=text, actor=actor, at=at)


@transaction.atomic
def write_decision(*, decision: Decision, actor: Actor, at: datetime) -> Letter:
    """Write a decision as the document the employer gets: reasons, findings with evidence, law, remedy.

    (Art. 3 L. 241/1990.) It says what was decided and nothing else; a decision has one such letter. Raises
    `NotAllowed`, `Stale` when it was written already, or the decision was corrected since.
    """
    expression = _held_for_writing(Expression.objects.get(case=decision.case_id), actor)
    if Letter.objects.filter(decision=decision, kind=LetterKind.DECISION).exists():
        raise Stale(Finding("decision_written", _("The letter of this decision was written already.")))
    if not telling.still_holds(decision):
        raise Stale(Finding("decision_undone", _("This decision was corrected and holds no more.")))
    return _kept(expression, LetterKind.DECISION, decision=decision, actor=actor, at=at)


@transaction.atomic
def tell_correction(*, expression: Expression, actor: Actor, at: datetime, text: str) -> Letter:
    """Write the notice that a decision the employer was told of holds no more, and why; it moves nothing.

    Raises `NotAllowed`; `Stale` where no such decision waits to be told; `Blocked` without the reason.
    """
    expression = _held_for_writing(expression, actor)
    undone = telling.undone_and_told(actor=actor).filter(case=expression.case_id).first()
    if undone is None:
        words = _("No decision that the employer was told of waits to be taken back.")
        raise Stale(Finding("nothing_corrected", words))
    if not text.strip():
        raise Blocked(Finding("reason_needed", _("Say why the decision holds no more.")))
    return _kept(expression, LetterKind.CORRECTION, text=text, decision=undone, actor=actor, at=at)


@transaction.atomic
def drop_letter(*, letter: Letter, actor: Actor, at: datetime) -> Letter:
    """Put aside a letter that has not left, so that another can be written; it stays in the file.

    Raises `NotAllowed`; `Stale` when it has left or was dropped; `Blocked` for a decision that holds: it is
    taken back by correcting it, not by silence.
    """
    expression = _held_for_writing(letter.expression, actor)
    letter = expression.letters.select_for_update(no_key=True).get(pk=letter.pk)
    if not letter.waits:
        raise Stale(Finding("letter_left", _("This letter no longer waits.")))
    if letter.kind == LetterKind.DECISION and letter.decision and telling.still_holds(letter.decision):
        raise Blocked(Finding("decision_is_told", _("A decision must be told: it cannot be dropped.")))

    letter.dropped_at, letter.dropped_by = at, actor.code
    letter.save(update_fields=["dropped_at", "dropped_by"])
    record("letter.dropped", subject=expression.code, actor=actor, at=at, facts={"letter": letter.code})
    return letter


def _write(
    expression: Expression,
    kind: LetterKind,
    *,
    points: Sequence[Point],
    text: str,
    actor: Actor,
    at: datetime,
) -> Letter:
    expression = _held_for_writing(expression, actor)
    cases.refuse_the_unfit(case=expression.case, actor=actor, at=at)
    said = [point for point in points if point.text.strip()]
    if not said:
        raise Blocked(
            Finding("point_needed", _("Say at least one thing: what is missing, or what is wrong."))
        )
    if unfit := _unfit(expression, kind, at):
        raise Blocked(unfit)
    return _kept(expression, kind, points=said, text=text, actor=actor, at=at)


def _held_for_writing(expression: Expression, actor: Actor) -> Expression:
    expression = held(expression.pk)
    if not permissions.may(actor, "letter.write", expression.call):
        verb = {"verb": "letter.write"}
        raise NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), verb))
    return expression


def _unfit(expression: Expression, kind: LetterKind, at: datetime) -> list[Finding]:
    """Why a letter that takes a step cannot be written now."""
    if expression.letters.waiting().filter(kind=kind).exists():
        text = _("A letter of this kind waits already: send it, or drop it first.")
        return [Finding("letter_waits", text)]
    on = local_day(at, expression.call.zone)
    ways = [each for each in queries.leading(expression.case, on=on) if each.kind == kind]
    if not ways:
        text = _("The journey knows no such letter from where the case stands.")
        return [Finding("no_step_for_letter", text, {"kind": str(kind)})]
    return list(ways[0].unmet)


def _kept(
    expression: Expression,
    kind: LetterKind,
    *,
    points: Sequence[Point] = (),
    text: str = "",
    decision: Decision | None = None,
    actor: Actor,
    at: datetime,
) -> Letter:
    """The letter as a row and as a document that can be read from now on."""
    letter = Letter.objects.create(
        code=new_code("L"),
        expression=expression,
        number=expression.letters.count() + 1,
        kind=kind,
        version=expression.current,
        decision=decision,
        grounds=[{"criterion": point.criterion, "text": point.text.strip()} for point in points],
        text=text.strip(),
        recipient=queries.recipient_of(expression),
        written_by=actor.code,
        written_at=at,
    )
    content = preview(letter)
    letter.document = keep_document(content, media_type=MEDIA_TYPE, actor=actor, at=at)
    letter.save(update_fields=["document"])
    facts = {"letter": letter.code, "kind": str(kind), "document": letter.document.code}
    if decision:
        facts["decision"] = decision.code
    record("letter.written", subject=expression.code, actor=actor, at=at, facts=facts)
    return letter


def preview(letter: Letter) -> bytes:
    """The document that a letter is or, before it is kept, would be."""
    composing: dict[str, Callable[[], Written]] = {
        LetterKind.SOCCORSO_ISTRUTTORIO: lambda: lettering.completion(letter, stands=_will_stand(letter)),
        LetterKind.PREAVVISO_DI_RIGETTO: lambda: lettering.refusal_notice(letter),
        LetterKind.START_NOTICE: lambda: lettering.start(letter, deadline=_review_term(letter.expression)),
        LetterKind.DECISION: lambda: lettering.decision(letter),
        LetterKind.CORRECTION: lambda: lettering.correction(letter),
    }
    with override(lettering.LANGUAGE):
        written = composing[letter.kind]()
        return pdf(written.template, written.data, language=lettering.LANGUAGE, title=written.title)


def _review_term(expression: Expression) -> Deadline | None:
    term = expression.call.review_term
    return Deadline.objects.open().filter(subject=expression.case.code, kind=term).first()


def _will_stand(letter: Letter) -> bool:
    """Whether our own term stands still once this letter is sent: the law lets it so often, no more."""
    case: Case = letter.expression.case
    steps = [step for step in case_queries.exits_to(case=case) if _waits_for(step.guards, letter.kind)]
    for wanted in (one for step in steps for one in suspended_by(step.effects)):
        if not wanted.times:
            return True
        on = local_day(letter.written_at, letter.expression.call.zone)
        most = law.parameter(wanted.times, on=on).row.value
        stood = agenda.times_stopped(subject=case.code, kind=wanted.term, by=wanted.by)
        return isinstance(most, int) and stood < most
    return False


def _waits_for(guards: Sequence[dict[str, object]], kind: str) -> bool:
    return any(use["name"] == queries.LETTER_SENT and use["parameters"] == {"kind": kind} for use in guards)
