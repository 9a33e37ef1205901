"""What both sides and the interpreter are told of a meeting: when it is, on their own clock, and how to join.

No name leaves the house, and no address of a video meeting: whoever holds that may walk in, and messages are
passed on and lie open on screens. What is sent leads to the reader's own page, behind the sign-in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.telling import tell_firm, tell_interpreter
from tragitto.selection.clocks import moment_to_tell, zones_of
from tragitto.selection.models import Interpreter, Meeting
from tragitto.selection.queries.rounds import rules_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_GUIDE_SUBJECT = _("Your interpreting has changed")
_GUIDE_TEXT = _("There is news about the meetings at which you interpret. Open your own page to read it.")


@dataclass(frozen=True)
class News:
    """A piece of news: the subject of an e-mail and the text, which holds in a text message too."""

    subject: "_StrPromise"
    text: "_StrPromise"
    guide_subject: "_StrPromise" = _GUIDE_SUBJECT
    guide_text: "_StrPromise" = _GUIDE_TEXT


BOOKED = News(
    _("You have a meeting"),
    _("You have an online meeting: {when}. Sign in to read with whom, and to join: {address}"),
)
MOVED = News(
    _("Your meeting has a new time"),
    _("Your online meeting has a new time: {when}. Sign in to read more: {address}"),
)
CANCELLED = News(
    _("A meeting was cancelled"),
    _("Your online meeting is cancelled: {when}. Sign in to read more: {address}"),
)
CHANGED = News(
    _("Something about your meeting has changed"),
    _("Something about your online meeting has changed: {when}. Sign in to read what: {address}"),
)
NEAR = News(
    _("Your meeting is near"),
    _("Your online meeting is near: {when}. Sign in to join: {address}"),
    _("A meeting at which you interpret is near"),
    _("You interpret at an online meeting: {when}. Open your own page to join it."),
)
EXPECTED = News(
    _("You are expected"),
    _("You are expected in your online meeting: {when}. Sign in to join: {address}"),
)


def tell_person(
    meeting: Meeting, news: News, *, key: str, until: datetime | None = None, actor: Actor, at: datetime
) -> str:
    """Tell the person, on their own clock first; the way it goes, "" for none. Not sent after `until`."""
    address = f"{settings.ADDRESS}/portal/m/{meeting.code}/"
    text = format_lazy(news.text, when=_when(meeting, is_abroad=True), address=address)
    return tell(
        candidate=meeting.candidate,
        subject=news.subject,
        text=text,
        key=key,
        until=until,
        actor=actor,
        at=at,
    )


def tell_firm_of(meeting: Meeting, news: News, *, key: str, actor: Actor, at: datetime) -> int:
    """Tell everybody who receives for the firm; how many."""
    expression = meeting.shortlisted.post.position.expression
    address = f"{settings.ADDRESS}/portal/selection/meetings/"
    return tell_firm(
        employer=expression.employer,
        call=expression.call,
        subject=news.subject,
        text=format_lazy(news.text, when=_when(meeting), address=address),
        key=key,
        actor=actor,
        at=at,
    )


def tell_guide(
    meeting: Meeting, who: Interpreter, news: News, *, key: str, actor: Actor, at: datetime
) -> bool:
    """Tell an interpreter of the meeting; whether it goes out."""
    text = format_lazy(news.guide_text, when=_when(meeting))
    return tell_interpreter(
        interpreter=who, subject=news.guide_subject, text=text, key=key, actor=actor, at=at
    )


def tell_sides(
    meeting: Meeting, news: News, *, key: str, until: datetime | None = None, actor: Actor, at: datetime
) -> None:
    """Tell the person, the firm and the interpreter."""
    tell_person(meeting, news, key=key, until=until, actor=actor, at=at)
    tell_firm_of(meeting, news, key=key, actor=actor, at=at)
    if meeting.interpreter is not None:
        tell_guide(meeting, meeting.interpreter, news, key=key, actor=actor, at=at)


def key_of(meeting: Meeting) -> str:
    """The occasion of a change: each state of a meeting is told once."""
    return f"meeting:{meeting.code}:{meeting.sequence}"


def _when(meeting: Meeting, *, is_abroad: bool = False) -> str:
    zones = zones_of(rules_of(meeting.day.round).meeting, is_abroad=is_abroad)
    return moment_to_tell(meeting.starts_at, zones)
