"""Signing together on line: a delegate prepares, the legal representative signs in and signs with them."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import CoSignature, FilingDraft
from tragitto.employers.queries.co_signing import hash_now, oldest, signatories_named
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record

#: How much is kept of the words for how somebody signed in.
MEANS = 200


@transaction.atomic
def ask_co_signature(*, draft: FilingDraft, actor: Actor, at: datetime) -> str:
    """The secret of the address at which the legal representative may sign this draft with its holder.

    Asking anew makes the address given before useless, and a signature given before void. Raises
    `NotAllowed` to anybody but the holder; `Stale` when the draft was sent or thrown away; `Blocked` while
    the answers name no legal representative.
    """
    draft = _held(draft)
    if draft.account != actor.code:
        raise NotAllowed(Finding("not_allowed", _("Only the person who prepares the draft may ask.")))
    _refuse_finished(draft)
    if not signatories_named(draft):
        text = _("First say who the legal representative is, with the codice fiscale: then you can ask.")
        raise Blocked(Finding("nobody_named", text))

    token = secrets.token_urlsafe(24)
    CoSignature.objects.update_or_create(
        draft=draft,
        defaults={
            "token_hash": sha256_hex(token.encode()),
            "asked_at": at,
            "sha256": "",
            "account": "",
            "codice_fiscale": "",
            "means": "",
            "language": "",
            "signed_at": None,
        },
        create_defaults={
            "code": new_code("N"),
            "token_hash": sha256_hex(token.encode()),
            "asked_at": at,
        },
    )
    record("draft.co_signature_asked", subject=draft.code, actor=actor, at=at)
    return token


@transaction.atomic
def co_sign(
    *,
    signature: CoSignature,
    codice_fiscale: str,
    means: str,
    sha256: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> CoSignature:
    """Sign a draft as the person identified by `codice_fiscale` at an identity provider.

    `sha256` is the hash of the answers, papers and declarations that were shown, in `language`. Signing the
    same again changes nothing. Raises `NotAllowed` to somebody not identified, or whom the answers do not
    name; `Stale` when something has changed since it was shown, the draft was sent or thrown away, or the
    address is no longer the one that was given, or too old.
    """
    draft, given = _held(signature.draft), signature.token_hash
    _refuse_finished(draft)
    signature = CoSignature.objects.select_for_update().get(draft=draft)
    if signature.token_hash != given or signature.asked_at <= oldest(at):
        text = _("This address is no longer valid: ask whoever gave it to you for a new one.")
        raise Stale(Finding("asked_anew", text))
    if not codice_fiscale or codice_fiscale not in signatories_named(draft):
        text = _(
            "The answers name somebody else as legal representative, or you have not signed in with SPID or"
            " CIE: sign in with your own identity, or ask for the name to be mended."
        )
        raise NotAllowed(Finding("another_person", text))
    now = hash_now(draft, language)
    if sha256 != now:
        text = _("The answers have changed since this page was drawn: read them again before you sign.")
        raise Stale(Finding("answers_changed", text))
    if signature.signed_at and (signature.sha256, signature.account) == (now, actor.code):
        return signature

    signature.sha256, signature.account, signature.signed_at = now, actor.code, at
    signature.codice_fiscale, signature.means, signature.language = codice_fiscale, means[:MEANS], language
    signature.save(update_fields=["sha256", "account", "codice_fiscale", "means", "language", "signed_at"])
    record("draft.co_signed", subject=draft.code, actor=actor, at=at, facts={"means": means, "sha256": now})
    return signature


def _held(draft: FilingDraft) -> FilingDraft:
    held = FilingDraft.objects.select_for_update(of=("self",)).select_related("call")
    return held.get(pk=draft.pk)


def _refuse_finished(draft: FilingDraft) -> None:
    if draft.sent_at or draft.discarded_at:
        raise Stale(Finding("draft_finished", _("This draft was sent or thrown away.")))
