"""Keeping content: into the store first, then the row that speaks of it."""

from datetime import datetime

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.ledger import actions as ledger
from tragitto.records import stores
from tragitto.records.models import Document
from tragitto.records.rules.columns import cut


def keep_document(content: bytes, *, media_type: str, actor: Actor, at: datetime) -> Document:
    """The document of this content: kept now, or the one that is here already.

    Part of the caller's transaction. If that fails, content without a row stays in the store, which
    harms nobody; a row without content would. Content that was lost or damaged since is put back, and the
    ledger told.
    """
    sha256 = sha256_hex(content)
    store = stores.current()
    known = Document.objects.filter(sha256=sha256).first()
    is_damaged = known is not None and not store.holds(sha256)
    store.put(content)
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
    elif is_damaged:
        ledger.record("document.mended", subject=document.code, actor=actor, at=at, facts={"sha256": sha256})
    return document
