"""What a person's home says of the selection: the next meeting, what is asked of them, an open offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tragitto.candidates.models import Candidate
from tragitto.selection.models import Meeting, MeetingDay, Offer, Round
from tragitto.selection.queries.meetings import own_days, own_meetings
from tragitto.selection.queries.offers import own_offers
from tragitto.selection.queries.rankings import rounds_to_wish
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.meeting_times import Reading, when


@dataclass(frozen=True)
class Ahead:
    """The next meeting with its time on every clock, if there is one, the days to answer about, the rounds in
    which they may say where they would rather work, and the offers that wait for an answer.
    """

    next: Meeting | None
    when: tuple[Reading, ...]
    to_answer: Sequence[MeetingDay]
    to_wish: Sequence[Round]
    offers: Sequence[Offer]


def ahead(candidate: Candidate, at: datetime) -> Ahead:
    """What is ahead of the person. Four queries."""
    coming = own_meetings(candidate).filter(state=MeetingState.PLANNED, ends_at__gt=at).first()
    asked = own_days(candidate).filter(answer_by__gte=at).exclude(availabilities__candidate=candidate)
    return Ahead(
        next=coming,
        when=when(coming, is_abroad=True) if coming else (),
        to_answer=list(asked),
        to_wish=list(rounds_to_wish(candidate, at=at)),
        offers=list(own_offers(candidate).filter(answer="", due_at__gt=at)),
    )
