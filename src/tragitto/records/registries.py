"""What upper rooms offer to the sorting of messages: where one may belong, who takes it, how forms look."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tragitto.kernel.actors import Actor
from tragitto.kernel.registries import Registry
from tragitto.records.models import Message
from tragitto_pec.forms_code import Code, Template

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Suggestion:
    """A place where a message may belong, with the reason; `strength` from 0 (a guess) to 100 (certain).

    With `taker` and `choice` a person at the desk accepts it in one act. `reasons` are those of which
    `reason` is made, one sentence each, the strongest first.
    """

    where_code: str
    label: str
    reason: str
    strength: int
    taker: str = ""
    choice: Mapping[str, object] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A message has found its place: the public code of what it has become part of."""

    where: str


class Suggester(Protocol):
    """Says where a message may belong; only asks, never writes."""

    def __call__(self, message: Message) -> Sequence[Suggestion]:
        """The places this suggester can think of; none is a good answer."""


class Taker(Protocol):
    """Makes a message into what it is for the room above, in the transaction that files it."""

    def __call__(self, message: Message, *, actor: Actor, at: datetime, choice: Any = None) -> Taken | None:
        """Take the message, or say None: not mine.

        Without `choice` the house asks, and only what is beyond doubt is taken. With it (a value of the
        type named when registering) a person decided. Raises `Refusal` when it may not be taken.
        """


class Templates(Protocol):
    """Knows where the answers stand on the printed forms of a room."""

    def __call__(self, code: Code) -> Template | None:
        """The places of the form that bears this code; None for somebody else's."""


SUGGESTERS: Registry[Suggester] = Registry("suggester")
TAKERS: Registry[Taker] = Registry("taker")
TEMPLATES: Registry[Templates] = Registry("template")


def template_of(code: Code) -> Template | None:
    """Where the answers stand on the printed form that bears this code; None where no room knows it."""
    for entry in TEMPLATES.entries():
        try:
            if template := entry.function(code):
                return template
        except Exception as error:  # a form that can no longer be laid out is read by a person
            log.warning("templates of %s failed: %s", entry.name, type(error).__name__)
    return None
