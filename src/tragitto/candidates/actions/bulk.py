"""Changing many people at once: ordered for those who were seen, done one by one in the background."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions import working
from tragitto.candidates.actions.confirming import ask
from tragitto.candidates.actions.listing import put_on_list, take_off_list
from tragitto.candidates.actions.standing import move
from tragitto.candidates.models import Candidate, Work
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.queries import lists, works
from tragitto.candidates.queries.bulk import preview
from tragitto.candidates.rules.bulk import MOST, Change
from tragitto.candidates.vocabulary import BulkAct, WorkKind, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, NotFound, Refusal, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

#: Done together: what a killed worker leaves undone is done again by the next.
_AT_A_TIME = 25


@transaction.atomic
def order_change(
    *,
    scheme: Scheme,
    change: Change,
    people: Sequence[str],
    seen: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> Work:
    """Have `change` done to those of `people` (their codes) whom it touches, in the background.

    `seen` = the digest of those whom the actor saw it would touch. Raises `NotAllowed` for whoever may not
    change many, `Blocked` for a change that touches nobody or too many, or lacks what it needs, `Stale` when
    others would be touched than were seen.
    """
    if not may_with_roster(actor, "roster.change_many", scheme):
        said = _("Changing many people at once is for case officers of those who keep the roster.")
        raise NotAllowed(Finding("not_to_change_many", said))
    _demand_whole(scheme, change, actor)
    if len(people) > MOST:
        said = _("These are too many to look through: narrow the search first.")
        raise Blocked(Finding("too_many", said, {"most": MOST}))
    found = preview(actor, scheme, change, people, on=timezone.localdate(at))
    if not found.touched:
        raise Blocked(Finding("touches_nobody", _("This would change nobody: choose other people.")))
    if found.digest != seen:
        said = _("Since you looked, people came or went: look again at who would be touched.")
        raise Stale(Finding("others_than_seen", said))

    work = working.order(
        scheme=scheme,
        kind=WorkKind.BULK,
        parameters={**change.as_data(), "people": list(found.touched), "language": language},
        total=len(found.touched),
        actor=actor,
        at=at,
    )
    facts = {"act": change.act, "reason": change.reason, "list": change.roster_list}
    told = {**facts, "people": len(found.touched)}
    record("roster.change_ordered", subject=work.code, actor=actor, at=at, facts=told)
    return work


def carry_out(*, work: Work, actor: Actor, at: datetime) -> None:
    """Do what was ordered to one person after the other, as who ordered it may today.

    Whether the person may be changed is asked again at each; who may not is left, with the reason. Stops when
    it is cancelled; begun again it goes on where it stood.
    """
    orderer = works.orderer(work, on=timezone.localdate(at))
    if not may_with_roster(orderer, "roster.change_many", work.scheme):
        working.fail(work=work, problem="not-allowed", actor=actor, at=at)
        return
    while (held := _some(work.code, orderer, at)) is not None:
        if held.cursor >= held.total:
            if working.finish(work=held, outcome=held.outcome, actor=actor, at=at):
                left = sum(len(each["people"]) for each in held.outcome.get("left", {}).values())
                facts = {"people": held.total - left, "left": left}
                record("roster.many_changed", subject=held.code, actor=orderer, at=at, facts=facts)
            return


@transaction.atomic
def _some(code: str, orderer: Actor, at: datetime) -> Work | None:
    """The next few people, together with how far the work came; None when it was cancelled."""
    whole = Work.objects.defer("content").select_related("scheme", "organisation")
    work = whole.select_for_update(of=("self",), no_key=True).get(code=code)
    if work.state != WorkState.RUNNING:
        return None
    codes = work.parameters["people"][work.cursor : work.cursor + _AT_A_TIME]
    with translation.override(work.parameters["language"]):
        if work.parameters["act"] in {BulkAct.MOVE, BulkAct.ASK}:
            _one_by_one(work, codes, orderer, at)
        else:
            _together(work, codes, orderer, at)
    work.cursor += len(codes)
    work.done = work.cursor
    work.save(update_fields=["cursor", "done", "outcome"])
    return work


def _together(work: Work, codes: Sequence[str], orderer: Actor, at: datetime) -> None:
    told = work.parameters
    roster_list = lists.list_for(orderer, told["roster_list"])
    try:
        with transaction.atomic():
            if told["act"] == BulkAct.LIST:
                put_on_list(
                    roster_list=roster_list, candidates=codes, note=told["note"], actor=orderer, at=at
                )
            else:
                take_off_list(roster_list=roster_list, candidates=codes, actor=orderer, at=at)
    except Refusal as refusal:
        _note(work, refusal.findings[0], codes)


def _one_by_one(work: Work, codes: Sequence[str], orderer: Actor, at: datetime) -> None:
    people = Candidate.objects.filter(scheme=work.scheme).select_related("scheme")
    known = people.in_bulk(codes, field_name="code")
    for code in codes:
        try:
            with transaction.atomic():
                if code in known:
                    _act(work, known[code], orderer, at)
        except Refusal as refusal:
            _note(work, refusal.findings[0], [code])


def _act(work: Work, person: Candidate, orderer: Actor, at: datetime) -> None:
    told = work.parameters
    if person.account and person.account == orderer.code:
        said = _("This is your own registration: somebody else looks after it.")
        raise NotAllowed(Finding("own-file", said))
    if told["act"] == BulkAct.MOVE:
        move(candidate=person, reason=told["reason"], note=told["note"], actor=orderer, at=at)
    else:
        ask(candidate=person, actor=orderer, at=at)


def _note(work: Work, finding: Finding, codes: Sequence[str]) -> None:
    """Write down who was left as they are, and why: the sentence, and the people."""
    left = work.outcome.setdefault("left", {}).setdefault(finding.code, {"why": "", "people": []})
    left["why"] = str(finding.text)
    left["people"] += codes


def _demand_whole(scheme: Scheme, change: Change, actor: Actor) -> None:
    if change.act == BulkAct.MOVE:
        reason = roster_of(scheme).reason(change.reason)
        if reason is None:
            raise Blocked(Finding("reason-unknown", _("Choose a reason of this roster.")))
        if reason.needs_note and not change.note.strip():
            said = _("Please write a note: this reason alone does not say enough.")
            raise Blocked(Finding("note-missing", said))
    elif change.act != BulkAct.ASK:
        try:
            lists.list_for(actor, change.roster_list)
        except NotFound as missing:
            raise Blocked(Finding("list-unknown", _("Choose one of your organisation's lists."))) from missing
