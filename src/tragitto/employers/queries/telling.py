"""Whether a letter still says what is true, and which told decisions hold no more."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tragitto.cases.models import Case, Decision
from tragitto.employers.models import Expression, Letter
from tragitto.employers.queries.findings import views
from tragitto.employers.queries.letters import ASKING
from tragitto.employers.vocabulary import LetterKind, State
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding


def still_holds(decision: Decision) -> bool:
    """Whether a decision is the one on which its case is closed: no correction has undone it. Two queries."""
    latest = Decision.objects.filter(case=decision.case_id).order_by("-pk").first()
    outcome = Case.objects.values_list("outcome", flat=True).get(pk=decision.case_id)
    return latest == decision and outcome == decision.outcome


def undone_and_told(*, actor: Actor) -> QuerySet[Decision]:
    """Decisions told to an employer that a correction has undone, while the review goes on. One query.

    The oldest first; those whose correction was told as well are not among them.
    """
    seen = Case.objects.visible_to(actor).filter(pk=OuterRef("case"), closed_at__isnull=True)
    letters = Letter.objects.filter(decision=OuterRef("pk"), dropped_at__isnull=True)
    left, corrected = (
        letters.sent().filter(kind=LetterKind.DECISION),
        letters.filter(kind=LetterKind.CORRECTION),
    )
    later = Decision.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    made = Decision.objects.filter(Exists(seen), Exists(left), ~Exists(corrected), ~Exists(later))
    return made.select_related("case__expression__employer", "case__call").order_by("decided_at", "pk")


def untrue(letter: Letter, expression: Expression) -> Finding | None:
    """Why a letter may not leave as it stands, or not leave again; None where it may. Four queries at most.

    A decision that was corrected; a request or a notice about an earlier version, with an obstacle that is
    none any more, or, sent before, from where the case has gone on.
    """
    if letter.kind == LetterKind.DECISION and letter.decision and not still_holds(letter.decision):
        text = _("This decision was corrected and holds no more: drop its letter.")
        return Finding("decision_undone", text)
    if letter.kind not in ASKING:
        return None
    if letter.has_left:
        text = _("The case has gone on since this letter left: it is not sent again.")
        stays = letter.after_move is not None and expression.case.moves_made == letter.after_move + 1
        return None if stays else Finding("case_went_on", text)
    if letter.version_id != expression.current_id:
        text = _("The employer has sent a further version since this was written: drop it and write anew.")
        return Finding("version_since", text)
    if letter.kind == LetterKind.PREAVVISO_DI_RIGETTO and (met := _met(letter)):
        text = _("An obstacle that this letter names is none any more: drop it and write anew.")
        return Finding("obstacle_met", text, {"criteria": met})
    return None


def _met(letter: Letter) -> list[str]:
    """The conditions named as obstacles that hold by now."""
    if letter.version_id is None:
        return []
    named = {str(each["criterion"]) for each in letter.grounds}
    found = views([letter.version_id])[letter.version_id]
    return [view.criterion.code for view in found if view.state == State.MET and view.criterion.code in named]
