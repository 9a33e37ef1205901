"""Papers that a person uploads: looked at by their bytes, checked for viruses, kept under their hash."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.records.actions.checking import Piece, check_pieces, write_checks
from tragitto.records.actions.documents import keep_document
from tragitto.records.models import Document
from tragitto.records.scanner import ScannerSilent
from tragitto.records.vocabulary import CheckOutcome
from tragitto_pec.formats import Format, kind_of, media_type_of

#: A scanned page in colour has one or two megabytes; this is a whole document.
MOST_BYTES = 10 * 1024 * 1024
_TAKEN = (Format.PDF, Format.P7M, Format.IMAGE)


@dataclass(frozen=True)
class Upload:
    """A file as it was uploaded: the name it was given, and its bytes."""

    name: str
    content: bytes


def kept(upload: Upload, *, actor: Actor, at: datetime) -> Document:
    """The document of an uploaded paper; part of the caller's transaction.

    Raises `Blocked` for what is empty, too large, no PDF, signed file or picture, infected, or could not be
    checked where the house checks.
    """
    if not upload.content or len(upload.content) > MOST_BYTES:
        text = _("The file “{name}” is empty or larger than {most} MB: make it smaller and add it again.")
        raise _refused("paper_too_large", text, upload, most=MOST_BYTES // (1024 * 1024))
    if kind_of(upload.content, upload.name) not in _TAKEN:
        text = _("The file “{name}” is no PDF, no signed file (.p7m) and no picture: save it as PDF.")
        raise _refused("paper_of_another_kind", text, upload)
    try:
        checks = check_pieces([Piece(upload.content)])
    except ScannerSilent as silent:
        text = _("The file “{name}” could not be checked for viruses just now: try again in a few minutes.")
        raise _refused("paper_not_checked", text, upload) from silent
    if any(said.outcome == CheckOutcome.INFECTED for said in checks.values()):
        text = _("The file “{name}” carries a virus and was not taken: clean it and add it again.")
        raise _refused("paper_infected", text, upload)

    document = keep_document(upload.content, media_type=media_type_of(upload.content), actor=actor, at=at)
    write_checks([document], checks, at=at)
    return document


def _refused(code: str, text: object, upload: Upload, **values: object) -> Blocked:
    return Blocked(Finding(code, str(text).format(name=upload.name, **values)))
