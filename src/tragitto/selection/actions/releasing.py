"""Meetings of who takes no part any more are cancelled, so that somebody who waits gets the time."""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.selection.actions.booking import cancel
from tragitto.selection.queries.meetings import without_part

log = logging.getLogger(__name__)


def release(*, actor: Actor, at: datetime) -> int:
    """Cancel the coming meetings of people or firms who have left; how many. Again it cancels nothing more.

    Each in a transaction of its own, as `booking.cancel` does it: both sides are told, the time goes on. One
    that cannot be cancelled is written in the log, and the others are.
    Raises `NotAllowed` for who may not arrange meetings.
    """
    ground = _("One of the two sides takes no part in the selection any more.")
    done = 0
    for each in without_part(at):
        try:
            cancel(meeting=each, ground=ground, actor=actor, at=at)
            done += 1
        except Blocked as refused:
            log.error("meeting %s was not cancelled: %s", each.code, refused.findings[0].code)
    return done
