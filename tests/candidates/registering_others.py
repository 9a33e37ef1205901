"""Makes what registrars send: rows about made-up people, spreadsheets, batches tried and applied."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from tests.candidates.making import ELIF, NOON
from tragitto.candidates.actions import applying, batches, checking
from tragitto.candidates.models import Batch, BatchRow
from tragitto.candidates.rules.columns import BY_CODE
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme

HOUSE = Actor.system("task")
_FAMILIES = ("EL IDRISSI", "BENALI", "OUAHBI", "TAZI", "CHERKAOUI", "ZEROUAL", "LAMRANI", "FASSI")
_FIRST = ("YASSINE", "KHADIJA", "OMAR", "SALMA", "HICHAM", "NADIA", "RACHID", "IMANE", "TARIK")


def row(number: int = 1, **changes: str) -> dict[str, str]:
    """A row about somebody new, as a registrar writes it; the next number is another person."""
    said = {
        "reference": f"AN-{number:05d}",
        "surnames": _FAMILIES[number % len(_FAMILIES)],
        "given_names": _FIRST[number // len(_FAMILIES) % len(_FIRST)],
        "birth_on": f"{1 + number % 28:02d}/{1 + number // 28 % 12:02d}/{1985 + number // 336 % 20}",
        "phone": f"06 {number:08d}",
        "profile_1": "metal-welder",
        "profile_1_years": "3",
        "document_kind": "passport",
        "document_number": f"AB{number:07d}",
    }
    return {code: text for code, text in (said | changes).items() if text}


def xlsx(rows: Sequence[Mapping[str, str]], language: str = "fr", before: int = 0) -> bytes:
    """A spreadsheet with these rows under the headings of a language, some rows below the top."""
    codes = [code for code in BY_CODE if any(code in each for each in rows)]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(before, 0, [BY_CODE[code].headings[language] for code in codes])
        for place, each in enumerate(rows, start=before + 1):
            for column, code in enumerate(codes):
                sheet.write_string(place, column, each.get(code, ""))
    return file.getvalue()


def taken(scheme: Scheme, rows: Sequence[Mapping[str, str]], actor: Actor = ELIF) -> Batch:
    """A batch of these rows, not tried yet."""
    return batches.take_rows(scheme=scheme, name="people.xlsx", rows=rows, actor=actor, at=NOON)


def tried(scheme: Scheme, rows: Sequence[Mapping[str, str]], actor: Actor = ELIF) -> Batch:
    """A batch of these rows that was tried."""
    batch = taken(scheme, rows, actor)
    checking.check(code=batch.code, actor=HOUSE, at=NOON)
    return fresh(batch)


def applied(
    scheme: Scheme, rows: Sequence[Mapping[str, str]], actor: Actor = ELIF, at: datetime = NOON
) -> Batch:
    """A batch of these rows that was tried and applied, refused rows left out."""
    batch = tried(scheme, rows, actor)
    batches.apply_batch(batch=batch, leaves_out=True, actor=actor, at=at)
    applying.enter_batch(code=batch.code, actor=HOUSE, at=at)
    return fresh(batch)


def fresh(batch: Batch) -> Batch:
    """The batch as it stands now."""
    return Batch.objects.select_related("scheme", "organisation").get(pk=batch.pk)


def verdicts(batch: Batch) -> list[str]:
    """What was judged of each row, in order."""
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def codes(batch: Batch, number: int = 1) -> list[tuple[str, str]]:
    """What is said of a row: the column and the word."""
    kept: BatchRow = batch.rows.get(number=number)
    problems: list[dict[str, Any]] = kept.problems
    return [(problem["field"], problem["code"]) for problem in problems]
