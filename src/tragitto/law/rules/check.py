"""The judge of the law pack: what is missing, contradictory or left open, one finding each."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tragitto.kernel.refusals import Finding
from tragitto.kernel.texts import missing_languages
from tragitto.law.rules.pack import Pack
from tragitto.law.rules.rows import Row, Value, rows_of
from tragitto.law.vocabulary import DURATIONS, WORDED, Unit

FRACTION = re.compile(r"[1-9]\d*/[1-9]\d*")
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def check_pack(pack: Pack) -> list[Finding]:
    """Everything that is wrong with ``pack``, in the order of its codes; an empty list means sound."""
    findings: list[Finding] = []
    for code in pack.codes:
        rows = rows_of(pack.rows, code)
        findings += _about_the_code(pack, rows[0])
        for row in rows:
            findings += _about_the_row(pack, row)
        findings += _between_periods(rows)
    for moment, title in pack.moments.items():
        if missing := missing_languages(title):
            findings.append(_finding("language_missing", moment, f"no title in {', '.join(missing)}"))
    return findings


def _about_the_code(pack: Pack, row: Row) -> Iterator[Finding]:
    subject = pack.subjects[row.code]
    if not CODE.fullmatch(row.code) or not row.code.startswith(f"{subject}."):
        yield _finding("code_malformed", row.code, f"the code must be dotted words under {subject}.")
    if missing := missing_languages(row.title):
        yield _finding("language_missing", row.code, f"no title in {', '.join(missing)}")


def _about_the_row(pack: Pack, row: Row) -> Iterator[Finding]:
    if row.start and row.end and row.start >= row.end:
        yield _finding("period_empty", row.code, f"{row.start} is not before {row.end}")
    if not row.act or not row.article:
        yield _finding("citation_missing", row.code, "act and article must both be named")
    if row.source and row.source not in pack.sources:
        yield _finding("source_unknown", row.code, f"no source is called {row.source}")
    if row.choice != bool(row.reason):
        yield _finding("choice_without_reason", row.code, "a choice has a reason, and only a choice has one")
    if row.unit in DURATIONS and row.moment not in pack.moments:
        yield _finding("moment_unknown", row.code, f"a term needs a known moment, not {row.moment!r}")
    if row.unit not in DURATIONS and row.moment:
        yield _finding("moment_idle", row.code, f"{row.unit} is not a term and starts no clock")
    yield from _about_the_value(row)


def _about_the_value(row: Row) -> Iterator[Finding]:
    if row.value is None:
        if not row.not_found:
            yield _finding("not_found_unsaid", row.code, "an unknown value must say what was not found")
        return
    if row.not_found:
        yield _finding("not_found_idle", row.code, "a known value cannot say that it was not found")
    if not row.source:
        yield _finding("source_missing", row.code, "a known value was read somewhere")
    if row.start is None and row.covered_from is None:
        yield _finding("cover_missing", row.code, "an unknown start needs covered_from")
    if not _is_of_its_unit(row.unit, row.value):
        yield _finding("value_of_wrong_kind", row.code, f"{row.value!r} is no value in {row.unit}")


def _is_of_its_unit(unit: Unit, value: Value) -> bool:
    if isinstance(value, str):
        return unit in WORDED and (unit is not Unit.FRACTION or FRACTION.fullmatch(value) is not None)
    whole = isinstance(value, int) or unit not in DURATIONS
    return unit not in WORDED and value >= 0 and whole


def _between_periods(rows: list[Row]) -> Iterator[Finding]:
    for earlier, later in pairwise(rows):
        ends, begins = earlier.answers_until, later.answers_from
        if ends is None or begins is None or ends > begins:
            yield _finding("overlap", earlier.code, f"the period until {ends} overlaps the one from {begins}")
        elif ends < begins:
            yield _finding("gap", earlier.code, f"nothing covers the days from {ends} until {begins}")


def _finding(code: str, parameter: str, text: str) -> Finding:
    return Finding(code=code, text=f"{parameter}: {text}", facts={"parameter": parameter})
