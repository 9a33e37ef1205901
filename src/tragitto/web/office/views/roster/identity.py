"""Who people are: whom to check, whose documents run out, the photo beside the fields, the second look."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates import photos
from tragitto.candidates.actions import identifying
from tragitto.candidates.actions.looking import look
from tragitto.candidates.actions.reading import read_photo
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import identity, people
from tragitto.candidates.vocabulary import FilePurpose, SeenAs
from tragitto.kernel import clock
from tragitto.schemes.queries import roster_of, roster_schemes
from tragitto.schemes.vocabulary import RosterDutyKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.identity import ConfirmForm, DocumentForm, PhotoForm
from tragitto.web.office.roster_panels import identity as identity_panel
from tragitto.web.office.views.roster.person import READERS, show
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_picture
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

#: Fields of a document that are copied into the form that writes it down anew.
_COPIED = (
    "kind", "number", "personal_number", "issuing_state", "nationality", "surnames", "given_names",
    "birth_on", "issued_on", "expires_on", "mrz",
)  # fmt: skip


@require_safe
@for_office(*READERS)
def to_check(request: OfficeRequest) -> HttpResponse:
    """The people whose identity waits for a keeper, in the order in which they were sent."""
    kept = roster_schemes(request.actor, RosterDutyKind.KEEPS)
    shown = {
        "tab": "to_check",
        "page": page_of(identity.to_check(request.actor, kept), request),
        "titles": {each.kind: each.title for scheme in kept for each in roster_of(scheme).identities},
    }
    return render(request, "office/roster/identity_to_check.html", shown)


@require_safe
@for_office(*READERS)
def documents(request: OfficeRequest) -> HttpResponse:
    """The documents that are over or run out, the soonest first."""
    kept = roster_schemes(request.actor, RosterDutyKind.KEEPS)
    on = timezone.localdate(clock.now())
    shown = {
        "tab": "to_check",
        "page": page_of(identity.running_out(request.actor, kept, on=on), request),
        "titles": {each.kind: each.title for scheme in kept for each in roster_of(scheme).identities},
        "today": on,
    }
    return render(request, "office/roster/identity_documents.html", shown)


@require_safe
@for_office(*READERS)
def picture(request: OfficeRequest, code: str, file: str) -> HttpResponse:
    """A photo of a person's papers; that it was looked at is written down."""
    person = found(people.kept_for, request.actor, code)
    shown = found(identity.file_of, person, file)
    look(candidate=person, what="photo", actor=request.actor, at=clock.now())
    response = as_picture(identity.content_of(shown))
    response["Content-Type"] = shown.kind
    return response


@require_POST
@for_office("officer")
def add_photo(request: OfficeRequest, code: str) -> HttpResponse:
    """Keep a photo of a document that the person brought, and go on to what stands on it."""
    person = found(people.kept_for, request.actor, code)
    form = PhotoForm(request.POST, request.FILES, prefix="photo")
    status = attempt(form, lambda: identifying.add_file(
        candidate=person, purpose=FilePurpose.IDENTITY,
        content=form.cleaned_data["photo"].read(photos.MOST_BYTES + 1),
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        panel = identity_panel.panel(request.actor, person, photo=form)
        return show(request, person, instead=panel, status=status)
    messages.success(request, _("The photo is kept. Now write down what stands on the document."))
    newest = identity.loose_files(person, FilePurpose.IDENTITY).last()
    where = redirect("office:roster_document", code)
    if newest is not None:
        where["Location"] += f"?read={newest.code}"
    return where


@require_http_methods(["GET", "HEAD", "POST"])
@for_office("officer")
def document(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down what stands on a document, beside its photos: a new one, or one that was written wrongly."""
    person = found(people.kept_for, request.actor, code)
    kept = list(identity.files_of(person, FilePurpose.IDENTITY))
    form = DocumentForm(
        request.POST or None,
        roster=roster_of(person.scheme),
        photos=kept,
        language=get_language() or "it",
        initial=_at_first(request, person),
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: identifying.add_document(
            candidate=person, said=form.said, files=form.shown_on, actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Written down. Somebody else now compares it with the document."))
            return redirect("office:roster_person", code)
    look(candidate=person, what="file", actor=request.actor, at=clock.now())
    page = {"tab": "person", "candidate": person, "form": form, "photos": kept}
    return render(request, "office/roster/identity_document.html", page, status=status)


@require_POST
@for_office("officer", "reviewer")
def confirm(request: OfficeRequest, code: str, document: str) -> HttpResponse:
    """Say that the document was compared with its photo, or with itself."""
    person = found(people.kept_for, request.actor, code)
    shown = found(identity.document_of, person, document)
    form = ConfirmForm(request.POST, prefix=document)
    status = attempt(form, lambda: identifying.confirm_identity(
        candidate=person, document=shown, seen=SeenAs(form.cleaned_data["seen"]),
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        panel = identity_panel.panel(request.actor, person, confirming={document: form})
        return show(request, person, instead=panel, status=status)
    messages.success(request, _("Confirmed: from now on the names are written as on the document."))
    return redirect("office:roster_person", code)


def _at_first(request: OfficeRequest, person: Candidate) -> dict[str, object]:
    """The document named by `from`, or what a machine reads in the photo named by `read`; else the names."""
    if before := request.GET.get("from"):
        known = found(identity.document_of, person, before)
        files = [each.code for each in known.files.all()]
        return {name: getattr(known, name) for name in _COPIED} | {"pictures": files}
    if file := request.GET.get("read"):
        shown = found(identity.file_of, person, file)
        read = read_photo(candidate=person, file=shown, actor=request.actor, at=clock.now())
        said = {name: getattr(read, name) for name in _COPIED} if read else {}
        return said | {"pictures": [shown.code]}
    return {"issuing_state": roster_of(person.scheme).origin}
