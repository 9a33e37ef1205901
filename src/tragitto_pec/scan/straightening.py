"""Finds how a page of a form lies in a scan, by the codes printed on it."""

from __future__ import annotations

from collections.abc import Sequence

from tragitto_pec.forms_code import CORNERS, Code, Template, parse
from tragitto_pec.paper.affine import Affine, Pair, distance, turned
from tragitto_pec.paper.reading import CodeSeen, Sheet

#: In points: farther off, and the page was folded, photographed askew, or is not what it says.
_MOST_OFF = 3.0


def code_of(sheet: Sheet) -> Code | None:
    """The code of a page; None where there is none of ours, or where two speak of different pages."""
    codes = [code for code in (parse(seen.text) for seen in sheet.codes) if code]
    if (
        len({(code.call, code.form, code.version, code.language, code.layout, code.page) for code in codes})
        != 1
    ):
        return None
    return codes[0]


def has_both(sheet: Sheet, template: Template) -> bool:
    """Whether the page shows both its codes; from one alone its far end would be a centimetre off."""
    return len({seen.text for seen in sheet.codes if _pairs(seen, template)}) == len(CORNERS)


def lying(sheet: Sheet, template: Template) -> Affine | None:
    """How the page lies: from points of the form to points of the page.

    None when its codes are nowhere near where the form has them.
    """
    pairs = [pair for seen in sheet.codes for pair in _pairs(seen, template)]
    affine = turned(pairs) if pairs else None
    return affine if affine and distance(affine, pairs) <= _MOST_OFF else None


def _pairs(seen: CodeSeen, template: Template) -> Sequence[Pair]:
    """The corners of a code on the form, each with where it is on the page."""
    code = parse(seen.text)
    if code is None:
        return []
    for place in template.codes:
        if (place.page, place.corner) == (code.page, code.corner):
            x0, y0, x1, y1 = place.x0, place.y0, place.x1, place.y1
            printed = ((x0, y1), (x1, y1), (x1, y0), (x0, y0))
            return list(zip(printed, seen.corners, strict=True))
    return []
