"""The shapes of a journey: stages and steps."""

from typing import Any

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import (
    Acting,
    Audience,
    AwaitedRoom,
    Outcome,
    Phase,
    StepKind,
    StepRole,
    Subject,
)


class UseSpec(Spec, frozen=True, kw_only=True):
    """A guard or an effect, by name, with its parameters."""

    name: str
    parameters: dict[str, Any] = {}


class RequirementSpec(Spec, frozen=True, kw_only=True):
    """A document a case must have in a stage."""

    kind: str
    title: Texts


class StageSpec(Spec, frozen=True, kw_only=True):
    """Where a case can stand; titles by audience, the office's being the fallback."""

    code: str
    phase: Phase
    acting: Acting
    titles: dict[Audience, Texts]
    outcome: Outcome | None = None
    term: str = ""
    requirements: tuple[RequirementSpec, ...] = ()


class StepSpec(Spec, frozen=True, kw_only=True):
    """A move between stages; without ``source`` the entry of the journey."""

    code: str
    target: str
    label: Texts
    source: str = ""
    roles: tuple[StepRole, ...] = ()
    guards: tuple[UseSpec, ...] = ()
    effects: tuple[UseSpec, ...] = ()
    needs_reason: bool = False
    kind: StepKind = StepKind.NORMAL
    awaits: AwaitedRoom | None = None


class JourneySpec(Spec, frozen=True, kw_only=True):
    """One version of a journey."""

    code: str
    version: int
    subject: Subject
    title: Texts
    stages: tuple[StageSpec, ...]
    steps: tuple[StepSpec, ...]
