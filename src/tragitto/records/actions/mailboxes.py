"""Giving an office its mailbox: from then on what comes into it is that office's mail alone."""

from datetime import datetime

from django.db import transaction

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, queries, words
from tragitto.records.models import Mailbox
from tragitto.records.rules.register import GENERAL


@transaction.atomic
def give_mailbox(*, address: str, organisation: Organisation, actor: Actor, at: datetime) -> Mailbox:
    """Let `organisation` read the mailbox `address`; nothing changes when it does so already.

    Messages read before keep the register they stand in. Raises `NotAllowed`; `Blocked` when the mailbox
    is another organisation's, or when the organisation bears the name of the register of nobody's mail.
    """
    if not permissions.may_give_mailbox(actor, organisation.code):
        raise NotAllowed(Finding("records.may_not_give_mailbox", words.MAY_NOT_GIVE_MAILBOX))
    if organisation.code == GENERAL:
        raise Blocked(Finding("records.register_name_taken", words.REGISTER_NAME_TAKEN))

    mailbox, is_new = Mailbox.objects.get_or_create(
        address=queries.tidied(address),
        defaults={"organisation": organisation, "given_at": at, "given_by": actor.code},
    )
    if mailbox.organisation_id != organisation.pk:
        raise Blocked(Finding("records.mailbox_of_another", words.MAILBOX_OF_ANOTHER))
    if is_new:
        # The ledger holds no address: its hash is enough to tell which one it was.
        facts = {"address_sha256": sha256_hex(mailbox.address.encode())}
        ledger.record("mailbox.given", subject=organisation.code, actor=actor, at=at, facts=facts)
    return mailbox
