"""Handing admitted cases over to those who work on with them, taking a package back, and who looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.agenda import actions as agenda
from tragitto.cases import permissions, queries
from tragitto.cases.holding import admitted_held, not_allowed, reason_needed
from tragitto.cases.models import Case, HandOver, HandOverItem
from tragitto.cases.queries.hand_overs import DOWNLOADED, LOOKED, RECALL
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, plain, sha256_hex
from tragitto.kernel.refusals import Blocked, Finding, Stale
from tragitto.ledger.actions import record
from tragitto.records.actions.documents import keep_document
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import HandOverSpec

ZIP = "application/zip"


@dataclass(frozen=True)
class Parcel:
    """What is handed over: to whom, by which promise of the call, the file, what it says of each case.

    `left_out` = why an admitted case does not go with it, by its code: for the ledger, not for the recipient.
    """

    code: str
    recipient: Organisation
    promise: HandOverSpec
    package: bytes
    manifest_hash: str
    contents: Mapping[Case, Mapping[str, object]]
    left_out: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def hand_over(*, call: Call, parcel: Parcel, actor: Actor, at: datetime) -> HandOver:
    """Hand a package of admitted cases over to an organisation that holds the duty the call names.

    Keeps the file, writes the hand-over with what it says of each case, and tells the ledger of each one.
    Raises `NotAllowed`; `Blocked` when the call does not promise it, the recipient does not hold the duty,
    there is no case or one is not admitted; `Stale` when the recipient holds one of them already.
    """
    held = admitted_held(call)
    if not permissions.may(actor, "case.hand_over", call):
        raise not_allowed("case.hand_over")
    if findings := _obstacles(call, parcel, held):
        raise Blocked(findings)
    recipient, duty = parcel.recipient.code, parcel.promise.duty
    cases = [case.pk for case in parcel.contents]
    if queries.already_handed_over(recipient=recipient, duty=duty, cases=cases):
        text = _("Some of these filings have been handed over in the meantime: look again.")
        raise Stale(Finding("already_handed_over", text))

    made = HandOver.objects.create(
        code=parcel.code,
        call=call,
        recipient=parcel.recipient,
        duty=duty,
        basis=_basis(parcel.promise),
        package=keep_document(parcel.package, media_type=ZIP, actor=actor, at=at),
        manifest_hash=parcel.manifest_hash,
        made_for=actor.organisation,
        made_by=actor.code,
        made_at=at,
    )
    HandOverItem.objects.bulk_create(
        HandOverItem(
            hand_over=made,
            case=case,
            position=position,
            content=plain(content),
            content_hash=sha256_hex(canonical_json(content)),
        )
        for position, (case, content) in enumerate(parcel.contents.items(), start=1)
    )
    told: dict[str, object] = {
        "call": call.code,
        "recipient": recipient,
        "duty": duty,
        "manifest": made.manifest_hash,
    }
    told |= {"cases": len(cases), "left_out": dict(parcel.left_out)}
    record("hand_over.made", subject=made.code, actor=actor, at=at, facts=told)
    for case in parcel.contents:
        facts = {"hand_over": made.code, "recipient": recipient}
        record("case.handed_over", subject=case.code, actor=actor, at=at, facts=facts)
    return made


@transaction.atomic
def accept_hand_over(*, hand_over: HandOver, actor: Actor, at: datetime) -> HandOver:
    """Confirm for the recipient that the package came and is whole.

    A second time changes nothing. Raises `NotAllowed`, `Stale` when it was recalled.
    """
    hand_over = _for_the_recipient(hand_over, actor)
    if hand_over.accepted_at is None:
        hand_over.accepted_at, hand_over.accepted_by = at, actor.code
        hand_over.save(update_fields=["accepted_at", "accepted_by"])
        record("hand_over.accepted", subject=hand_over.code, actor=actor, at=at)
    return hand_over


@transaction.atomic
def recall_hand_over(*, hand_over: HandOver, reason: str, actor: Actor, at: datetime) -> HandOver:
    """Take a package back: the recipient opens neither its filings nor its files any more.

    It still sees which package that was (code, what was promised under which call, by whom, when, how many
    filings) and the reason, so that it can find and delete its own copies: no fact of any filing.

    Raises `NotAllowed`, `Blocked` without a reason, `Stale` when it was recalled already.
    """
    hand_over = _held(hand_over)
    is_own = actor.organisation == hand_over.made_for
    if not (is_own and permissions.may(actor, "case.hand_over", hand_over.call)):
        raise not_allowed("case.hand_over")
    if hand_over.is_recalled:
        raise _recalled()
    if not reason.strip():
        raise Blocked(reason_needed())

    hand_over.recalled_at, hand_over.recalled_by = at, actor.code
    hand_over.recall_reason = reason.strip()
    hand_over.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    agenda.do_task(subject=hand_over.code, kind=RECALL, actor=actor, at=at)
    record("hand_over.recalled", subject=hand_over.code, actor=actor, at=at)
    for code in hand_over.items.order_by("position").values_list("case__code", flat=True):
        facts = {"hand_over": hand_over.code}
        record("case.hand_over_recalled", subject=code, actor=actor, at=at, facts=facts)
    return hand_over


@transaction.atomic
def look_into(*, hand_over: HandOver, case: str = "", actor: Actor, at: datetime) -> HandOver:
    """Write down that the recipient looks at the list of a package, or at one case of it.

    Raises `NotAllowed`, `Stale` when it was recalled.
    """
    hand_over = _for_the_recipient(hand_over, actor)
    facts = {"case": case} if case else {}
    record(LOOKED, subject=hand_over.code, actor=actor, at=at, facts=facts)
    return hand_over


@transaction.atomic
def download(*, hand_over: HandOver, sha256: str, actor: Actor, at: datetime) -> HandOver:
    """Write down that the recipient takes a file of a package, or the whole: `sha256` says which.

    Raises `NotAllowed`, `Stale` when it was recalled.
    """
    hand_over = _for_the_recipient(hand_over, actor)
    record(DOWNLOADED, subject=hand_over.code, actor=actor, at=at, facts={"sha256": sha256})
    return hand_over


def _obstacles(call: Call, parcel: Parcel, admitted: frozenset[int]) -> list[Finding]:
    found = []
    if parcel.promise not in schemes.hand_overs_of(call):
        text = _("The call does not say that this is handed over: amend the call first.")
        found.append(Finding("not_promised", text))
    if parcel.recipient not in schemes.duty_holders(call, parcel.promise.duty):
        text = _("This organisation does not hold the duty to which the call hands over.")
        found.append(Finding("not_a_recipient", text, {"recipient": parcel.recipient.code}))
    if not parcel.contents:
        text = _("There is nothing to hand over: look at the reasons why filings are left out.")
        found.append(Finding("nothing_to_hand_over", text))
    if not {case.pk for case in parcel.contents} <= admitted:
        found.append(Finding("not_admitted", _("Only admitted filings of this call are handed over.")))
    return found


def _basis(promise: HandOverSpec) -> dict[str, object]:
    return {
        "title": dict(promise.title),
        "basis": promise.basis,
        "citation": promise.citation,
        "consent": promise.consent,
        "facts": list(promise.facts),
        "with_documents": promise.with_documents,
    }


def _for_the_recipient(hand_over: HandOver, actor: Actor) -> HandOver:
    """The package, held, for somebody of the one who received it and may still use it."""
    hand_over = _held(hand_over)
    if not permissions.receives(actor, hand_over):
        raise not_allowed("hand_over.accept")
    if hand_over.is_recalled:
        raise _recalled()
    return hand_over


def _held(hand_over: HandOver) -> HandOver:
    locked = HandOver.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("call", "recipient").get(pk=hand_over.pk)


def _recalled() -> Stale:
    return Stale(Finding("recalled", _("This package has been recalled.")))
