"""What may no longer be stated of a post: seats that others hold, demands that people were asked with."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.refusals import Finding
from tragitto.selection.models import Match, Round, RoundPost, Run
from tragitto.selection.queries.posts import free_seats
from tragitto.selection.vocabulary import RunKind


def wrong_seats(seats: int, post: RoundPost) -> list[Finding]:
    """Why a post, that comes with its position, cannot have so many seats. Two queries."""
    least = Match.objects.filter(post=post, ended_at=None).count()
    most = free_seats([post.position])[post.position_id] + least
    if seats < 1:
        return [Finding("wrong_seats", _("A position has at least one seat."), {"field": "seats"})]
    if seats > most:
        text = _("The firm was admitted with {most} seats for this position: there cannot be more.")
        if most != post.position.seats:
            text = _("Only {most} seats of this position are admitted and free: there cannot be more.")
        return [Finding("too_many_seats", text.format(most=most), {"field": "seats"})]
    if seats < least:
        text = _("People matched with this position hold {least} seats: there cannot be fewer.")
        return [Finding("too_few_seats", text.format(least=least), {"field": "seats"})]
    return []


def was_asked_for(post: RoundPost) -> bool:
    """Whether people were asked for the post, so that what it asks for stays as it is. One query."""
    return post.shortlist.filter(published_at__isnull=False).exists()


def frozen(stated: Mapping[str, Any], post: RoundPost) -> list[Finding]:
    """Why what a post asks for cannot be written as `stated` (fields and values) any more. One query."""
    is_same = all(_said(getattr(post, name)) == _said(value) for name, value in stated.items())
    if is_same or not was_asked_for(post):
        return []
    text = _("People were asked for this position by what it asks for: that stays as it is in this round.")
    return [Finding("demands_frozen", text)]


def late_seats(round: Round, ground: str) -> list[Finding]:
    """Why the seats of a post cannot be changed now, or not without a ground. One query."""
    if round.rank_by is None:
        return []
    matches = Run.objects.filter(round=round, kind=RunKind.MATCH, is_what_if=False)
    confirmed = matches.filter(adoption__isnull=False, number__gt=OuterRef("number"))
    if matches.filter(~Exists(confirmed), adoption=None).exists():
        text = _("A match was run and waits for a second person: let it be confirmed before seats change.")
        return [Finding("match_waits", text, {"field": "seats"})]
    if not ground.strip():
        text = _("Both sides were asked for their rankings already: say why the seats change now.")
        return [Finding("ground_missing", text, {"field": "ground"})]
    return []


def _said(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple) else value
