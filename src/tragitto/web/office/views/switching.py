"""Acting for another of one's own organisations."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tragitto.accounts import actions
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.web.office.access import OfficeRequest, for_office


@require_POST
@for_office
def switch(request: OfficeRequest) -> HttpResponse:
    """From now on, act for the organisation named; one that is not the person's own is not found."""
    wanted = request.POST.get("organisation", "")
    chosen = [one for one in request.standing.organisations if one.code == wanted]
    if not chosen:
        raise Http404
    try:
        actions.switch_organisation(
            user=request.user, organisation=chosen[0], actor=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        raise Http404 from refusal
    return redirect("office:home")
