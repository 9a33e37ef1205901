"""The daily digest: what went wrong leaves by ordinary mail for those who look after an office."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragitto.accounts.models import User
from tragitto.kernel.actors import Actor
from tragitto.ledger import actions as ledger
from tragitto.records import queries
from tragitto.records.models import DigestSent
from tragitto.records.queries import Digest
from tragitto.records.rules.register import ROME

#: A letter longer than this is read by nobody; the desk shows everything.
MOST_LINES = 100


def send_digests(*, actor: Actor, at: datetime) -> list[str]:
    """Send the digest of the last day to the administrators of each office; returns the offices told.

    Once a day for each office, and only where something is wrong. Written down before it leaves: a digest
    that is lost with its process is not sent twice, and the desk shows the same.
    """
    day = at.astimezone(ROME).date()
    told = []
    for office in queries.offices_with_mail():
        found = queries.digest(office=office, since=at - timedelta(days=1), until=at)
        readers = queries.digest_readers(office, on=day)
        if found.is_empty or not readers or not _first_today(found, len(readers), actor=actor, at=at):
            continue
        for reader in readers:
            _send(found, reader)
        told.append(office)
    return told


@transaction.atomic
def _first_today(digest: Digest, readers: int, *, actor: Actor, at: datetime) -> bool:
    _row, is_new = DigestSent.objects.get_or_create(
        office=digest.office,
        day=at.astimezone(ROME).date(),
        defaults={"sent_at": at, "readers": readers},
    )
    if is_new:
        facts = {"lines": len(digest.lines), "readers": readers}
        ledger.record("digest.sent", subject=digest.office, actor=actor, at=at, facts=facts)
    return is_new


def _send(digest: Digest, reader: User) -> None:
    with translation.override(reader.language):
        subject = ngettext(
            "[Tragitto] %(count)s thing about the mail needs somebody",
            "[Tragitto] %(count)s things about the mail need somebody",
            len(digest.lines),
        ) % {"count": len(digest.lines)}
        waiting = _("Messages at the sorting desk: %(count)s") % {"count": digest.at_the_desk}
        # Lines are made anew, in the reader's language.
        own = queries.digest(office=digest.office, since=digest.since, until=digest.until).lines
        more = [_("and %(count)s more") % {"count": len(own) - MOST_LINES}] if len(own) > MOST_LINES else []
    lines = [digest.office, waiting, "", *(f"- {line}" for line in own[:MOST_LINES]), *more]
    text = "\n".join([*lines, "", settings.ADDRESS])
    if reader.email:
        EmailMessage(subject=subject, body=text, to=[reader.email]).send()
