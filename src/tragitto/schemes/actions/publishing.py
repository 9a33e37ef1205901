"""Publishes a call by a second person, and changes a published one by dated amendments only."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.texts import missing_languages
from tragitto.ledger.actions import record
from tragitto.records.actions import give_mailbox
from tragitto.schemes import permissions, queries
from tragitto.schemes.models import Amendment, Call, Journey
from tragitto.schemes.vocabulary import AmendmentKind, CallStatus, Section


@transaction.atomic
def publish(*, call: Call, actor: Actor, at: datetime) -> Call:
    """Publish ``call``: from now on the public reads it, and neither it nor its journeys change any more.

    Publishes with it the newest version of each journey of the scheme, and makes the call's mailbox the
    mail of its publisher. Raises ``Stale`` when it is no
    draft, ``NotAllowed`` for anybody but a publisher of the call's organisation and for the person who
    drafted it, ``Blocked`` with one finding for each error of the check, each open gap, each warning without
    a recorded choice and each verification the present content has not passed, or when the mailbox is
    another organisation's.
    """
    call = _locked(call)
    if call.status != CallStatus.DRAFT:
        raise Stale(Finding("call_not_a_draft", _("This call is not a draft any more.")))
    if not permissions.may_publish(actor, call):
        raise NotAllowed(Finding("may_not_publish", _("Only a publisher of this body may publish the call.")))
    if actor.code in (call.drafted_by, *call.drafters):
        raise NotAllowed(
            Finding("second_person_needed", _("A second person publishes what one has drafted."))
        )
    if findings := queries.obstacles(call):
        raise Blocked(findings)

    give_mailbox(address=call.mailbox, organisation=call.publisher, actor=actor, at=at)
    for journey in queries.newest_journeys(call.scheme, call.journey):
        _publish_journey(journey, at)
    call.status, call.published_at, call.published_by = CallStatus.PUBLISHED, at, actor.code
    call.save(update_fields=["status", "published_at", "published_by"])
    facts = {"content": call.content_hash, "rehearsal": call.is_rehearsal}
    record("call.published", subject=call.code, actor=actor, at=at, facts=facts)
    return call


@transaction.atomic
def extend_window(
    *, call: Call, number: int, closes_at: datetime, act: str, reason: str, actor: Actor, at: datetime
) -> Amendment:
    """Move the end of window ``number`` of a published call to a later instant (excluded), by a dated act.

    Raises ``NotAllowed``; ``Stale`` when the call is not published; ``Blocked`` when there is no such
    window, the new end is not later than the present one, or another window would be overrun.
    """
    call = _amendable(call, actor)
    openings = {opening.number: opening for opening in queries.openings(call)}
    present = openings.get(number)
    if present is None or closes_at <= present.closes_at:
        raise Blocked(Finding("not_an_extension", _("An extension moves the end of a window to later.")))
    others = [each for each in openings.values() if each.number != number and each.opens_at]
    if any(present.closes_at <= each.opens_at < closes_at for each in others if each.opens_at):
        raise Blocked(Finding("windows_overlap", _("The next window would begin before this one ends.")))

    amendment = Amendment.objects.create(
        call=call,
        number=call.amendments.count() + 1,
        kind=AmendmentKind.EXTENSION,
        act=act,
        reason=reason,
        window_number=number,
        closes_at=closes_at,
        made_at=at,
        made_by=actor.code,
    )
    facts = {"amendment": amendment.number, "window": number, "closes_at": closes_at}
    record("call.extended", subject=call.code, actor=actor, at=at, facts=facts)
    return amendment


@transaction.atomic
def correct_texts(
    *,
    call: Call,
    texts: Mapping[Section, Mapping[str, str]],
    act: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Amendment:
    """Replace sections of the public text of a published call, in all four languages, by a dated act.

    Raises ``NotAllowed``; ``Stale`` when the call is not published; ``Blocked`` for a missing language.
    """
    call = _amendable(call, actor)
    lacking = [name for name, text in texts.items() if missing_languages(text)]
    if lacking or not texts:
        raise Blocked(Finding("missing_language", _("A corrected text must speak all four languages.")))

    amendment = Amendment.objects.create(
        call=call,
        number=call.amendments.count() + 1,
        kind=AmendmentKind.CORRECTION,
        act=act,
        reason=reason,
        texts={str(name): dict(text) for name, text in texts.items()},
        made_at=at,
        made_by=actor.code,
    )
    facts = {"amendment": amendment.number, "sections": sorted(str(name) for name in texts)}
    record("call.corrected", subject=call.code, actor=actor, at=at, facts=facts)
    return amendment


@transaction.atomic
def close(*, call: Call, actor: Actor, at: datetime) -> Call:
    """Take a published call off the list of open ones; its expressions live on.

    Raises ``NotAllowed``; ``Stale`` when the call is not published; ``Blocked`` while a window is open.
    """
    call = _amendable(call, actor)
    if any(opening.closes_at > at for opening in queries.openings(call)):
        raise Blocked(Finding("window_still_open", _("A window of this call has not closed yet.")))

    call.status, call.closed_at = CallStatus.CLOSED, at
    call.save(update_fields=["status", "closed_at"])
    record("call.closed", subject=call.code, actor=actor, at=at)
    return call


def _locked(call: Call) -> Call:
    rows = Call.objects.select_for_update(of=("self",))
    return rows.select_related("scheme", "publisher", "journey").get(pk=call.pk)


def _amendable(call: Call, actor: Actor) -> Call:
    call = _locked(call)
    if not permissions.may_amend(actor, call):
        raise NotAllowed(Finding("may_not_amend", _("Only a publisher of this body may amend the call.")))
    if call.status != CallStatus.PUBLISHED:
        raise Stale(Finding("call_not_published", _("This call is not published.")))
    return call


def _publish_journey(journey: Journey, at: datetime) -> None:
    if journey.published_at is None:
        journey.published_at = at
        journey.save(update_fields=["published_at"])
