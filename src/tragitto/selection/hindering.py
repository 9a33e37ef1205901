"""Why a registration cannot go into another now: its places, meetings and match would be lost."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.hindering import hinders_merging
from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Finding
from tragitto.selection.models import Match, Shortlisted


@hinders_merging
def stands_in_a_round(gone: Candidate) -> list[Finding]:
    """The person is on a shortlist of a round that goes on, or matched. Two queries."""
    on_lists = Shortlisted.objects.filter(
        Q(post__left_at=None), candidate=gone, removed_at=None, given_up_at=None, post__round__closed_at=None
    )
    if Match.objects.filter(candidate=gone, ended_at=None).exists():
        text = _("{code} is matched with a firm: keep this registration and merge the other into it.")
        return [Finding("in_selection", text.format(code=gone.code))]
    if not on_lists.exists():
        return []
    text = _(
        "{code} stands in a round of the selection: keep this registration and merge the other into it, or"
        " wait until the round is closed."
    )
    return [Finding("in_selection", text.format(code=gone.code))]
