"""An answer given on line as it is kept, with what is wrong with it and what should be known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What JSON keeps of an answer: words, a tick, or several choices.
type Value = str | bool | list[str]


@dataclass(frozen=True)
class Said:
    """A sentence by its code, with what fills it; the words are said in the language of the reader."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What is kept of an answer: tidied where it is understood, as it was written where it is not.

    `problem` says how to mend it before anything can be sent; `note` what is worth knowing all the same.
    """

    value: Value
    problem: Said | None = None
    note: Said | None = None
