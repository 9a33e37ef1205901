"""Whether one person suits one post now, every reason why not, and the score; by the engine itself."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Finding
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries.rounds import posts_of, rules_of
from tragitto.selection.queries.snapshots import Snapshot, barred, snapshot
from tragitto.selection.queries.wording import in_words
from tragitto.selection.rules.contributing import Contributing
from tragitto.selection.rules.proposals import Proposal
from tragitto_matching.explaining import why_not


def hindrances(round: Round, post: RoundPost, candidate: Candidate, *, at: datetime) -> list[Finding]:
    """Every reason why the person cannot be put on the list of the post; none for who suits it.

    About twenty queries.
    """
    taken = _taken(round, candidate, at)
    if candidate.code not in taken.candidates:
        text = _("This person has not consented to be shown to firms, or is not on the roster now.")
        return [Finding("not_to_be_shown", text)]
    where = next(each for each in posts_of(round) if each.pk == post.pk)
    if (candidate.code, post.code) in set(barred([where])):
        text = _("This person said no to this, or stands on a list of people not to be proposed for it.")
        return [Finding("barred", text)]
    reasons = why_not(taken.instance, taken.candidates[candidate.code], taken.posts[post.code])
    return [Finding(each.code, lazystr(in_words(each, "office", round.scheme))) for each in reasons]


def scored(round: Round, post: RoundPost, candidate: Candidate, *, at: datetime) -> Proposal:
    """The person for the post with the score and what it is made of; `hindrances` has found nothing."""
    taken = _taken(round, candidate, at)
    line = Contributing(taken.instance).line(taken.candidates[candidate.code], taken.posts[post.code])
    made_of = tuple(tuple(each) for each in line["contributions"])
    return Proposal(post.code, candidate.code, 1, line["score"], made_of)


def _taken(round: Round, candidate: Candidate, at: datetime) -> Snapshot:
    on = at.astimezone(ZoneInfo(rules_of(round).meeting.zone)).date()
    found = snapshot(round, on=on, people=[candidate.pk])
    # That the desk took somebody off does not hinder it from putting them back; `barred` is asked apart.
    free = np.empty((0, 2), dtype=np.int32)
    return replace(found, instance=replace(found.instance, excluded=free))
