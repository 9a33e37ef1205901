"""Who is to sign a draft with its holder, and whether they have, for the draft as it stands."""

from datetime import datetime, timedelta

from django.conf import settings

from tragitto.employers.models import CoSignature, FilingDraft
from tragitto.employers.queries import drafts
from tragitto.employers.rules.co_signing import named_signatories
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.refusals import NotFound
from tragitto.schemes import queries as schemes
from tragitto.schemes.rules import slots


def signatories_named(draft: FilingDraft) -> set[str]:
    """The codici fiscali of the legal representative and the signatory in the answers. One query."""
    specs = [schemes.form_spec(form) for form in draft.call.forms.order_by("pk")]
    places = [
        (spec.code, slot.name, slot.field.fact) for spec in specs for slot in slots(spec) if slot.field.fact
    ]
    return named_signatories(places, draft.answers)


def co_signature_for(token_hash: str, at: datetime) -> CoSignature:
    """What the address leads to whose secret has this hash.

    Raises `NotFound` for a secret nobody gave, and for one given too long before `at`. One query.
    """
    found = CoSignature.objects.select_related("draft__call__region")
    signature = found.filter(token_hash=token_hash, asked_at__gt=oldest(at)).first()
    if signature is None:
        raise NotFound("co-signature")
    return signature


def oldest(at: datetime) -> datetime:
    """What was asked then or before can no longer be answered at `at`."""
    return at - timedelta(seconds=settings.CO_SIGNATURE_TIMEOUT)


def asked(draft: FilingDraft) -> CoSignature | None:
    """What was asked about this draft, signed or not. One query."""
    return CoSignature.objects.filter(draft=draft).first()


def co_signature_of(draft: FilingDraft) -> CoSignature | None:
    """The co-signature of the draft as it stands now; one of an earlier state is none. One query."""
    signature = CoSignature.objects.filter(draft=draft, signed_at__isnull=False).first()
    return _holds(signature, draft)


def co_signature_in(draft: FilingDraft) -> CoSignature | None:
    """The same for a draft got with its co-signature. No query."""
    return _holds(getattr(draft, "co_signature", None), draft)


def hash_now(draft: FilingDraft, language: str) -> str:
    """The hash of what is signed: answers, papers, and the declarations in the language they are read in.

    No query for a draft got by `get_draft`.
    """
    signed = {
        "call": draft.call.code,
        "supplements": draft.expression.code if draft.expression else "",
        "answers": draft.answers,
        "forms": {form.code: form.version for form in drafts.forms_of(draft)},
        "language": language,
        "declarations": drafts.declarations(draft, language),
        "papers": sorted((paper.kind, paper.sha256) for paper in draft.papers.all()),
    }
    return sha256_hex(canonical_json(signed))


def _holds(signature: CoSignature | None, draft: FilingDraft) -> CoSignature | None:
    if signature is None or signature.signed_at is None:
        return None
    return signature if signature.sha256 == hash_now(draft, signature.language) else None
