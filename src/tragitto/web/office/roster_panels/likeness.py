"""The part of a person's file on who looks like them, and on what was merged."""

from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import like_pairs
from tragitto.candidates.vocabulary import Likeness
from tragitto.kernel.actors import Actor
from tragitto.web.office.forms.likeness import BesideForm
from tragitto.web.office.likeness_words import told
from tragitto.web.office.roster_panels import Panel

TEMPLATE = "office/roster/duplicates_panel.html"


def panel(actor: Actor, candidate: Candidate, form: BesideForm | None = None) -> Panel | None:
    """Pairs and merges of the person; `form` was refused. None where there is nothing to see or to do."""
    may = permissions.may(actor, "candidate.merge", candidate)
    if not candidate.is_sent or (candidate.account and candidate.account == actor.code):
        return None
    pairs = [
        (pair, pair.second if pair.first_id == candidate.pk else pair.first, told(pair.score, pair.reasons))
        for pair in like_pairs.pairs_of(candidate)
    ]
    merges = list(like_pairs.merges_of(candidate))
    if not (pairs or merges or may):
        return None
    context = {
        "open": [each for each in pairs if each[0].state == Likeness.OPEN],
        "apart": [each for each in pairs if each[0].state == Likeness.DIFFERENT],
        "merges": merges,
        "form": (form or BesideForm(prefix="beside")) if may else None,
    }
    return Panel(TEMPLATE, _("Who looks like this person"), context)
