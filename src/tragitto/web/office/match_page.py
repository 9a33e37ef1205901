"""The match at the desk, in words: why somebody moves, what proves the result, what keeps a run back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import Text
from tragitto.selection import permissions
from tragitto.selection.models import Round, Run
from tragitto.selection.queries.matches import Placed
from tragitto.selection.queries.rankings import Side

#: Why somebody moves in a match made anew, by the words of the engine.
WHYS: Mapping[str, Promise] = {
    "left": pgettext_lazy("move", "Left, or did not accept the offer"),
    "seat_free": pgettext_lazy("move", "A seat became free at a position they like better"),
    "seat_gone": pgettext_lazy("move", "Their seat was withdrawn"),
    "put_out": pgettext_lazy("move", "Somebody whom the firm ranked higher lost a seat elsewhere"),
}


@dataclass(frozen=True)
class Sent:
    """One side of the round: whose ranking it is, and whether it was sent."""

    title: Text
    firm: str
    code: str
    pairs: int
    is_begun: bool
    is_sent: bool
    sheets: int = 0


def sides(found: list[Side], sheets: Mapping[str, int]) -> tuple[list[Sent], list[Sent]]:
    """The posts and the people of a round with what they sent, never what they wrote; `sheets` = how many
    score sheets were sent for a post, by code.
    """
    posts, people = [], []
    for side in found:
        if side.post is not None:
            position = side.post.position
            firm = position.expression.employer
            row = _sent(side, side.post.code, position.profile.title, firm.name or firm.code)
            posts.append(replace(row, sheets=sheets.get(side.post.code, 0)))
        elif side.candidate is not None:
            people.append(_sent(side, side.candidate.code, {}, ""))
    return posts, people


def proof_said(run: Run) -> list[str]:
    """What proves the match, in words."""
    proof = run.proof
    pairs = ngettext(
        "{count} pair ranked each other, and none of them would rather have each other than what they got.",
        "{count} pairs ranked each other, and none of them would rather have each other than what they got.",
        proof["pairs"],
    )
    placed = ngettext(
        "{count} person has a position, for {seats} seats.",
        "{count} people have a position, for {seats} seats.",
        proof["placed"],
    )
    return [
        placed.format(count=proof["placed"], seats=proof["seats"]),
        pairs.format(count=proof["pairs"]),
        _("Nobody has a position that did not rank them, and no position more people than seats."),
        _("Everybody finds the same by their own list and the last places reached."),
    ]


def may_confirm(actor: Actor, of: Round, run: Run | None) -> bool:
    """Whether `actor` may confirm this run: at the desk, and not who ran it."""
    if run is None or run.run_by == actor.code:
        return False
    is_open = not hasattr(run, "adoption") and of.is_open
    return is_open and permissions.may(actor, "round.confirm_match", of.scheme)


def waits_for_another(actor: Actor, of: Round, run: Run | None) -> bool:
    """Whether this run waits for a second person, and `actor`, who ran it, is not that one."""
    if run is None or run.run_by != actor.code or hasattr(run, "adoption") or not of.is_open:
        return False
    return permissions.may(actor, "round.confirm_match", of.scheme)


def why_none(placed: Placed) -> str:
    """Why somebody has no position, in words."""
    if not placed.lines:
        return _("They sent no wishes that could count.")
    if not any(line.place for line in placed.lines):
        return _("Nobody ranked them whom they ranked.")
    return _("The positions that they ranked went to people with a better place.")


def _sent(side: Side, code: str, title: Text, firm: str) -> Sent:
    return Sent(title, firm, code, side.pairs, side.ranking is not None, side.is_sent)
