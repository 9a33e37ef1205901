"""On which lists of the organisation a person stands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import lists
from tragitto.kernel.actors import Actor
from tragitto.web.office.forms.roster_acts import PutForm
from tragitto.web.office.roster_panels import Panel


def panel(actor: Actor, candidate: Candidate, sent: PutForm | None = None) -> Panel | None:
    """The lists with the person's place on them, and the form to add one; nothing for whoever keeps none."""
    if not permissions.may_with_roster(actor, "roster.search", candidate.scheme):
        return None
    may = permissions.may_with_roster(actor, "roster.list", candidate.scheme)
    context = {
        "entries": list(lists.lists_of(actor, candidate)),
        "form": (sent or form_for(actor, candidate)) if may else None,
    }
    return Panel("office/roster/person_lists.html", _("Lists"), context)


def form_for(actor: Actor, candidate: Candidate, data: Mapping[str, Any] | None = None) -> PutForm:
    """The form to put the person on a list."""
    return PutForm(data, lists=list(lists.open_lists(actor, candidate.scheme)), prefix="list")
