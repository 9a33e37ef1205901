"""Questions about journeys: their stages and steps, the newest version of each."""

import msgspec

from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Journey, Scheme, Stage, Step
from tragitto.schemes.pack import JourneySpec
from tragitto.schemes.vocabulary import Subject


def current_journey(scheme: Scheme, subject: Subject) -> Journey:
    """The newest published journey of ``subject``; raises ``NotFound`` when none is published."""
    journeys = scheme.journeys.filter(subject=subject, published_at__isnull=False)
    if (journey := journeys.order_by("-version").first()) is None:
        raise NotFound(subject)
    return journey


def stages(journey: Journey) -> list[Stage]:
    """The stages in their written order; one query."""
    return [*journey.stages.order_by("position")]


def steps(journey: Journey) -> list[Step]:
    """The steps in their written order, with both ends; one query."""
    return [*journey.steps.select_related("source", "target").order_by("position")]


def entry(journey: Journey) -> Step:
    """The step by which a case enters the journey; raises ``NotFound`` for a journey without one."""
    if (
        step := journey.steps.filter(source=None).select_related("target").order_by("position").first()
    ) is None:
        raise NotFound(journey.code)
    return step


def newest_journeys(scheme: Scheme, chosen: Journey) -> list[Journey]:
    """``chosen`` and the newest version of every other journey of the scheme; one query."""
    newest = {journey.code: journey for journey in scheme.journeys.order_by("code", "version")}
    return [*({**newest, chosen.code: chosen}).values()]


def journeys_named(scheme: Scheme, subject: Subject) -> list[str]:
    """The codes of the journeys of ``subject``, each once; one query."""
    return sorted(set(scheme.journeys.filter(subject=subject).values_list("code", flat=True)))


def journey_spec(journey: Journey) -> JourneySpec:
    """The journey as the frozen shape that checks and drawings take. Two queries."""
    plain = {name: getattr(journey, name) for name in ("code", "version", "subject", "title")}
    return msgspec.convert(
        {
            **plain,
            "stages": [_stage_plain(stage) for stage in stages(journey)],
            "steps": [_step_plain(step) for step in steps(journey)],
        },
        JourneySpec,
    )


def _stage_plain(stage: Stage) -> dict[str, object]:
    names = ("code", "phase", "acting", "titles", "term", "requirements")
    return {name: getattr(stage, name) for name in names} | {"outcome": stage.outcome or None}


def _step_plain(step: Step) -> dict[str, object]:
    names = ("code", "label", "roles", "guards", "effects", "needs_reason", "kind")
    return {name: getattr(step, name) for name in names} | {
        "source": step.source.code if step.source else "",
        "target": step.target.code,
        "awaits": step.awaits or None,
    }
