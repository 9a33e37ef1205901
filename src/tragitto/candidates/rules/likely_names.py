"""How alike names are, in either script: letters, sounds, parts left out, surnames and given names turned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from tragitto.candidates.rules import letters, naming
from tragitto.candidates.vocabulary import LikeReason

#: Degrees of likeness of one part of a name, of a hundred.
SAME, SOUNDS_SAME, PART, NEAR, FAR = 100, 95, 88, 85, 65
#: Letters so alike that names of one sound are taken for one name: HOCINE and HUSSEIN, not HASSAN.
ONE_SOUND = 70
#: AMINE and AMINA, حسن and حسنة are two names, however near their letters are.
OTHER_FORM = 50
#: How many letters at the beginning bring two names of one day together whose sounds a slip has changed.
SURNAME_BEGINS, GIVEN_NAME_BEGINS = 5, 3
#: Below this share of common letters two whole names have nothing to do with each other.
STRANGE = 0.6
_HEARD = (
    (r"[^A-Z]", ""), (r"C(?=[EIY])", "S"), (r"SH", "CH"), (r"PH", "F"), (r"DJ", "J"), (r"DH", "D"),
    (r"TH", "T"), (r"Q", "K"), (r"(?<=..)(?<!C)[HE]+$", ""), (r"OU|OO|O|W", "U"),
    (r"AY|EY|AI|EI|EE|Y|E", "I"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_ARTICLES = frozenset({"EL", "AL", "L"})
_RULES = tuple((re.compile(pattern), written) for pattern, written in _HEARD)


@dataclass(frozen=True, slots=True)
class Part:
    """Surnames, or given names, made ready to be compared."""

    heard: str
    words: frozenset[str]
    arabic: str
    arabic_words: frozenset[str]
    keys: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.heard or self.arabic)


@dataclass(frozen=True, slots=True)
class Names:
    """One spelling of a person's names in either script, or in both; `begins` = the first letters of each."""

    surnames: Part
    given_names: Part
    begins: tuple[str, str] = ("", "")

    @property
    def keys(self) -> frozenset[str]:
        """The sounds of all of it."""
        return self.surnames.keys | self.given_names.keys

    @property
    def heard(self) -> str:
        """All of it as it sounds, in Latin letters."""
        return self.surnames.heard + self.given_names.heard


def names_of(
    surnames: str, given_names: str, arabic_surnames: str = "", arabic_given_names: str = ""
) -> Names:
    """The names made ready to be compared."""
    return Names(
        _part(surnames, arabic_surnames),
        _part(given_names, arabic_given_names),
        (surnames[:SURNAME_BEGINS], given_names[:GIVEN_NAME_BEGINS]),
    )


@lru_cache(maxsize=50_000)  # a people shares its names
def _part(latin: str, arabic: str) -> Part:
    arabic = letters.bare_arabic(arabic).translate(_ONE_ALEF)
    written = naming.canonical(latin).replace("-", " ").split()
    words = [_heard(word) for word in written if word not in _ARTICLES or len(written) == 1]
    keys = frozenset(naming.keys_of(latin, "", arabic, ""))
    return Part(
        heard="".join(words),
        words=frozenset(words),
        arabic=arabic.replace(" ", "").removeprefix("ال"),
        arabic_words=frozenset(word.removeprefix("ال") for word in arabic.split()),
        keys=keys,
    )


_ONE_ALEF = str.maketrans("أإآٱىؤئ", "ااااييي")


def _heard(latin: str) -> str:
    for pattern, written in _RULES:
        latin = pattern.sub(written, latin)
    return latin


def reason_of_names(ones: Sequence[Names], others: Sequence[Names]) -> list[LikeReason]:
    """What the names say, by the two spellings that are most alike; nothing where one has none."""
    told = [_reasons(one, other) for one in ones for other in others]
    return min((each for each in told if each), key=_rank, default=[])


_ORDER = (
    LikeReason.SAME_NAMES,
    LikeReason.SOUND_ALIKE,
    LikeReason.PART_OF_NAMES,
    LikeReason.NAMES_ALIKE,
    LikeReason.OTHER_GIVEN_NAMES,
    LikeReason.OTHER_SURNAMES,
    LikeReason.OTHER_NAMES,
)


def _rank(reasons: list[LikeReason]) -> tuple[int, int]:
    return _ORDER.index(reasons[0]), len(reasons)


def _reasons(one: Names, other: Names) -> list[LikeReason]:
    if _are_strangers(one, other):
        return [LikeReason.OTHER_NAMES]
    straight = _reason(alike(one.surnames, other.surnames), alike(one.given_names, other.given_names))
    if straight is None:
        return []
    if straight in _ORDER[:4]:
        return [straight]
    crossed = _reason(alike(one.surnames, other.given_names), alike(one.given_names, other.surnames))
    if crossed in _ORDER[:3]:
        return [crossed, LikeReason.NAMES_TURNED]
    return [straight]


def _are_strangers(one: Names, other: Names) -> bool:
    """Whether nothing sounds alike and the letters are far apart: most pairs, told at little cost."""
    mine, theirs = one.keys, other.keys
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return False
    return Indel.normalized_similarity(one.heard, other.heard, score_cutoff=STRANGE) == 0


def _reason(family: int | None, first: int | None) -> LikeReason | None:
    if family is None or first is None:
        known = family if first is None else first
        return None if known is None else LikeReason.OTHER_NAMES if known < FAR else LikeReason.NAMES_ALIKE
    worst, best = min(family, first), max(family, first)
    if worst >= SOUNDS_SAME:
        return LikeReason.SAME_NAMES if worst == SAME else LikeReason.SOUND_ALIKE
    if worst >= NEAR:
        return LikeReason.PART_OF_NAMES
    if best >= NEAR and worst >= FAR:
        return LikeReason.NAMES_ALIKE
    if best >= NEAR:
        return LikeReason.OTHER_GIVEN_NAMES if family == best else LikeReason.OTHER_SURNAMES
    return LikeReason.OTHER_NAMES


def alike(one: Part, other: Part) -> int | None:
    """How alike two parts are, of a hundred; None where one is not known."""
    if not one or not other:
        return None
    in_latin = _latin(one, other) if one.heard and other.heard else None
    in_arabic = _arabic(one, other) if one.arabic and other.arabic else None
    # Arabic letters write one name in one way: where both have them they decide against Latin ones.
    if in_arabic == SAME:
        return SAME
    if in_latin is not None and in_arabic is not None:
        return min(in_latin, in_arabic)
    if in_latin is not None or in_arabic is not None:
        return in_latin if in_arabic is None else in_arabic
    if one.keys == other.keys:
        return SOUNDS_SAME
    return PART if one.keys < other.keys or other.keys < one.keys else 0


def _latin(one: Part, other: Part) -> int:
    if one.heard == other.heard:
        return SAME
    if _other_form(one.heard, other.heard, "A"):
        return OTHER_FORM
    near = round(100 * Indel.normalized_similarity(one.heard, other.heard))
    if near >= ONE_SOUND and one.keys == other.keys:
        return SOUNDS_SAME
    if one.words < other.words or other.words < one.words:
        return PART
    return near


def _arabic(one: Part, other: Part) -> int:
    if one.arabic == other.arabic or one.arabic_words == other.arabic_words:
        return SAME
    if _other_form(one.arabic, other.arabic, "ة"):
        return OTHER_FORM
    if one.arabic_words < other.arabic_words or other.arabic_words < one.arabic_words:
        return PART
    return round(100 * Indel.normalized_similarity(one.arabic, other.arabic))


def _other_form(one: str, other: str, ending: str) -> bool:
    return one + ending == other or other + ending == one
