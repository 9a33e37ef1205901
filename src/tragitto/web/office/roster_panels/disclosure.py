"""The part of a person's file on who sees what: invitations, lists of names, papers, looks."""

from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import names_of
from tragitto.candidates import curricula, permissions, words
from tragitto.candidates.actions.looking import SEEN
from tragitto.candidates.models import Candidate, NamedList
from tragitto.candidates.queries import disclosure, looks
from tragitto.employers.queries.names import names_of_employers
from tragitto.kernel.actors import Actor
from tragitto.ledger.queries import told_of
from tragitto.web.office.disclosing import firms
from tragitto.web.office.forms.disclosing import InviteForm
from tragitto.web.office.roster_panels import Panel

TEMPLATE = "office/roster/disclosure.html"
#: How many looks are shown at once; the ledger has them all.
LATEST = 10


def panel(actor: Actor, candidate: Candidate, form: InviteForm | None = None) -> Panel | None:
    """What firms see of the person, who was told the name, and who looked at the file lately."""
    if not candidate.is_sent:
        return None
    invitations = list(disclosure.invitations_of(candidate))
    lists = list(NamedList.objects.filter(entries__candidate=candidate).order_by("-made_at", "-pk"))
    told = list(told_of(candidate.code, SEEN)[:LATEST])
    places = {each.facts["organisation"] for each in told}
    known, people = looks.lookers(candidate.scheme, places), names_of(each.actor for each in told)
    may_invite = permissions.may(actor, "candidate.invite", candidate)
    if may_invite and form is None:
        form = InviteForm(firms=firms(actor, candidate.scheme), prefix="invite")
    context = {
        "is_shown": disclosure.may_be_shown(candidate),
        "invitations": invitations,
        "firms": names_of_employers(
            [*(each.recipient for each in invitations), *(each.recipient for each in lists), *places]
        ),
        "lists": lists,
        "looks": [
            (each.at, people.get(each.actor, each.actor), each.facts["organisation"], each.facts["what"])
            for each in told
        ],
        "lookers": {code: each.name for code, each in known.items()},
        "looked": words.LOOKED,
        "form": form if may_invite else None,
        "kinds": [(kind, language) for kind in curricula.KINDS for language in curricula.LANGUAGES],
    }
    return Panel(TEMPLATE, _("Who sees this person"), context)
