"""Photos of documents, read by a machine once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions, photos
from tragitto.candidates.models import Candidate, CandidateFile
from tragitto.candidates.queries.identity import content_of
from tragitto.candidates.rules import documents, mrz
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.vocabulary import ReadBy
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.vocabulary import IdentityKind


def read_photo(
    *,
    candidate: Candidate,
    file: CandidateFile,
    kind: IdentityKind | None = None,
    actor: Actor,
    at: datetime,
) -> Said | None:
    """What a machine reads of a document in a photo of the person, to be looked at before it counts.

    Parts whose check digits do not hold are empty. None where nothing was read. What was seen of the zone is
    kept with the photo: the first time takes one to three seconds, in which nothing is held. Raises
    `NotAllowed` for whoever may not write down what stands on a document.
    """
    if not permissions.may(actor, "candidate.identify", candidate):
        raise NotAllowed(Finding("not_yours", _("You may not do this with this registration.")))
    on = timezone.localdate(at)
    if file.zone is None:
        seen = photos.zone_of(content_of(file), on=on)
        file.zone = "\n".join(seen.lines) if seen else ""
        _keep(candidate, file, actor=actor, at=at)
    zone = mrz.read(file.zone, on=on) if file.zone else None
    return documents.said_by(zone, kind or documents.kind_of(zone), ReadBy.PHOTO) if zone else None


@transaction.atomic
def _keep(candidate: Candidate, file: CandidateFile, *, actor: Actor, at: datetime) -> None:
    # A photo that was thrown away meanwhile is not there any more.
    if CandidateFile.objects.filter(pk=file.pk).update(zone=file.zone):
        record("candidate.file_read", subject=candidate.code, actor=actor, at=at, facts={"file": file.code})
