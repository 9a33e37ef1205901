"""Taking in messages saved as files, for offices whose mailbox this house does not read."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragitto.kernel import clock
from tragitto.records.queries import boxes
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.taking_in import TakeInForm
from tragitto.web.office.taking import take


@require_http_methods(["GET", "HEAD", "POST"])
@for_office("officer", "administrator")
def take_in(request: OfficeRequest) -> HttpResponse:
    """A place to drop files; afterwards, what became of each. The same file again changes nothing."""
    addresses = boxes.own_addresses(actor=request.actor)
    if request.method != "POST":
        usual = {"mailbox": addresses[0] if len(addresses) == 1 else ""}
        empty = TakeInForm(mailboxes=addresses, initial=usual)
        return render(request, "office/take_in.html", {"form": empty})
    form = TakeInForm(request.POST, request.FILES, mailboxes=addresses)
    if not form.is_valid():
        page = {"form": form}
        return render(request, "office/take_in.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    mailbox = form.cleaned_data["mailbox"]
    outcomes = take(form.chosen, mailbox=mailbox, actor=request.actor, at=clock.now())
    again = TakeInForm(mailboxes=addresses, initial={"mailbox": mailbox})
    return render(request, "office/take_in.html", {"form": again, "outcomes": outcomes})
