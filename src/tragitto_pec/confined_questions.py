"""The questions the limited process answers: the readers of this package, each by its name."""

from __future__ import annotations

from typing import Any

import msgspec

from tragitto_pec.anchors import PUBLIC, AnchorSet
from tragitto_pec.archives import ArchiveReading, pack_archive, read_archive
from tragitto_pec.forms import FormReading, read_fields
from tragitto_pec.letter import Letter, is_message, letter_of
from tragitto_pec.limits import DEFAULT, Limits
from tragitto_pec.paper.crops import CropsAsked, CropsSeen, crops_of
from tragitto_pec.paper.look import PageAsked, page_of, paper_of
from tragitto_pec.paper.reading import PageImage, PaperReading
from tragitto_pec.picture import PictureAsked, PictureSeen, picture_of
from tragitto_pec.questions import Question
from tragitto_pec.reader import read
from tragitto_pec.reading import Reading
from tragitto_pec.sheets import SheetReading, read_sheet
from tragitto_pec.signatures import SignatureReading
from tragitto_pec.signatures.asking import Signed, find_signed
from tragitto_pec.wire import pack_reading


class Trusting(msgspec.Struct, frozen=True):
    """Whose seals count, and how far to read."""

    anchors: AnchorSet = PUBLIC
    limits: Limits = DEFAULT


class Whose(msgspec.Struct, frozen=True):
    """Whose words are wanted: the sender's, or those of the provider's envelope."""

    of_envelope: bool = False


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
LETTER = Question(
    "letter",
    options=Whose,
    answer=Letter,
    find=lambda raw, asked: (letter_of(raw, of_envelope=asked.of_envelope), b""),
)
IS_MESSAGE = Question(
    "is-message", options=Nothing, answer=bool, find=lambda raw, _asked: (is_message(raw), b"")
)
ARCHIVE = Question(
    "archive",
    options=Nothing,
    answer=ArchiveReading,
    find=lambda raw, _asked: pack_archive(read_archive(raw)),
)
PAPER = Question("paper", options=Nothing, answer=PaperReading, find=lambda raw, _asked: (paper_of(raw), b""))
PAGE = Question("page", options=PageAsked, answer=PageImage, find=page_of)
CROPS = Question("crops", options=CropsAsked, answer=CropsSeen, find=crops_of)
SIGNED = Question("signed", options=Signed, answer=SignatureReading, find=find_signed)
SHEET = Question(
    "sheet", options=Nothing, answer=SheetReading, find=lambda raw, _asked: (read_sheet(raw), b"")
)
PICTURE = Question("picture", options=PictureAsked, answer=PictureSeen, find=picture_of)

#: Every question by its name; the process knows no other.
QUESTIONS: dict[str, Question[Any, Any]] = {
    question.name: question
    for question in (READING, FIELDS, LETTER, IS_MESSAGE, ARCHIVE, PAPER, PAGE, CROPS, SIGNED, SHEET, PICTURE)
}
