"""Verifies a draft before its publication: passed, or sent back with a note."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes import permissions, queries
from tragitto.schemes.models import Call, Verification
from tragitto.schemes.vocabulary import CallStatus, CheckKind


@transaction.atomic
def verify(
    *,
    call: Call,
    kind: CheckKind,
    is_passed: bool,
    note: str,
    seen: str,
    actor: Actor,
    at: datetime,
) -> Verification:
    """Pass the draft as it now reads, or send it back with a note; a later change asks for it anew.

    ``seen`` = the hash of the content that was read. Raises ``Stale`` when the call is no draft or was
    changed since; ``NotAllowed`` for another body and for everybody who wrote the draft; ``Blocked`` when
    the call does not ask for this verification, when a note is missing, or, to be passed, while the draft
    is not finished.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=call.pk)
    if call.status != CallStatus.DRAFT:
        raise Stale(Finding("call_not_a_draft", _("This call is not a draft any more.")))
    if not permissions.may_verify(actor, call):
        raise NotAllowed(Finding("may_not_verify", _("Only people of this body verify its calls.")))
    if actor.code in call.drafters:
        raise NotAllowed(Finding("second_person_needed", _("Nobody verifies what they have drafted.")))
    if seen != call.content_hash:
        text = _("Somebody has changed this draft since you opened the page: load it again.")
        raise Stale(Finding("draft_moved_on", text))
    if kind not in call.checks:
        raise Blocked(Finding("check_not_asked", _("This call does not ask for such a verification.")))
    if not is_passed and not note.strip():
        raise Blocked(Finding("note_missing", _("Say what has to be changed: the drafter reads it.")))
    if is_passed and (findings := queries.unfinished(call)):
        raise Blocked(findings)

    verification = Verification.objects.create(
        call=call,
        number=call.verifications.count() + 1,
        kind=kind,
        is_passed=is_passed,
        note=note,
        content_hash=call.content_hash,
        verified_by=actor.code,
        verified_at=at,
    )
    facts = {"verification": verification.number, "kind": kind, "passed": is_passed, "content": seen}
    record("call.verified", subject=call.code, actor=actor, at=at, facts=facts)
    return verification
