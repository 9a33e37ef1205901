"""The shapes of how a scheme selects: weights, shortlists, meetings, rankings, terms; all of it published."""

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import Confidence
from tragitto.schemes.vocabulary.selections import Proposing, SelectionCriterion, TieRule


class WeightSpec(Spec, frozen=True, kw_only=True):
    """Whole points for each unit of a criterion, up to `most` units."""

    criterion: SelectionCriterion
    points: int
    most: int
    title: Texts


class CallSelectionSpec(Spec, frozen=True, kw_only=True):
    """What a call says otherwise than the scheme: how many people for each seat, and its own weights."""

    call: str
    per_seat: int | None = None
    weights: tuple[WeightSpec, ...] = ()
    source: str


class SheetLineSpec(Spec, frozen=True, kw_only=True):
    """A line of every employer's score sheet, beside those of the requirements of its position."""

    code: str
    title: Texts


class MeetingSpec(Spec, frozen=True, kw_only=True):
    """How meetings are held: lengths in minutes, hours of the day in `zone`, terms in whole hours.

    `other_zones` = where the people are: their hour stands beside that of `zone`. `fill_hours` = an hour that
    becomes free so many hours before, or earlier, goes by itself to who waits; nearer, the desk decides.
    """

    minutes: int
    gap_minutes: int
    first: str
    last: str
    pause_from: str
    pause_to: str
    zone: str
    other_zones: tuple[str, ...]
    ask_days: int
    move_hours: int
    moves: int
    remind_hours: tuple[int, ...]
    fill_hours: int = 1


class SelectionSpec(Spec, frozen=True, kw_only=True):
    """One version of a scheme's rules of selection; a round keeps the version it was published with.

    Terms in whole days: to answer an invitation, to rank, to answer an offer; `offer_within_days` = to make
    it, `remind_days` = before a term whoever is late is reminded; 0 in versions from before they were said:
    no term, nobody reminded. `reserve_percent` = the share
    of the eligible people kept for positions still to come. `sheet_levels` = the words of the score sheet
    from the lowest (0 points) upwards. `said` = the rules in plain words, in paragraphs, for everybody.
    """

    version: int
    per_seat: int
    reserve_percent: int
    answer_days: int
    ranking_days: int
    offer_days: int
    proposing: Proposing
    ties: TieRule
    weights: tuple[WeightSpec, ...]
    meeting: MeetingSpec
    sheet: tuple[SheetLineSpec, ...]
    sheet_levels: tuple[Texts, ...]
    said: tuple[Texts, ...]
    calls: tuple[CallSelectionSpec, ...] = ()
    confidence: Confidence
    source: str
    offer_within_days: int = 0
    remind_days: int = 0

    def weights_of(self, call: str) -> tuple[WeightSpec, ...]:
        """The weights of the call of this code."""
        own = next((each.weights for each in self.calls if each.call == call), ())
        return own or self.weights

    def per_seat_of(self, call: str) -> int:
        """How many people are proposed for each seat under the call of this code."""
        own = next((each.per_seat for each in self.calls if each.call == call), None)
        return own or self.per_seat
