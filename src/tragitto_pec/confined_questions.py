"""The questions the limited process answers: the readers of this package, each by its name."""

from __future__ import annotations

from typing import Any

import msgspec

from tragitto_pec.anchors import PUBLIC, AnchorSet
from tragitto_pec.forms import FormReading, read_fields
from tragitto_pec.limits import DEFAULT, Limits
from tragitto_pec.questions import Question
from tragitto_pec.reader import read
from tragitto_pec.reading import Reading
from tragitto_pec.wire import pack_reading


class Trusting(msgspec.Struct, frozen=True):
    """Whose seals count, and how far to read."""

    anchors: AnchorSet = PUBLIC
    limits: Limits = DEFAULT


class Nothing(msgspec.Struct, frozen=True):
    """No options."""


READING = Question(
    "reading",
    options=Trusting,
    answer=Reading,
    find=lambda raw, asked: pack_reading(read(raw, anchors=asked.anchors, limits=asked.limits)),
)
FIELDS = Question(
    "fields", options=Nothing, answer=FormReading, find=lambda pdf, _asked: (read_fields(pdf), b"")
)

#: Every question by its name; the process knows no other.
QUESTIONS: dict[str, Question[Any, Any]] = {question.name: question for question in (READING, FIELDS)}
