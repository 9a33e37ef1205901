"""Where a case stands, which steps lead on, what was moved, decided, proposed and filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from tragitto.cases import permissions
from tragitto.cases.models import Case, ConflictStatement, Decision, FiledDocument, Move, Proposal
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotFound, Stale
from tragitto.schemes.models import Step
from tragitto.schemes.registries import GUARDS
from tragitto.schemes.vocabulary import StepKind


@dataclass(frozen=True)
class Exit:
    """A step the actor may take from here, and what still stands in its way."""

    step: Step
    unmet: tuple[Finding, ...]

    @property
    def code(self) -> str:
        """The step's code."""
        return self.step.code

    @property
    def label(self) -> Mapping[str, str]:
        """The step's label in four languages."""
        label: Mapping[str, str] = self.step.label
        return label

    @property
    def needs_reason(self) -> bool:
        """Whether whoever takes it must say why."""
        return self.step.needs_reason

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.unmet


def get_for(*, actor: Actor, code: str) -> Case:
    """The case of this code. Raises `NotFound` when there is none the actor may see. One query."""
    case = Case.objects.visible_to(actor).select_related("stage", "call", "journey").filter(code=code).first()
    if case is None:
        raise NotFound(code)
    return case


def exits(*, case: Case, actor: Actor, on: date) -> list[Exit]:
    """The steps `actor` may take from where the case stands, in the journey's order.

    Two queries for each step, besides what its guards ask; a stage has a handful of them.
    """
    steps = Step.objects.filter(source=case.stage_id).select_related("target").order_by("position", "pk")
    allowed = [step for step in steps if permissions.may_take(actor, step, case)]
    return [Exit(step, tuple(unmet_conditions(step, case, on=on))) for step in allowed]


def exit_named(code: str, *, of: Case) -> Step:
    """The step `code` that begins where the case stands. Raises `Stale` when there is none. One query."""
    step = Step.objects.select_related("target", "source").filter(source=of.stage_id, code=code).first()
    if step is None:
        raise Stale(
            Finding("not_here", _("The case no longer stands where this step begins."), {"step": code})
        )
    return step


def exits_to(*, case: Case, outcome: str = "", phase: str = "", kind: str = StepKind.NORMAL) -> list[Step]:
    """The steps from where the case stands to a stage of this outcome or phase. One query."""
    steps = Step.objects.filter(source=case.stage_id, kind=kind).select_related("target")
    steps = steps.filter(target__outcome=outcome) if outcome else steps
    steps = steps.filter(target__phase=phase) if phase else steps
    return list(steps.order_by("position", "pk"))


def unmet_conditions(step: Step, case: Case, *, on: date) -> list[Finding]:
    """One finding for each reason why `step` cannot be taken, a room not built yet being one of them."""
    if step.awaits:
        text = _("This step waits for a part of the house that is not built yet.")
        return [Finding("awaits_room", text, {"room": step.awaits})]
    found = []
    for use in step.guards:
        entry = GUARDS.get(use["name"])
        text = entry.function(case, entry.read(use.get("parameters", {})), on=on)
        if text:
            found.append(Finding(entry.name, text, {"step": step.code}))
    return found


def moves(*, case: Case) -> QuerySet[Move]:
    """The moves of a case, the first one first. One query."""
    return case.moves.select_related("step", "source", "target").order_by("number")


def decisions(*, case: Case) -> QuerySet[Decision]:
    """The decisions taken in a case, the latest first. One query."""
    return case.decisions.order_by("-decided_at", "-pk")


def decision_here(*, case: Case, outcome: str) -> Decision | None:
    """The decision of this outcome taken since the case came to where it stands. One query."""
    return case.decisions.filter(outcome=outcome, after_move=case.moves_made).order_by("-pk").first()


def open_proposals(*, case: Case) -> QuerySet[Proposal]:
    """What was proposed since the case came to where it stands, the latest first. One query.

    Without what somebody proposed who has a conflict of interest since: whoever abstains is no second person.
    """
    stated = ConflictStatement.objects.filter(case=OuterRef("case"), officer=OuterRef("proposed_by"))
    abstains = Subquery(stated.order_by("-number").values("has_conflict")[:1])
    here = case.proposals.filter(after_move=case.moves_made).annotate(abstains=abstains)
    return here.exclude(abstains=True).select_related("step__target").order_by("-pk")


def filed(*, case: Case, kind: str) -> FiledDocument | None:
    """The accepted document of this kind that stays valid longest. One query."""
    accepted = case.filed_documents.filter(kind=kind, accepted_at__isnull=False)
    return accepted.order_by("-valid_until", "-pk").first()
