"""Questions about who people are: what their papers say, what differs, what is to be checked or runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from tragitto.candidates.models import Candidate, CandidateFile, IdentityDocument
from tragitto.candidates.rules import comparing, documents, mrz
from tragitto.candidates.rules.documents import Doubt, Said
from tragitto.candidates.vocabulary import ENDED, FilePurpose, ReadBy
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import IdentityKind, RosterStatus


@dataclass(frozen=True)
class Compared:
    """One field as the person has it, beside the document, in pieces that are the same or not."""

    field: str
    ours: str
    theirs: str
    pieces: tuple[comparing.Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether no letter differs."""
        return self.ours == self.theirs


@dataclass(frozen=True)
class DocumentView:
    """A current document with its photos, beside what the person said, and what is doubtful about it."""

    document: IdentityDocument
    files: Sequence[CandidateFile]
    compared: tuple[Compared, ...]
    zone: tuple[Compared, ...]
    doubts: tuple[Doubt, ...]
    is_confirmed: bool

    @property
    def differs(self) -> bool:
        """Whether a letter differs between the person and the document, or within the document."""
        return not all(each.is_same for each in (*self.compared, *self.zone))


def current_documents(candidate: Candidate) -> QuerySet[IdentityDocument]:
    """The documents of a person that were not superseded, with their photos but not what these show."""
    shown = Prefetch("files", CandidateFile.objects.order_by("added_at", "pk"))
    return candidate.documents.filter(superseded_at=None).prefetch_related(shown).order_by("kind", "pk")


def document_views(candidate: Candidate, *, on: date) -> list[DocumentView]:
    """The current documents of `candidate` compared on the day `on`. Three queries, however many."""
    spec = roster_of(candidate.scheme_id)
    return [_viewed(candidate, each, spec, on) for each in current_documents(candidate)]


def _viewed(candidate: Candidate, document: IdentityDocument, spec: RosterSpec, on: date) -> DocumentView:
    files, identity = list(document.files.all()), candidate.identity
    said, zone = said_on(document), zone_on(document)
    ours = {name: getattr(identity, name) for name in ("surnames", "given_names", "birth_on", "nationality")}
    compared = [(name, value, getattr(document, name)) for name, value in ours.items()]
    return DocumentView(
        document=document,
        files=files,
        compared=tuple(_compared(*each) for each in compared if each[2]),
        zone=tuple(_of_zone(said, zone)) if zone else (),
        doubts=tuple(
            documents.doubts(said, spec.identity(document.kind), zone, on=on, has_photo=bool(files))
        ),
        is_confirmed=identity.confirmed_with_id == document.pk,
    )


def _compared(field: str, ours: object, theirs: object) -> Compared:
    one, other = (
        f"{each:%d/%m/%Y}" if isinstance(each, date) else str(each or "") for each in (ours, theirs)
    )
    return Compared(field, one, other, comparing.pieces(one, other))


def _of_zone(said: Said, zone: mrz.MrzReading) -> list[Compared]:
    """What the document says beside its own machine readable zone, names only where they do not agree."""
    told = [
        ("number", said.number, zone.number),
        ("birth_on", said.birth_on, zone.birth_on),
        ("expires_on", said.expires_on, zone.expires_on),
        ("nationality", said.nationality, zone.nationality),
    ]
    if not comparing.names_agree(said.surnames, said.given_names, zone):
        told += [
            ("surnames", said.surnames, zone.surnames),
            ("given_names", said.given_names, zone.given_names),
        ]
    return [_compared(*each) for each in told if each[1] and each[2]]


def said_on(document: IdentityDocument) -> Said:
    """What is written down of a document, as it was said."""
    return Said(
        kind=IdentityKind(document.kind),
        number=document.number,
        personal_number=document.personal_number,
        issuing_state=document.issuing_state,
        nationality=document.nationality,
        surnames=document.surnames,
        given_names=document.given_names,
        birth_on=document.birth_on,
        issued_on=document.issued_on,
        expires_on=document.expires_on,
        mrz=document.mrz,
        read_by=ReadBy(document.read_by),
    )


def zone_on(document: IdentityDocument) -> mrz.MrzReading | None:
    """The machine readable zone of a document, as it was understood when it was added."""
    return mrz.read(document.mrz, on=document.added_at.date()) if document.mrz else None


def content_of(file: CandidateFile) -> bytes:
    """The picture. One query."""
    return bytes(CandidateFile.objects.values_list("content", flat=True).get(pk=file.pk))


def file_of(candidate: Candidate, code: str) -> CandidateFile:
    """A photo of `candidate`, whose file the actor has before them already; raises `NotFound`. One query."""
    found = candidate.files.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def files_of(candidate: Candidate, purpose: FilePurpose) -> QuerySet[CandidateFile]:
    """The photos of a person's papers of one sort, in the order in which they came."""
    return candidate.files.filter(purpose=purpose).order_by("added_at", "pk")


def loose_files(candidate: Candidate, purpose: FilePurpose) -> QuerySet[CandidateFile]:
    """Those of which nobody has said yet what they show."""
    return files_of(candidate, purpose).filter(documents=None)


def document_of(candidate: Candidate, code: str) -> IdentityDocument:
    """A document of `candidate`, whom the actor may see already; raises `NotFound`. One query."""
    found = candidate.documents.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def to_check(actor: Actor, schemes: QuerySet[Scheme]) -> QuerySet[Candidate]:
    """The people on these rosters whose identity waits for a keeper, in the order in which they were sent.

    Those sent and not confirmed, and those who have a document newer than the one confirmed. Their current
    documents come with them.
    """
    new = IdentityDocument.objects.filter(candidate=OuterRef("pk"), superseded_at=None, checked_at=None)
    waits = Q(identity__confirmed_at=None, status__in=_WAITING) | Q(
        Exists(new.filter(added_at__gt=OuterRef("identity__confirmed_at")))
    )
    current = Prefetch(
        "documents", IdentityDocument.objects.filter(superseded_at=None).order_by("kind", "pk"), "current"
    )
    people = Candidate.objects.kept_by(actor).filter(waits, scheme__in=schemes).exclude(status__in=ENDED)
    return (
        people.select_related("identity")
        .prefetch_related(current)
        .order_by(F("sent_on").asc(nulls_last=True), "status_at", "pk")
    )


_WAITING = (RosterStatus.CHECKING, RosterStatus.ACTIVE, RosterStatus.PAUSED, RosterStatus.RESERVED)


def running_out(actor: Actor, schemes: QuerySet[Scheme], *, on: date) -> QuerySet[IdentityDocument]:
    """The current documents of people on these rosters that are over, or nearer to it than the first warning;
    the soonest first, with their people.
    """
    is_soon = Q(pk__in=[])
    for scheme in schemes:
        for rule in roster_of(scheme).identities:
            until = on + timedelta(days=max(rule.warn_days, default=0))
            is_soon |= Q(candidate__scheme=scheme, kind=rule.kind, expires_on__lte=until)
    kept = Candidate.objects.kept_by(actor).exclude(status__in=ENDED)
    current = IdentityDocument.objects.filter(is_soon, superseded_at=None, candidate__in=kept)
    return current.select_related("candidate__identity", "candidate__scheme").order_by("expires_on", "pk")
