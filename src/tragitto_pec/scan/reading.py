"""What was read from a printed form that came back as a scan: proposals, which a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tragitto_pec.forms_code import Code


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one place seems to say; never a value until a person has confirmed it.

    ``text`` is what was read: for a choice the value of the option, or the words as they stand there where
    they are none of its labels for sure. ``confidence`` goes from 0 to 1; a place without ink is an empty
    text. ``ticked`` is for boxes: None where it cannot be told.
    """

    text: str = ""
    confidence: float = 0.0
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of the file (from 1), the page of the form it is (0: none), and why it was not read.

    The words: ``no-code, other-form, no-template, repeated, one-code`` (nothing is read in places that
    may be the wrong ones), ``unreadable``.
    """

    number: int
    page: int = 0
    codes: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ScanReading:
    """The proposals of a scanned form, by the names of its places, or why there are none.

    A name without a proposal is unknown, not empty: nothing legible there, or its printed frame is not
    where it should be. ``missing`` are the pages of the form the file does
    not hold. ``is_signed_by_hand`` is whether there is ink where a person signs: None where that place
    was not seen. ``problem`` is a stable word, empty when the places were read: ``no-ocr`` (the machine
    cannot read text: only boxes are proposed), ``no-code, no-template, stopped``, or one of ``PAPER``'s.
    """

    code: Code | None = None
    pages: tuple[ScannedPage, ...] = ()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    is_signed_by_hand: bool | None = None
    problem: str = ""
