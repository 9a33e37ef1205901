"""Keeping content: into the store first, then the row that speaks of it."""

from datetime import datetime

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.ledger import actions as ledger
from tragitto.records import stores
from tragitto.records.models import Document
from tragitto.records.rules.columns import cut


def keep_document(content: bytes, *, media_type: str, actor: Actor, at: datetime) -> Document:
    """The document of this content: kept now, or the one that is here already.

    Part of the caller's transaction. If that fails, content without a row stays in the store, which
    harms nobody; a row without content would.
    """
    sha256 = stores.current().put(content)
    document, is_new = Document.objects.get_or_create(
        sha256=sha256,
        defaults={
            "code": new_code("D"),
            "size": len(content),
            "media_type": cut(media_type, 127),
            "kept_at": at,
        },
    )
    if is_new:
        ledger.record("document.kept", subject=document.code, actor=actor, at=at, facts={"sha256": sha256})
    return document
