"""What the selection keeps."""

from tragitto.selection.models.matches import Match, Offer
from tragitto.selection.models.meetings import Availability, Interpreter, Meeting, MeetingDay
from tragitto.selection.models.rankings import Ranking, RankingLine, ScoreSheet
from tragitto.selection.models.rounds import Round, RoundPost
from tragitto.selection.models.runs import Adoption, Run
from tragitto.selection.models.shortlists import Shortlisted

__all__ = [
    "Adoption",
    "Availability",
    "Interpreter",
    "Match",
    "Meeting",
    "MeetingDay",
    "Offer",
    "Ranking",
    "RankingLine",
    "Round",
    "RoundPost",
    "Run",
    "ScoreSheet",
    "Shortlisted",
]
