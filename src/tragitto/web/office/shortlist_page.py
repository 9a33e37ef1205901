"""A shortlist as the desk sees it: lines with their words and reasons, and how evenly people are seen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.shortlists import STANDING, Line
from tragitto.selection.rules.reasons import ReasonLine, score_lines
from tragitto.selection.vocabulary import LineState
from tragitto.web.office.word import Word

STATES: dict[LineState, Word] = {
    LineState.PROPOSED: Word(pgettext_lazy("shortlist", "Proposed, not asked yet"), "neutral"),
    LineState.ASKED: Word(pgettext_lazy("shortlist", "Asked, no answer yet"), "open"),
    LineState.ACCEPTED: Word(pgettext_lazy("shortlist", "Would like to meet the firm"), "good"),
    LineState.DECLINED: Word(pgettext_lazy("shortlist", "Said no"), "neutral"),
    LineState.UNSEEN: Word(pgettext_lazy("shortlist", "May not be shown any more"), "bad"),
    LineState.GIVEN_UP: Word(pgettext_lazy("shortlist", "Left the round"), "neutral"),
    LineState.REMOVED: Word(pgettext_lazy("shortlist", "Taken off"), "neutral"),
}

#: States in which somebody was asked, and may answer or think again.
ANSWERABLE = (LineState.ASKED, LineState.ACCEPTED, LineState.DECLINED)


@dataclass(frozen=True)
class LineShown:
    """One person of a shortlist: where they stand in words, and what their score is made of."""

    line: Line
    word: Word
    reasons: tuple[ReasonLine, ...]

    @property
    def stands(self) -> bool:
        """Whether the person takes up a place of the list."""
        return self.line.state in STANDING

    @property
    def tells_the_desk(self) -> bool:
        """Whether the person was asked and has no account to answer with."""
        return self.line.state in ANSWERABLE and not self.line.row.candidate.account


@dataclass(frozen=True)
class PostShown:
    """A post with its list: the places there are, those taken, and everybody on it."""

    post: RoundPost
    places: int
    lines: tuple[LineShown, ...]

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return sum(each.stands for each in self.lines)

    def count(self, state: LineState) -> int:
        """How many people have come this far."""
        return sum(each.line.state == state for each in self.lines)

    @property
    def accepted(self) -> int:
        """How many said yes."""
        return self.count(LineState.ACCEPTED)

    @property
    def asked(self) -> int:
        """How many have not answered yet."""
        return self.count(LineState.ASKED)


def post_shown(post: RoundPost, lines: Iterable[Line], of: Round) -> PostShown:
    """The list of `post`, with the words of its states and the reasons of its scores."""
    rules, call = rules_of(of), post.position.expression.call.code
    weights = rules.weights_of(call)
    shown = tuple(
        LineShown(each, STATES[each.state], score_lines(each.row.contributions, weights)) for each in lines
    )
    return PostShown(post, post.seats * rules.per_seat_of(call), shown)


def exposure(posts: Iterable[Iterable[Line]]) -> list[tuple[int, int]]:
    """How many people stand on how many lists: (lists, people), the fewest lists first."""
    looks = {line.row.candidate_id: line.looks for lines in posts for line in lines if line.state in STANDING}
    return sorted(Counter(looks.values()).items())
