"""What speaks for and against two registrations being one person, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.likeness import POINTS
from tragitto.candidates.vocabulary import LikeReason
from tragitto.candidates.words import LIKE_REASON, Word
from tragitto.web.office.identity_words import FIELDS as DOCUMENT_FIELDS

FIELDS: Mapping[str, Word] = {
    **DOCUMENT_FIELDS,
    "arabic_surnames": _("Surnames in Arabic letters"),
    "arabic_given_names": _("Given names in Arabic letters"),
    "birth_place": _("Place of birth"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "town": _("Town"),
}
#: From so many points on: how it is called, and the tone of its badge.
_DEGREES: tuple[tuple[int, str, Word], ...] = (
    (85, "bad", _("Very much alike")),
    (65, "open", _("Much alike")),
    (0, "neutral", _("Somewhat alike")),
)


@dataclass(frozen=True)
class Told:
    """How alike two are: a word with its tone, what speaks for it and what against."""

    tone: str
    word: Word
    speaks_for: tuple[Word, ...]
    against: tuple[Word, ...]


def told(score: int, reasons: Iterable[str]) -> Told:
    """A score with its reasons, in words."""
    known = [reason for reason in LikeReason if reason in set(reasons)]
    _least, tone, word = next(each for each in _DEGREES if score >= each[0])
    return Told(
        tone=tone,
        word=word,
        speaks_for=tuple(LIKE_REASON[each] for each in known if POINTS[each] >= 0),
        against=tuple(LIKE_REASON[each] for each in known if POINTS[each] < 0),
    )
