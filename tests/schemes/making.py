"""Small makers of packs, calls and notices for the tests of this room."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from tragitto.kernel.registries import Registry
from tragitto.schemes.pack import (
    CallSpec,
    CriterionSpec,
    JourneySpec,
    Pack,
    Paragraph,
    PurposeSpec,
    UseSpec,
    WindowSpec,
)
from tragitto.schemes.rules import Registries


class Anything(msgspec.Struct, frozen=True):
    """Parameters of any name."""


def texts(word: str = "word") -> dict[str, str]:
    """A text in the four languages."""
    return {language: f"{word} {language}" for language in ("it", "fr", "ar", "en")}


def registry(what: str, names: set[str]) -> Registry[Callable[..., Any]]:
    """A registry that offers ``names``."""
    made: Registry[Callable[..., Any]] = Registry(what)
    for name in sorted(names):
        made.register(name, needs=Anything)(lambda: "")
    return made


def registries_of(pack: Pack) -> Registries:
    """Registries with every name that ``pack`` uses."""
    steps = [step for journey in pack.journeys for step in journey.steps]
    criteria = [criterion for call in pack.calls for criterion in call.criteria]
    stand_ins = [gap.stand_in for call in pack.calls for gap in call.gaps if gap.path == "criteria"]
    judges = {each.judge for each in criteria} | {row["judge"] for rows in stand_ins for row in rows}
    return Registries(
        registry("guard", {use.name for step in steps for use in step.guards}),
        registry("effect", {use.name for step in steps for use in step.effects}),
        registry("criterion", judges),
    )


def journey(stages: list[dict[str, Any]], steps: list[dict[str, Any]], **more: Any) -> JourneySpec:
    """A journey of expressions; stages and steps get the texts and roles they leave out."""
    titles = {"office": texts(), "employer": texts()}
    return msgspec.convert(
        {
            "code": "a-way",
            "version": 1,
            "subject": "expression",
            "title": texts(),
            "stages": [{"phase": "reviewing", "acting": "office", "titles": titles, **s} for s in stages],
            "steps": [
                {"code": f"step-{n}", "label": texts(), "roles": ["officer"], **step}
                for n, step in enumerate(steps)
            ],
            **more,
        },
        JourneySpec,
    )


CLOSED = {"code": "at-the-end", "phase": "closed", "outcome": "admitted"}


def call(**more: Any) -> CallSpec:
    """A call in which the linter finds nothing."""
    return msgspec.convert(
        {
            "code": "a-call",
            "region": "a-region",
            "publisher": "an-office",
            "journey": "a-way",
            "title": texts(),
            "summary": texts(),
            "zone": "Europe/Rome",
            "mailbox": "call@pec.example",
            "counted_instant": "accepted",
            "place_rule": "first",
            "disclosure": "named_list",
            "review_term": "a.term",
            "four_eyes": True,
            "windows": [{"number": 1, "last_day": date(2025, 7, 31), "opens_on": date(2025, 5, 12)}],
            "purposes": [{"code": "collecting-them", "text": "raccolta", "topics": ["collecting"]}],
            **more,
        },
        CallSpec,
    )


def notice(text: str, number: str = "5") -> tuple[Paragraph, ...]:
    """A notice of one paragraph."""
    return (Paragraph(number=number, title="MODALITÀ", text=text),)


__all__ = [
    "CLOSED",
    "CriterionSpec",
    "PurposeSpec",
    "UseSpec",
    "WindowSpec",
    "call",
    "journey",
    "notice",
    "registries_of",
    "registry",
    "texts",
]
