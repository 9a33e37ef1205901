"""What upper rooms offer to the sorting of messages: where one may belong, and who takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tragitto.kernel.actors import Actor
from tragitto.kernel.registries import Registry
from tragitto.records.models import Message


@dataclass(frozen=True)
class Suggestion:
    """A place where a message may belong, with the reason; `strength` from 0 (a guess) to 100 (certain).

    With `taker` and `choice` a person at the desk accepts it in one act.
    """

    where_code: str
    label: str
    reason: str
    strength: int
    taker: str = ""
    choice: Mapping[str, object] = field(default_factory=dict)


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


SUGGESTERS: Registry[Suggester] = Registry("suggester")
TAKERS: Registry[Taker] = Registry("taker")
