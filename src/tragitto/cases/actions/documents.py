"""Documents of a case: filed by anybody who works on it, counting once somebody has accepted them."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases import permissions
from tragitto.cases.holding import not_allowed
from tragitto.cases.models import Case, FiledDocument
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, Stale
from tragitto.ledger.actions import record
from tragitto.records.models import Document


@transaction.atomic
def file_document(
    *,
    case: Case,
    document: Document,
    kind: str,
    valid_until: date | None = None,
    actor: Actor,
    at: datetime,
) -> FiledDocument:
    """Put a kept document into the case; somebody still has to accept it.

    Filing the same document once more changes nothing. Raises `NotAllowed`.
    """
    if not permissions.may(actor, "case.file", case.call):
        raise not_allowed("case.file")

    filed, is_new = FiledDocument.objects.get_or_create(
        case=case,
        document=document,
        kind=kind,
        defaults={"valid_until": valid_until, "filed_by": actor.code, "filed_at": at},
    )
    if is_new:
        facts = {"document": document.code, "kind": kind}
        record("case.document_filed", subject=case.code, actor=actor, at=at, facts=facts)
    return filed


@transaction.atomic
def accept_document(*, filed: FiledDocument, actor: Actor, at: datetime) -> FiledDocument:
    """Accept a filed document, so that it counts. Raises `NotAllowed`, `Stale` when accepted already."""
    filed = (
        FiledDocument.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__call")
        .get(pk=filed.pk)
    )
    if not permissions.may(actor, "case.accept_document", filed.case.call):
        raise not_allowed("case.accept_document")
    if filed.accepted_at is not None:
        raise Stale(Finding("already_accepted", _("This document has been accepted already.")))

    filed.accepted_at, filed.accepted_by = at, actor.code
    filed.save(update_fields=["accepted_at", "accepted_by"])
    facts = {"kind": filed.kind}
    record("case.document_accepted", subject=filed.case.code, actor=actor, at=at, facts=facts)
    return filed
