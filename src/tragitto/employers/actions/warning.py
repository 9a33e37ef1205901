"""Warning the holders of drafts: before the closing by the call's hours, and after it, once each."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tragitto.accounts.models import User
from tragitto.employers.models import DraftWarning, FilingDraft
from tragitto.employers.queries.homes import Pending, pending_drafts
from tragitto.employers.vocabulary import WarningKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.ledger.actions import record
from tragitto.schemes.queries import openings

#: The job that writes, and where it waits.
WRITING, QUEUE = "employers.write_to_draft_holder", "post"


def warn_draft_holders(*, actor: Actor, at: datetime) -> list[str]:
    """Tell everybody who has not sent a draft that it is no filing; returns the codes of the drafts.

    Each holder once for each occasion. That it is said and the job that writes it are one transaction, so no
    warning is lost with a mail server that does not answer. Where the house sends no mail, the portal alone
    says it.
    """
    drafts = pending_drafts(at=at)
    return [pending.draft.code for pending in drafts if _first_time(pending, actor=actor, at=at)]


def write_to_draft_holder(
    *, code: str, kind: str, window: int, hours: int, actor: Actor, at: datetime
) -> bool:
    """Write by ordinary mail what a holder is warned of; whether a letter left.

    None does once the draft was sent or thrown away, where no address is known, or where the closing it
    speaks of has passed meanwhile: of that the holder is told apart. Raises what the mail server answers, so
    that the job is tried again.
    """
    draft = FilingDraft.objects.unsent().filter(code=code).select_related("call").first()
    holder = User.objects.filter(code=draft.account, is_active=True).first() if draft else None
    if draft is None or holder is None or not holder.email:
        return False
    closes_at = next(each.closes_at for each in openings(draft.call) if each.number == window)
    if kind == WarningKind.BEFORE_CLOSING and closes_at <= at:
        return False
    _letter(draft, WarningKind(kind), closes_at, holder.language, holder.email).send()
    facts = {"kind": kind, "window": window, "hours": hours}
    record("draft.holder_written_to", subject=code, actor=actor, at=at, facts=facts)
    return True


@transaction.atomic
def _first_time(pending: Pending, *, actor: Actor, at: datetime) -> bool:
    # Held, so that nobody who sends at this moment is told that nothing was sent.
    draft = FilingDraft.objects.select_for_update().unsent().filter(pk=pending.draft.pk).first()
    if draft is None:
        return False
    warned = pending.warned
    facts = {"kind": str(warned.kind), "window": warned.window, "hours": warned.hours}
    _row, is_new = DraftWarning.objects.get_or_create(
        draft_code=draft.code,
        kind=warned.kind,
        window_number=warned.window,
        hours=warned.hours,
        defaults={"sent_at": at},
    )
    if is_new:
        record("draft.holder_warned", subject=draft.code, actor=actor, at=at, facts=facts)
        if settings.CAN_SEND_MAIL:
            app.configure_task(WRITING, queue=QUEUE, lock=draft.code).defer(
                code=draft.code, kind=str(warned.kind), window=warned.window, hours=warned.hours
            )
    return is_new


def _letter(
    draft: FilingDraft, kind: WarningKind, closes_at: datetime, language: str, address: str
) -> EmailMessage:
    with translation.override(language):
        words = {
            "call": in_language(draft.call.title, language),
            "closes": _moment(closes_at, draft.call.zone),
            "draft": draft.code,
        }
        if kind == WarningKind.BEFORE_CLOSING:
            subject = _("Your draft has not been sent")
            text = _(
                "You have begun to answer the call “{call}” (draft {draft}) and have not sent it yet.\n\n"
                "A draft is no filing. The first instant that is too late is {closes}."
            )
        else:
            subject = _("Your draft was not sent, and the call has closed")
            text = _(
                "You had begun to answer the call “{call}” (draft {draft}). It was not sent before the"
                " closing: {closes}.\n\nNothing was filed. What you wrote is kept for some days and then"
                " deleted."
            )
        body = "\n\n".join([text.format(**words), f"{settings.ADDRESS}/portal/"])
    return EmailMessage(subject=f"[Tragitto] {subject}", body=body, to=[address])


def _moment(closes_at: datetime, zone: str) -> str:
    local = closes_at.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'j F Y')}, {local.strftime('%H:%M:%S')} ({zone})"
