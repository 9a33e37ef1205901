"""Questions about the files of a message: what was read of them, whether they may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from tragitto.records import scanner
from tragitto.records.models import Attachment, Document, Message, Transcription, VirusCheck
from tragitto.records.vocabulary import CheckOutcome, MessageState, Problem, ScanState, VirusState


@dataclass(frozen=True)
class LookedInto:
    """A file that came with a message, and all that is known of it; made for pages.

    `signatures` is a `tragitto_pec.signatures.SignatureReading` as plain values, with the moment it was
    judged at and where that came from (`moment`, `moment_is`: `certified` or `arrived`). `read` is what
    upper rooms take for the answers (see `form_of`); `form` what the file's own fields say, `scan` what the
    printed page proposes. `document` is the file as it came, `content` what lay in it (else None).
    """

    attachment: Attachment
    name: str
    format: str
    size: int
    document: Document
    content: Document | None
    signatures: Mapping[str, Any] | None
    form: Mapping[str, Any] | None
    scan: Mapping[str, Any] | None
    archive: Mapping[str, Any] | None
    read: Mapping[str, Any] | None
    transcription: Transcription | None
    virus: VirusState
    threat: str

    @property
    def may_be_shown(self) -> bool:
        """Whether it may be opened and downloaded at all."""
        return self.virus is not VirusState.INFECTED

    @property
    def flags(self) -> Sequence[str]:
        """What the file carries that a form has no need of (see `tragitto_pec.forms`)."""
        return tuple((self.form or {}).get("flags", ()))

    @property
    def appearance(self) -> Mapping[str, str]:
        """Field by field, what the page shows where it is not what the field says."""
        return (self.form or {}).get("appearance") or {}

    @property
    def scan_state(self) -> ScanState:
        """How far a printed page has come: nothing to read, proposals that wait, confirmed by a person."""
        if self.transcription:
            return ScanState.CONFIRMED
        if not self.scan:
            return ScanState.NONE
        return ScanState.PROPOSED if self.scan.get("proposals") else ScanState.UNREAD


def looked_into(message: Message) -> list[LookedInto]:
    """The files that came with a message, in their order. Three queries, however many files."""
    rows = list(with_contents(message))
    documents = [document for row in rows for document in (row.document, row.content) if document]
    checks = checks_of(documents)
    return [_looked_into(row, checks) for row in rows]


def with_contents(message: Message) -> QuerySet[Attachment]:
    """The files of a message with their documents, contents and transcriptions. Two queries."""
    return (
        message.attachments.select_related("document", "content", "within__document", "within__content")
        .prefetch_related(Prefetch("transcriptions", Transcription.objects.order_by("number")))
        .order_by("position")
    )


def form_of(attachment: Attachment) -> dict[str, Any] | None:
    """What upper rooms take for the answers on a form, as `tragitto_pec.forms.FormReading`; None if none.

    What a person confirmed holds; else the fields of the file, as signed where it is signed. What a scan
    merely proposes is never given. One query, none where the transcriptions were fetched with it.
    """
    return next(iter(forms_of(attachment)), None)


def forms_of(attachment: Attachment) -> list[dict[str, Any]]:
    """As `form_of`, for a scan that holds several printed forms: the latest confirmed first."""
    read = attachment.form if isinstance(attachment.form, dict) else None
    latest: dict[tuple[str, str], Transcription] = {}
    for row in sorted(attachment.transcriptions.all(), key=lambda row: -row.number):
        latest.setdefault((row.call, row.form), row)
    confirmed = [_confirmed(row, (read or {}).get("flags", [])) for row in latest.values()]
    return confirmed or ([read] if read else [])


def transcription_of(attachment: Attachment) -> Transcription | None:
    """What a person last confirmed to stand on the page; None when nobody has. Queries as `form_of`."""
    return max(attachment.transcriptions.all(), key=lambda row: row.number, default=None)


def transcriptions_now(attachment: Attachment) -> list[Transcription]:
    """All transcriptions of a file, asked of the database at this moment, the latest first. One query."""
    return list(Transcription.objects.filter(attachment=attachment).order_by("-number"))


def documents_of(message: Message) -> list[Document]:
    """The raw message, its files and what lay in them. Three queries at most."""
    rows = message.attachments.select_related("document", "content").order_by("position")
    inner = [document for row in rows for document in (row.document, row.content) if document]
    return [message.raw, *inner]


def checks_of(documents: Iterable[Document]) -> dict[int, VirusCheck]:
    """The check that holds for each document, by its key; none for what was never checked. One query."""
    rows = VirusCheck.objects.filter(document__in=[document.pk for document in documents]).order_by("pk")
    return {row.document_id: row for row in rows}


def virus_state(document: Document) -> VirusState:
    """Whether a document carries a virus, as far as anybody has looked. One query."""
    return _state_of(checks_of([document]).get(document.pk))


def may_be_shown(document: Document) -> bool:
    """Whether a document may be opened, downloaded or made into images. One query.

    What is known to be infected never may, by nobody. What was never or could not be checked may: the page
    says so.
    """
    return virus_state(document) is not VirusState.INFECTED


def letter_may_be_shown(message: Message) -> bool:
    """As `may_be_shown` for a raw message; another copy is no better than the one it is linked to."""
    raws = [message.raw, *([message.same_as.raw] if message.same_as else [])]
    states = {_state_of(check) for check in checks_of(raws).values()}
    return VirusState.INFECTED not in states


def has_scanner() -> bool:
    """Whether this deployment checks for viruses at all; where not, pages say `never checked`."""
    return scanner.current() is not None


def not_checked(*, before: datetime) -> QuerySet[Message]:
    """Messages at the desk with something the scanner could not look into, last tried before then."""
    failed = {"problem": Problem.NOT_CHECKED, "solved_at": None, "last_at__lte": before}
    waiting = Message.objects.filter(state=MessageState.SORTING).order_by("pk")
    return waiting.filter(**{f"troubles__{name}": value for name, value in failed.items()})


def has_trouble(message: Message, problems: Iterable[Problem]) -> bool:
    """Whether one of these problems of a message is still open. One query."""
    return message.troubles.filter(solved_at=None, problem__in=list(problems)).exists()


def _confirmed(row: Transcription, flags: Sequence[str]) -> dict[str, Any]:
    """What a person confirmed, in the words of a form that was read; what nobody can read by its name."""
    return {
        "fields": {name: text or "" for name, text in row.fields.items()},
        "unreadable": [name for name, text in row.fields.items() if text is None],
        "call": row.call,
        "form": row.form,
        "version": row.version,
        "flags": flags,
        "problem": "",
        "appearance": {},
        "transcription": row.number,
    }


def _looked_into(row: Attachment, checks: Mapping[int, VirusCheck]) -> LookedInto:
    own = [checks.get(document.pk) for document in (row.document, row.content) if document]
    infected = next((check for check in own if check and check.outcome == CheckOutcome.INFECTED), None)
    return LookedInto(
        attachment=row,
        name=row.name,
        format=row.format,
        size=row.document.size,
        document=row.document,
        content=row.content,
        signatures=row.signatures,
        form=row.form,
        scan=row.scan,
        archive=row.archive,
        read=form_of(row),
        transcription=transcription_of(row),
        virus=max((_state_of(check) for check in own), key=list(VirusState).index),
        threat=infected.threat if infected else "",
    )


def _state_of(check: VirusCheck | None) -> VirusState:
    return VirusState(check.outcome) if check else VirusState.NEVER_CHECKED
