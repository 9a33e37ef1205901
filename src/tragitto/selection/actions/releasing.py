"""Meetings of who takes no part any more are cancelled, so that somebody who waits gets the time."""

from datetime import datetime

from django.utils.translation import gettext as _

from tragitto.kernel.actors import Actor
from tragitto.selection.actions.booking import cancel
from tragitto.selection.queries.meetings import without_part


def release(*, actor: Actor, at: datetime) -> int:
    """Cancel the coming meetings of people or firms who have left; how many. Again it cancels nothing more.

    Each in a transaction of its own, as `booking.cancel` does it: both sides are told, the time goes on.
    Raises `NotAllowed` for who may not arrange meetings.
    """
    ground = _("One of the two sides takes no part in the selection any more.")
    return sum(bool(cancel(meeting=each, ground=ground, actor=actor, at=at)) for each in without_part(at))
