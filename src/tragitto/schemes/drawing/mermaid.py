"""Writes a journey as Mermaid text, for pages and notes that draw it themselves."""

from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import JourneySpec
from tragitto.schemes.vocabulary import Audience, Phase


def as_mermaid(journey: JourneySpec, *, language: str) -> str:
    """The flowchart of ``journey``; awaiting steps are dotted, closed stages rounded."""
    names = {stage.code: f"s{number}" for number, stage in enumerate(journey.stages)}
    lines = ["flowchart TD", "  start(( ))"]
    for stage in journey.stages:
        title = _safe(in_language(stage.titles.get(Audience.OFFICE, {}), language))
        left, right = ("([", "])") if stage.phase == Phase.CLOSED else ("[", "]")
        lines.append(f'  {names[stage.code]}{left}"{title}"{right}')
    for step in journey.steps:
        arrow = "-.->" if step.awaits else "-->"
        label = _safe(in_language(step.label, language))
        source = names.get(step.source, "start")
        lines.append(f'  {source} {arrow}|"{label}"| {names[step.target]}')
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return text.replace('"', "#quot;")
