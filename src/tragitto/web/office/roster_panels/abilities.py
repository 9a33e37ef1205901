"""The part of a person's file on what they can do: their words, the office's text, and what is proved."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import names_of
from tragitto.candidates import permissions
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.abilities import abilities_of
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.office.roster_panels import Panel

TEMPLATE = "office/roster/abilities.html"


def panel(actor: Actor, candidate: Candidate) -> Panel:
    """All that the person says they can do, with what stands behind it today, and what the actor may do."""
    found = abilities_of(candidate, timezone.localdate(clock.now()))
    confirmers = {each.row.confirmed_by for each in found.skills}
    confirmers |= {each.row.confirmed_by for each in found.diplomas}
    confirmers |= {each.row.confirmed_by for each in found.languages}
    context = {
        "found": found,
        "regions": [each.title for each in candidate.scheme.regions.filter(code__in=candidate.regions)],
        "confirmers": names_of(confirmers),
        "may_tidy": permissions.may(actor, "candidate.tidy", candidate),
        "may_confirm": permissions.may(actor, "candidate.confirm_skill", candidate),
    }
    return Panel(TEMPLATE, _("What this person can do"), context)
