"""Content of documents, and whether all of it is still there."""

from collections.abc import Iterator
from dataclasses import dataclass

from tragitto.records import stores
from tragitto.records.models import Document


@dataclass(frozen=True)
class Damage:
    """A document whose content is missing or changed."""

    document: str
    sha256: str
    problem: str


def content(document: Document) -> bytes:
    """The bytes that were kept, checked against their hash.

    Raises `stores.ContentMissing` or `stores.ContentChanged`: altered bytes are never handed out.
    """
    return stores.current().get(document.sha256)


def verify_documents() -> Iterator[Damage]:
    """Every document that is missing from the store or no longer what was kept. Reads everything."""
    store = stores.current()
    for document in Document.objects.order_by("pk").iterator(chunk_size=2000):
        try:
            store.get(document.sha256)
        except stores.ContentMissing:
            yield Damage(document.code, document.sha256, "is missing from the store")
        except stores.ContentChanged:
            yield Damage(document.code, document.sha256, "is not what was kept")
