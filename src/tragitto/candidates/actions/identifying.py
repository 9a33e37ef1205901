"""Who a person is: their papers as photos, what stands on them, and the keeper who compares."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions, photos
from tragitto.candidates.actions import indexing, likeness
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, CandidateFile, Identity, IdentityDocument, NameVariant
from tragitto.candidates.queries.identity import said_on
from tragitto.candidates.rules import documents, mrz, naming
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.vocabulary import ENDED, FilePurpose, Script, SeenAs
from tragitto.candidates.words.documents import fault_finding
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of

#: More photos than this are not of one person's papers.
MOST_FILES = 60
_TYPED = "typed"


def add_file(
    *, candidate: Candidate, purpose: FilePurpose, content: bytes, actor: Actor, at: datetime
) -> CandidateFile:
    """Keep a photo or scan of a person's papers, as one plain JPEG; the same picture again is the same file.

    Checked for viruses and converted before anything is locked; what the camera wrote beside the picture is
    gone. Writes the file. Raises `NotAllowed`; `Blocked` for what cannot be opened, with what to do instead,
    and for more files than a person has papers.
    """
    _demand_may_add(actor, purpose, candidate)
    return _kept(candidate, purpose, photos.plain(content), actor=actor, at=at)


@transaction.atomic
def _kept(
    candidate: Candidate, purpose: FilePurpose, picture: bytes, *, actor: Actor, at: datetime
) -> CandidateFile:
    candidate = held_unmerged(candidate)
    _demand_may_add(actor, purpose, candidate)
    digest = sha256_hex(picture)
    if known := candidate.files.filter(sha256=digest).first():
        return known
    if candidate.files.count() >= MOST_FILES:
        raise Blocked(Finding("too_many_files", _("There are too many photos here: take some back first.")))

    file = CandidateFile.objects.create(
        candidate=candidate,
        code=new_code("F"),
        purpose=purpose,
        kind=photos.JPEG,
        content=picture,
        sha256=digest,
        size=len(picture),
        added_at=at,
        added_by=actor.code,
    )
    facts = {"file": file.code, "purpose": purpose, "size": file.size}
    record("candidate.file_added", subject=candidate.code, actor=actor, at=at, facts=facts)
    return file


@transaction.atomic
def take_back_file(*, candidate: Candidate, file: CandidateFile, actor: Actor, at: datetime) -> None:
    """Throw a photo away that nobody has relied on; one that is gone already is no matter.

    Raises `NotAllowed`; `Blocked` for the photo of a document that a keeper compared, or of a paper that
    still names it.
    """
    candidate = held_unmerged(candidate)
    found = candidate.files.filter(pk=file.pk).first()
    if found is None:
        return
    _demand_may_add(actor, FilePurpose(found.purpose), candidate)
    is_relied_on = found.documents.filter(checked_at__isnull=False).exists()
    if is_relied_on or found.skills.exists() or found.diplomas.exists() or found.languages.exists():
        text = _("This photo shows something that was said or checked: add the new one beside it.")
        raise Blocked(Finding("file_in_use", text))

    code = found.code
    found.documents.clear()
    found.delete()
    record("candidate.file_taken_back", subject=candidate.code, actor=actor, at=at, facts={"file": code})


@transaction.atomic
def add_document(
    *, candidate: Candidate, said: Said, files: Sequence[CandidateFile] = (), actor: Actor, at: datetime
) -> IdentityDocument:
    """Write down what stands on a document of the person; the one of this kind before it is superseded.

    Names become canonical, numbers lose their signs; the lines of the zone are kept, without the sex, when
    they were read. The same again changes nothing but adds `files`, of which those of others are left out.
    Another spelling of the names is kept as a variant. An identity that was confirmed stays so: it changes
    when a keeper confirms the new document. Raises `NotAllowed`; `Blocked` with every fault, at its field.
    """
    candidate = held_unmerged(candidate)
    _demand(actor, "candidate.identify", candidate)
    on, spec = timezone.localdate(at), roster_of(candidate.scheme)
    zone = mrz.read(said.mrz, on=on) if said.mrz else None
    told = _tidied(said)
    if wrong := documents.faults(told, spec.identity(said.kind), zone, on):
        raise Blocked(fault_finding(each) for each in wrong)
    told = replace(told, mrz="\n".join(zone.lines) if zone else "")
    shown = candidate.files.filter(pk__in=[file.pk for file in files])
    current = candidate.documents.filter(kind=said.kind, superseded_at=None).first()
    if current is not None and replace(said_on(current), read_by=told.read_by) == told:
        current.files.add(*shown)
        return current

    if current is not None:
        current.superseded_at = at
        current.save(update_fields=["superseded_at"])
    document = _written(candidate, told, is_verified=bool(zone and zone.is_verified), actor=actor, at=at)
    document.files.set(shown)
    _keep_other_spelling(candidate, told.surnames, told.given_names, str(said.kind))
    indexing.refresh([candidate.pk])
    likeness.note(candidates=[candidate.pk], scheme=candidate.scheme_id, actor=actor, at=at)
    facts = {"document": document.code, "kind": said.kind, "verified": document.is_verified}
    record("candidate.document_added", subject=candidate.code, actor=actor, at=at, facts=facts)
    return document


@transaction.atomic
def confirm_identity(
    *, candidate: Candidate, document: IdentityDocument, seen: SeenAs, actor: Actor, at: datetime
) -> Identity:
    """Say that a keeper compared what is written of `document` with its photo, or with the paper itself.

    From now on the person is called as the document says: its spelling becomes the canonical one, the earlier
    one is kept as a variant. Confirmed by this document already, nothing happens. Raises `NotAllowed` for the
    person themselves and for who wrote the document down: another looks; `Stale` for a document that was
    superseded meanwhile; `Blocked` for one that is over, has no names or birth, no photo where one was
    looked at, or shows that the person was under age when they sent.
    """
    candidate = held_unmerged(candidate)
    _demand(actor, "candidate.confirm_identity", candidate)
    document = candidate.documents.select_for_update(no_key=True).get(pk=document.pk)
    identity = candidate.identity
    if identity.confirmed_with_id == document.pk:
        return identity
    _refuse_confirming(candidate, document, seen, actor, at)

    changed = [name for name in _COMPARED if getattr(identity, name) != getattr(document, name)]
    earlier = identity.surnames, identity.given_names
    document.checked_at, document.checked_by = at, actor.code
    document.save(update_fields=["checked_at", "checked_by"])
    _take_over(identity, document, actor=actor, at=at)
    candidate.adult_on = adult_on(identity.birth_on, roster_of(candidate.scheme).least_age)  # type: ignore[arg-type]  # refused without
    candidate.save(update_fields=["adult_on"])
    _keep_other_spelling(candidate, *earlier, _TYPED)
    _keep_variants(candidate)
    indexing.refresh([candidate.pk])
    likeness.note(candidates=[candidate.pk], scheme=candidate.scheme_id, actor=actor, at=at)
    facts = {"document": document.code, "kind": document.kind, "seen": seen, "changed": changed}
    record("candidate.identity_confirmed", subject=candidate.code, actor=actor, at=at, facts=facts)
    return identity


#: What the document says and the identity takes over from it.
_COMPARED = ("surnames", "given_names", "birth_on", "nationality")


def _take_over(identity: Identity, document: IdentityDocument, *, actor: Actor, at: datetime) -> None:
    for name in _COMPARED:
        setattr(identity, name, getattr(document, name) or getattr(identity, name))
    # Who has no given names, or no surname, has none: an empty name of the document is one, too.
    identity.surnames, identity.given_names = document.surnames, document.given_names
    identity.name_keys = naming.keys_of(
        identity.surnames, identity.given_names, identity.arabic_surnames, identity.arabic_given_names
    )
    identity.confirmed_at, identity.confirmed_by, identity.confirmed_with = at, actor.code, document
    identity.save(update_fields=[*_COMPARED, "name_keys", "confirmed_at", "confirmed_by", "confirmed_with"])


def _refuse_confirming(
    candidate: Candidate, document: IdentityDocument, seen: SeenAs, actor: Actor, at: datetime
) -> None:
    if document.superseded_at is not None:
        text = _("The document was replaced while you looked at it: look at the new one.")
        raise Stale(Finding("document_superseded", text))
    if document.added_by == actor.code:
        text = _("You wrote this document down yourself: somebody else has to compare it.")
        raise NotAllowed(Finding("second_look", text))
    found: list[tuple[str, Promise]] = []
    if documents.is_over(document.expires_on, timezone.localdate(at)):
        found.append(("document_over", _("The document has expired: ask for the new one.")))
    if not document.surnames and not document.given_names:
        found.append(("names_missing", _("Nobody wrote down the names on the document: write them first.")))
    if document.birth_on is None:
        found.append(("birth_missing", _("Nobody wrote down the birth on the document: write it first.")))
    if seen is SeenAs.PHOTO and not document.files.exists():
        found.append(("no_photo", _("There is no photo of this document: compare with the paper itself.")))
    if document.birth_on and candidate.sent_on and candidate.status not in ENDED:
        of_age = adult_on(document.birth_on, roster_of(candidate.scheme).least_age)
        if of_age > candidate.sent_on:
            text = _("By this document the person was under age when registering: say so as their status.")
            found.append(("under_age", text))
    if found:
        raise Blocked(Finding(code, text) for code, text in found)


def _tidied(said: Said) -> Said:
    return replace(
        said,
        number=documents.tidied_number(said.number),
        personal_number=documents.tidied_number(said.personal_number),
        issuing_state=said.issuing_state.strip().upper(),
        nationality=said.nationality.strip().upper(),
        surnames=_canonical(said.surnames),
        given_names=_canonical(said.given_names),
    )


def _canonical(name: str) -> str:
    """As documents have it; a name with signs that none has stays as it is, to be refused."""
    return name if documents.has_strange(name) else naming.canonical(name)


def _written(
    candidate: Candidate, said: Said, *, is_verified: bool, actor: Actor, at: datetime
) -> IdentityDocument:
    return IdentityDocument.objects.create(
        candidate=candidate,
        code=new_code("ID"),
        kind=said.kind,
        number=said.number,
        personal_number=said.personal_number,
        issuing_state=said.issuing_state,
        nationality=said.nationality,
        surnames=said.surnames,
        given_names=said.given_names,
        birth_on=said.birth_on,
        issued_on=said.issued_on,
        expires_on=said.expires_on,
        mrz=said.mrz,
        is_verified=is_verified,
        read_by=said.read_by,
        added_at=at,
        added_by=actor.code,
    )


def _keep_other_spelling(candidate: Candidate, surnames: str, given_names: str, found_in: str) -> None:
    identity = candidate.identity
    if (surnames, given_names) not in {("", ""), (identity.surnames, identity.given_names)}:
        _variant(candidate, naming.Spelling(Script.LATIN, surnames, given_names, found_in))


def _keep_variants(candidate: Candidate) -> None:
    identity = candidate.identity
    names = identity.surnames, identity.given_names
    for each in naming.variants(*names, identity.arabic_surnames, identity.arabic_given_names):
        _variant(candidate, each)


def _variant(candidate: Candidate, spelling: naming.Spelling) -> None:
    NameVariant.objects.get_or_create(
        candidate=candidate,
        script=spelling.script,
        surnames=spelling.surnames,
        given_names=spelling.given_names,
        defaults={"found_in": spelling.found_in},
    )


def _demand_may_add(actor: Actor, purpose: FilePurpose, candidate: Candidate) -> None:
    _demand(
        actor,
        "candidate.identify" if purpose is FilePurpose.IDENTITY else "candidate.describe",
        candidate,
    )


def _demand(actor: Actor, verb: str, candidate: Candidate) -> None:
    if not permissions.may(actor, verb, candidate):
        raise NotAllowed(Finding("not_yours", _("You may not do this with this registration.")))
