"""What both sides are written when they are to rank, until when, and once more before the term is over."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.telling import tell_firm
from tragitto.selection.clocks import moment_to_tell, zones_of
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries.rankings import Side
from tragitto.selection.queries.rounds import rules_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Words = tuple[_StrPromise, _StrPromise]
ASK_PERSON = (
    _("Say where you would like to work"),
    _("Sign in by {when} and say which firms you would rather go to. It is secret and costs nothing."),
)
ASK_FIRM = (
    _("Say whom you would like to hire"),
    _("Sign in to the portal by {when} and put the people whom you met in order."),
)
REMIND_PERSON = (
    _("Say where you would like to work"),
    _("You have not said yet which firms you would rather go to. Without it no match is possible: {when}."),
)
REMIND_FIRM = (
    _("Say whom you would like to hire"),
    _("Your position has not sent its order of the people yet. Without it no match is possible: {when}."),
)
REMIND_SHEETS = (
    _("Score sheets are missing"),
    _("Score sheets of your meetings were not sent yet. Sign in to the portal and send them by {when}."),
)


def ask_sides(round: Round, sides: Iterable[Side], *, actor: Actor, at: datetime) -> None:
    """Tell these sides to rank, and until when; `round` has its term. Once for each term."""
    for side in sides:
        if side.candidate is not None:
            tell_side(round, side, ASK_PERSON, key="rank", actor=actor, at=at)
        else:
            tell_side(round, side, ASK_FIRM, key="rank", actor=actor, at=at)


def tell_side(round: Round, side: Side, words: Words, *, key: str, actor: Actor, at: datetime) -> None:
    """Tell one side in `words`, with the term on its own clock."""
    assert round.rank_by is not None, "the round has a term"
    about, text = words
    occasion = f"{key}:{round.code}:{round.rank_by:%Y%m%d%H%M%S}"
    zones = zones_of(rules_of(round).meeting, is_abroad=side.candidate is not None)
    said = format_lazy(text, when=moment_to_tell(round.rank_by, zones))
    if side.candidate is not None:
        tell(
            candidate=side.candidate,
            subject=about,
            text=said,
            key=occasion,
            until=round.rank_by,
            actor=actor,
            at=at,
        )
    elif side.post is not None:
        tell_post(side.post, about, said, key=occasion, actor=actor, at=at)


def tell_post(
    post: RoundPost, about: "_StrPromise", said: "_StrPromise", *, key: str, actor: Actor, at: datetime
) -> None:
    """Tell the firm of a post, which comes with its employer and call."""
    tell_firm(
        employer=post.position.expression.employer,
        call=post.position.expression.call,
        subject=about,
        text=said,
        key=f"{key}:{post.code}",
        actor=actor,
        at=at,
    )
