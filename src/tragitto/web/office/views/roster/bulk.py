"""Changing many people at once: what is to be done, whom it touches and whom not, then the order."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragitto.candidates.actions.bulk import order_change
from tragitto.candidates.models import Work
from tragitto.candidates.queries.bulk import preview
from tragitto.candidates.rules.bulk import MOST, Preview
from tragitto.candidates.words.bulk import why_left
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.roster_acts import ChangeForm
from tragitto.web.office.roster_desk import Desk, desk_of
from tragitto.web.office.views.roster.meant import Meant, meant
from tragitto.web.parts.refusing import attempt

#: People shown by their codes of each group; the rest is a number.
_SHOWN = 50


@require_POST
@for_office("officer")
def change(request: OfficeRequest) -> HttpResponse:
    """First the form, then a preview of who is touched, then the order: one address, nothing kept between."""
    desk = desk_of(request)
    people = meant(request, desk, most=MOST + 1)
    if "act" not in request.POST:
        return _shown(request, desk, people, ChangeForm(desk=desk))
    form = ChangeForm(request.POST, desk=desk)
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid() and "seen" in request.POST:
        made: list[Work] = []
        status = attempt(form, lambda: made.append(_ordered(request, desk, people, form)))
        if made:
            messages.success(request, _("It is under way: this page shows how far it has come."))
            return redirect("office:roster_work")
    return _shown(request, desk, people, form, status)


def _ordered(request: OfficeRequest, desk: Desk, people: Meant, form: ChangeForm) -> Work:
    return order_change(
        scheme=desk.scheme,
        change=form.change(),
        people=people.codes,
        seen=request.POST["seen"],
        language=get_language() or "it",
        actor=request.actor,
        at=clock.now(),
    )


def _shown(
    request: OfficeRequest, desk: Desk, people: Meant, form: ChangeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    page: dict[str, object] = {"tab": "search", "desk": desk, "people": people, "form": form, "most": MOST}
    page["is_too_many"] = len(people.codes) > MOST
    if form.is_bound and hasattr(form, "cleaned_data") and "act" in form.cleaned_data and _is_whole(form):
        on = timezone.localdate(clock.now())
        looked = preview(request.actor, desk.scheme, form.change(), people.codes[:MOST], on=on)
        page |= {"preview": looked, "touched": looked.touched[:_SHOWN], "left": _left(looked)}
    return render(request, "office/roster/change.html", page, status=status)


def _is_whole(form: ChangeForm) -> bool:
    """Whether the answers can be looked at: no field of the form itself is wrong."""
    return all(name not in form.errors for name in form.fields)


def _left(looked: Preview) -> list[tuple[object, int, list[str]]]:
    """Why people are left as they are: the sentence, how many, the first of them."""
    return [(why_left(reason), len(codes), list(codes[:_SHOWN])) for reason, codes in looked.left.items()]
