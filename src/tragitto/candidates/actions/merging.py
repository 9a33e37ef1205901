"""Merging two registrations of one person, and undoing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions import indexing, likeness
from tragitto.candidates.actions.merging_rows import go_back, go_over
from tragitto.candidates.actions.standing import merge_into, unmerge
from tragitto.candidates.hindering import hindrances_to_merging
from tragitto.candidates.holding import held
from tragitto.candidates.models import Candidate, LikePair, Merge
from tragitto.candidates.vocabulary import Likeness
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.vocabulary import RosterStatus


@transaction.atomic
def merge(*, pair: LikePair, kept: Candidate, ground: str, actor: Actor, at: datetime) -> Merge:
    """Decide that the two of `pair` are one person: `kept` stays, the other goes into it.

    Documents, photos, abilities, registrations by others, consents, invitations and lists go over, unless
    `kept` has the same; what `kept` does not say is taken from the other, whose spelling stays as a variant.
    The earlier place on the roster counts, and the person's last word on each consent. Histories stay where
    they are. All of it can be undone. Raises `NotAllowed` for whoever may not decide about both; `Stale` when
    the pair is decided, or one is over; `Blocked` without a ground, where `kept` has come less far, and while
    something hinders that the other goes.
    """
    pair = likeness.held_pair(pair, actor)
    likeness.demand_open(pair)
    first, second = held(pair.first), held(pair.second)
    kept, gone = (first, second) if kept.pk == first.pk else (second, first)
    if not ground.strip():
        said = _("Please write how you know that this is one person.")
        raise Blocked(Finding("ground_missing", said, {"field": "ground"}))
    if findings := hindrances_to_merging(gone):
        raise Blocked(findings)

    merge_into(gone=gone, kept=kept, actor=actor, at=at)
    gone, kept = held(gone), held(kept)
    moved = go_over(gone, kept, at=at)
    _touched(kept)
    merged = Merge.objects.create(
        code=new_code("M"),
        kept=kept,
        gone=gone,
        moved=moved,
        ground=ground.strip(),
        merged_at=at,
        merged_by=actor.code,
    )
    likeness.decided(pair, Likeness.SAME, ground, actor=actor, at=at)
    _refreshed(gone, kept, actor=actor, at=at)
    _told("candidate.merged", merged, actor=actor, at=at)
    return merged


@transaction.atomic
def undo_merge(*, merge: Merge, actor: Actor, at: datetime) -> Merge:
    """Undo `merge`: everything that went over goes back, and each stands where they stood; but what the
    person withdrew since, the registration or a consent, is withdrawn in both.

    What was written about the person since stays with the one that was kept. The two are a pair to be decided
    again. Raises `NotAllowed`; `Stale` when it is undone; `Blocked` where the person has registered again,
    and while the one that was kept is itself merged into another: that merge is undone first.
    """
    merge = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Stale(Finding("merge_undone", _("This merge was undone meanwhile: look at the two again.")))
    first, second = sorted((merge.kept_id, merge.gone_id))
    people = {key: held(Candidate(pk=key)) for key in (first, second)}
    kept, gone = people[merge.kept_id], people[merge.gone_id]
    if not all(permissions.may(actor, "candidate.merge", each) for each in (kept, gone)):
        said = _("Merges are undone by case officers and reviewers of who keeps the roster.")
        raise NotAllowed(Finding("not_to_undo", said))
    if kept.status == RosterStatus.MERGED:
        said = _("The registration that stayed was merged into another one since: undo that merge first.")
        raise Blocked(Finding("merged_since", said))

    go_back(merge.moved, gone, kept, at=merge.merged_at)
    unmerge(gone=gone, kept=kept, actor=actor, at=at)
    _touched(kept)
    merge.undone_at, merge.undone_by = at, actor.code
    merge.save(update_fields=["undone_at", "undone_by"])
    for pair in LikePair.objects.filter(first=first, second=second, state=Likeness.SAME):
        likeness.undecided(pair)
    _refreshed(gone, kept, actor=actor, at=at)
    _told("candidate.merge_undone", merge, actor=actor, at=at)
    return merge


def _touched(kept: Candidate) -> None:
    """Whoever is writing on the registration that stays sees that it has changed."""
    kept.revision += 1
    kept.save(update_fields=["revision"])


def _refreshed(gone: Candidate, kept: Candidate, *, actor: Actor, at: datetime) -> None:
    indexing.refresh([gone.pk, kept.pk])
    likeness.note(candidates=[gone.pk, kept.pk], scheme=kept.scheme_id, actor=actor, at=at)


def _told(verb: str, merge: Merge, *, actor: Actor, at: datetime) -> None:
    facts = {"merge": merge.code, "kept": merge.kept.code, "gone": merge.gone.code}
    for code in (merge.kept.code, merge.gone.code):
        record(verb, subject=code, actor=actor, at=at, facts=facts)
