"""Papers beside a draft: looked into and checked for viruses before they are kept, as those of a message."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.actions.drafting import held_draft
from tragitto.employers.models import DraftPaper, FilingDraft
from tragitto.employers.vocabulary import PaperKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.records import reader
from tragitto.records.actions.checking import Piece, check_pieces
from tragitto.records.rules.columns import storable
from tragitto.records.scanner import ScannerSilent
from tragitto.records.vocabulary import CheckOutcome
from tragitto_pec.formats import Format, kind_of
from tragitto_pec.limits import MIB

#: What a paper may be: pages, or pages in the envelope of a signature.
TAKEN = (Format.PDF, Format.P7M, Format.IMAGE)
MOST_BYTES, MOST_BYTES_TOGETHER = 20 * MIB, 60 * MIB
MOST_PAPERS = 20
#: How much of the name of a file is kept.
NAME = 200


def attach_paper(
    *, draft: FilingDraft, kind: PaperKind, name: str, content: bytes, actor: Actor, at: datetime
) -> DraftPaper:
    """Keep a file beside a draft, with what could be read of it; the same file again is the same paper.

    It is looked into and checked for viruses before anything is written. Raises `NotAllowed`; `Blocked` for
    an empty, too large, infected or unchecked file, one that is no page, too many, and a draft that can no
    longer be changed.
    """
    if draft.account != actor.code:
        raise NotAllowed(Finding("not_your_draft", _("This is another person's draft.")))
    if unfit := _unfit(content, name):
        raise Blocked(unfit)
    # Asked before anything is read or scanned, and again under the lock.
    if not draft.papers.filter(sha256=sha256_hex(content)).exists() and (full := _full(draft, len(content))):
        raise Blocked(full)
    reading, inner = _read(content, at)
    _refuse_dangers(content, inner)

    with transaction.atomic():
        held = held_draft(draft, actor)
        sha256 = sha256_hex(content)
        known = held.papers.filter(sha256=sha256).first()
        if known is None and (full := _full(held, len(content))):
            raise Blocked(full)
        wanted = {"kind": kind, "name": storable(name.strip())[:NAME], "reading": storable(reading)}
        paper, is_new = DraftPaper.objects.update_or_create(
            draft=held,
            sha256=sha256,
            defaults=wanted,
            create_defaults={
                **wanted,
                "code": new_code("DP"),
                "content": content,
                "size": len(content),
                "added_at": at,
            },
        )
        told = {"kind": str(kind), "sha256": sha256}
        verb = "draft.paper_attached" if is_new else "draft.paper_named"
        record(verb, subject=held.code, actor=actor, at=at, facts=told)
    return paper


@transaction.atomic
def drop_paper(*, paper: DraftPaper, actor: Actor, at: datetime) -> None:
    """Take a paper away from a draft, with its content; again it changes nothing.

    Raises `NotAllowed`; `Blocked` once the draft was sent.
    """
    held = held_draft(paper.draft, actor)
    is_there, _rows = held.papers.filter(code=paper.code).delete()
    if is_there:
        told = {"sha256": paper.sha256}
        record("draft.paper_dropped", subject=held.code, actor=actor, at=at, facts=told)


def _unfit(content: bytes, name: str) -> Finding | None:
    if not content:
        return Finding("paper_empty", _("This file is empty: choose another one."))
    if len(content) > MOST_BYTES:
        text = _("This file is larger than {most} MB: scan it in grey or with fewer dots per inch.")
        return Finding("paper_too_large", text.format(most=MOST_BYTES // MIB))
    if kind_of(content, name) not in TAKEN:
        return Finding(
            "paper_kind", _("Only PDF, images (JPEG, PNG, TIFF) and signed files (.p7m) are taken.")
        )
    return None


def _full(draft: FilingDraft, size: int) -> Finding | None:
    sizes = list(draft.papers.values_list("size", flat=True))
    if len(sizes) >= MOST_PAPERS or sum(sizes) + size > MOST_BYTES_TOGETHER:
        text = _("At most {papers} files of {most} MB together: take one away first.")
        told = text.format(papers=MOST_PAPERS, most=MOST_BYTES_TOGETHER // MIB)
        return Finding("too_many_papers", told)
    return None


def _read(content: bytes, at: datetime) -> tuple[dict[str, Any], bytes]:
    """What the limited process says of the file, and what lay in it; nothing where it gives no answer."""
    reading: dict[str, Any] = {}
    inner = b""
    with suppress(reader.ReaderStopped):
        signatures, inner = reader.signed(content, moment=at)
        reading["verdict"] = str(signatures.verdict)
        form = reader.form_of(inner or content)
        if form and form["fields"]:
            reading |= {"form": form["form"], "call": form["call"], "fields": form["fields"]}
    return reading, inner


def _refuse_dangers(content: bytes, inner: bytes) -> None:
    pieces = [Piece(content)]
    if inner and inner != content:
        pieces.append(Piece(inner, (sha256_hex(content),)))
    try:
        checks = check_pieces(pieces)
    except ScannerSilent as silent:
        text = _("The file could not be checked for viruses just now. Try again in a few minutes.")
        raise Blocked(Finding("paper_not_checked", text)) from silent
    if any(said.outcome is CheckOutcome.INFECTED for said in checks.values()):
        text = _("This file carries a virus and was not kept. Have your computer checked, then scan it anew.")
        raise Blocked(Finding("paper_infected", text))
