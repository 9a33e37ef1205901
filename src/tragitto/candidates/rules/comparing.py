"""Compares two spellings letter by letter: the exact letter that differs, not merely that one does."""

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from tragitto.candidates.rules import naming
from tragitto.candidates.rules.mrz import MrzReading


@dataclass(frozen=True)
class Piece:
    """A stretch of two texts: the same in both, or what stands in each instead of the other."""

    ours: str
    theirs: str

    @property
    def is_same(self) -> bool:
        """Whether both have it."""
        return self.ours == self.theirs


def pieces(ours: str, theirs: str) -> tuple[Piece, ...]:
    """Both texts in stretches, with as few letters put among the differing ones as can be."""
    steps = Levenshtein.opcodes(ours, theirs)
    return tuple(
        Piece(ours[each.src_start : each.src_end], theirs[each.dest_start : each.dest_end]) for each in steps
    )


def differing(ours: str, theirs: str) -> int:
    """How many letters must change to make one text of the other."""
    return Levenshtein.distance(ours, theirs)


def names_agree(surnames: str, given_names: str, zone: MrzReading) -> bool:
    """Whether names are those of a machine readable zone, as far as it shows them.

    A zone writes neither hyphens nor apostrophes and cuts what is too long; it may have the whole name as
    surnames, where a person has no given name.
    """
    ours = [naming.in_mrz(surnames), naming.in_mrz(given_names)]
    theirs = [zone.surnames, zone.given_names]
    if not zone.is_cut:
        return ours == theirs or [" ".join(filter(None, ours)), ""] == theirs
    return all(_begins(one, other) for one, other in zip(ours, theirs, strict=True))


def _begins(whole: str, cut: str) -> bool:
    """Whether every word that was left is one of the name, in its order, the last perhaps only begun."""
    words = iter(whole.split())
    return all(any(word.startswith(part) for word in words) for part in cut.split())
