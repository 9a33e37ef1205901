"""Inviting people to meet firms, their curricula, and lists of names: drawn up, released, recalled."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.candidates import curricula, permissions
from tragitto.candidates.actions import inviting, named_lists
from tragitto.candidates.actions.looking import look
from tragitto.candidates.models import NamedList
from tragitto.candidates.queries import disclosure, people
from tragitto.candidates.queries import named_lists as queries
from tragitto.employers.queries.names import names_of_employers
from tragitto.kernel import clock
from tragitto.kernel.declarations import Basis
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_schemes
from tragitto.schemes.vocabulary import Disclosure, RosterDutyKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.disclosing import firms
from tragitto.web.office.forms.disclosing import InviteForm, NamedListForm, RecallNamesForm
from tragitto.web.office.roster_panels import disclosure as disclosure_panel
from tragitto.web.office.views.roster.person import READERS, show
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.named_lines import heads_in_words, lines_in_words
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

NAMERS = ("officer", "publisher")


@require_POST
@for_office("officer")
def invite(request: OfficeRequest, code: str) -> HttpResponse:
    """Invite the person to meet a firm."""
    person = found(people.kept_for, request.actor, code)
    form = InviteForm(request.POST, firms=firms(request.actor, person.scheme), prefix="invite")
    status = attempt(form, lambda: inviting.invite(
        candidate=person, call=form.chosen.call, recipient=form.chosen.code,
        due_on=form.cleaned_data["due_on"], actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        panel = disclosure_panel.panel(request.actor, person, form)
        return show(request, person, instead=panel, status=status)
    messages.success(
        request, _("Invited: the firm sees the profile without the name until the person accepts.")
    )
    return redirect("office:roster_person", code)


@require_POST
@for_office("officer")
def recall_invitation(request: OfficeRequest, code: str, invitation: str) -> HttpResponse:
    """Take an invitation back."""
    person = found(people.kept_for, request.actor, code)
    asked = found(disclosure.own_invitation, person, invitation)
    inviting.recall_invitation(invitation=asked, actor=request.actor, at=clock.now())
    messages.success(request, _("The invitation is taken back: the firm sees the profile no longer."))
    return redirect("office:roster_person", code)


@require_safe
@for_office(*READERS)
def curriculum(request: OfficeRequest, code: str, kind: str, language: str) -> HttpResponse:
    """The curriculum of a person, without or with the name; that it was taken is written down."""
    person = found(people.kept_for, request.actor, code)
    if kind not in curricula.KINDS:
        raise Http404
    try:
        on = timezone.localdate(clock.now())
        made = curricula.curriculum(person, kind, code=person.code, language=language, on=on)
    except ValueError as unknown:
        raise Http404 from unknown
    look(candidate=person, what="curriculum", actor=request.actor, at=clock.now())
    return as_file(made, f"{person.code}-{kind}-{language}.pdf", "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*NAMERS)
def names(request: OfficeRequest) -> HttpResponse:
    """The lists of names drawn up so far, and the form for another one."""
    scheme = roster_schemes(request.actor, RosterDutyKind.KEEPS).first()
    form = _form(request, scheme) if scheme else None
    status = HTTPStatus.OK
    if scheme and form and request.method == "POST":
        made: list[NamedList] = []
        status = attempt(form, lambda: made.append(_made(request, form)))
        if made:
            messages.success(request, _("Drawn up. Another person releases it to the firm."))
            return redirect("office:roster_names_of", made[0].code)
    page = page_of(queries.named_lists(request.actor), request)
    shown = {
        "tab": "names",
        "page": page,
        "form": form,
        "firms": names_of_employers(each.recipient for each in page),
    }
    return render(request, "office/roster/names.html", shown, status=status)


@require_safe
@for_office(*NAMERS)
def named_list(request: OfficeRequest, code: str) -> HttpResponse:
    """One list of names: for whom, on what basis, who is on it, what can be done."""
    return _list_page(request, found(queries.named_list, request.actor, code), RecallNamesForm())


@require_POST
@for_office(*NAMERS)
def release(request: OfficeRequest, code: str) -> HttpResponse:
    """Release a list to its firm, as the second person."""
    given = found(queries.named_list, request.actor, code)
    form = RecallNamesForm({"reason": "-"})
    status = attempt(form, lambda: named_lists.release_named_list(
        named_list=given, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _list_page(request, given, form, status)
    messages.success(request, _("Released: the firm can read the list at its portal."))
    return redirect("office:roster_names_of", code)


@require_POST
@for_office(*NAMERS)
def recall(request: OfficeRequest, code: str) -> HttpResponse:
    """Take a list back."""
    given = found(queries.named_list, request.actor, code)
    form = RecallNamesForm(request.POST)
    status = attempt(form, lambda: named_lists.recall_named_list(
        named_list=given, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _list_page(request, given, form, status)
    messages.success(request, _("Taken back: the names are gone from the firm's pages."))
    return redirect("office:roster_names_of", code)


def _form(request: OfficeRequest, scheme: Scheme) -> NamedListForm:
    own = [(each.code, each.name) for each in queries.working_lists(request.actor, scheme)]
    admitted = firms(request.actor, scheme, Disclosure.NAMED_LIST)
    return NamedListForm(request.POST or None, firms=admitted, lists=own)


def _made(request: OfficeRequest, form: NamedListForm) -> NamedList:
    said = form.cleaned_data
    return named_lists.make_named_list(
        call=form.chosen.call,
        recipient=form.chosen.code,
        candidates=queries.people_on(request.actor, said["people"]),
        columns=said["columns"],
        basis=Basis(said["basis"]),
        citation=said["citation"],
        actor=request.actor,
        at=clock.now(),
    )


def _list_page(
    request: OfficeRequest, given: NamedList, form: RecallNamesForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    language = (get_language() or "it").split("-")[0]
    shown = {
        "tab": "names",
        "list": given,
        "form": form,
        "firm": names_of_employers([given.recipient]).get(given.recipient, given.recipient),
        "heads": heads_in_words(given.columns),
        "lines": lines_in_words(given, language),
        "entries": given.entries.select_related("candidate__identity").order_by("position"),
        "people": names_of([given.made_by, given.released_by]),
        "may_release": permissions.may_with_roster(request.actor, "roster.name", given.call.scheme)
        and request.actor.code != given.made_by,
    }
    return render(request, "office/roster/named_list.html", shown, status=status)
