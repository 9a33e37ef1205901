"""Rows and packs made up for the tests of the law room."""

from dataclasses import replace
from datetime import date
from typing import Any

from tragitto.law.rules import Pack, Row
from tragitto.law.vocabulary import Confidence, Direction, Unit

TITLE = {"it": "Termine di prova", "fr": "Délai d'essai", "ar": "أجل تجريبي", "en": "Trial term"}

ROW = Row(
    code="trial.term",
    title=TITLE,
    unit=Unit.DAYS,
    value=30,
    start=date(2024, 1, 1),
    end=None,
    covered_from=None,
    covered_until=None,
    moment="filed",
    direction=Direction.AFTER,
    act="L. 1/2024",
    article="art. 1",
    confidence=Confidence.SURE,
    source="text",
    note="",
    choice=False,
    reason="",
    not_found="",
)


def a_row(**changes: Any) -> Row:
    """A sound row, but for the changes."""
    return replace(ROW, **changes)


def a_pack(*rows: Row) -> Pack:
    """A pack that holds just these rows."""
    return Pack(
        rows=rows,
        moments={"filed": TITLE},
        sources={"text": "the text itself"},
        subjects={row.code: "trial" for row in rows},
    )
