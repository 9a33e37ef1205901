"""What was sent on line: its document, and the papers that were uploaded beside it."""

import json
from collections.abc import Mapping
from typing import Any

from tragitto.records.models import Document
from tragitto.records.queries.documents import content
from tragitto_pec import Attachment


def papers_of(raw: bytes) -> list[Attachment]:
    """The papers that a filing sent on line names, as files that came with it. One query for each.

    Raises `stores.ContentMissing` or `ContentChanged`.
    """
    return [_paper(paper) for paper in json.loads(raw)["papers"]]


def _paper(paper: Mapping[str, Any]) -> Attachment:
    document = Document.objects.get(sha256=paper["sha256"])
    body = content(document)
    return Attachment(
        name=paper["name"],
        original_name=paper["name"],
        size=len(body),
        sha256=document.sha256,
        media_type=document.media_type,
        body=body,
    )
