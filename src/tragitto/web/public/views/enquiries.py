"""Asking for information without signing in, and seeing where the request stands."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts import queries as accounts
from tragitto.accounts.models import User
from tragitto.employers import actions
from tragitto.employers.models import Enquiry, FilingDraft
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Section
from tragitto.web.parts.enquiring import EnquiryForm, new_key
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt
from tragitto.web.public.words import ENQUIRY_STATES

DOOR = "portal"
#: People never see this field; a program that fills in everything gives itself away.
TRAP = "website"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and what was sent with it: the same form twice is one request."""
    call = found(schemes.get_call, Actor.stranger(), code)
    if not call.is_published or schemes.enquiries_of(call) is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, call, EnquiryForm(call=call, initial=_known(request)), HTTPStatus.OK)
    if not ratelimit.consume(request, action="enquiry"):
        too_many: HttpResponse = ratelimit.respond_429(request)
        return too_many
    form = EnquiryForm(request.POST, call=call)
    if request.POST.get(TRAP):
        return _shown(request, call, form, HTTPStatus.UNPROCESSABLE_ENTITY, is_trapped=True)
    made: list[Enquiry] = []
    status = attempt(form, lambda: made.append(actions.enquire(
        call=call, asking=form.asking(), key=form.cleaned_data["key"], actor=_actor(request), at=clock.now()
    )))  # fmt: skip
    if status != HTTPStatus.SEE_OTHER:
        return _shown(request, call, form, status)
    return redirect("public:enquiry_state", queries.secret_of(made[0].code))


@never_cache
@require_safe
def state(request: HttpRequest, secret: str) -> HttpResponse:
    """Where a request stands, for whoever knows its secret address."""
    return render(request, "public/enquiry_state.html", _state(found(queries.with_secret, secret), secret))


@never_cache
@require_POST
def begin(request: HttpRequest, secret: str) -> HttpResponse:
    """Begin to answer the call with what the request says already; strangers sign in first, and come back."""
    enquiry = found(queries.with_secret, secret)
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("public:enquiry_state", args=[secret]))
    language = get_language() or "it"
    try:
        draft: FilingDraft = actions.start_filing(
            enquiry=enquiry, language=language, actor=_actor(request), at=clock.now()
        )
    except Refusal as refusal:
        page = {**_state(enquiry, secret), "refusals": [finding.text for finding in refusal.findings]}
        return render(request, "public/enquiry_state.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:draft", draft.code)


def _state(enquiry: Enquiry, secret: str) -> dict[str, object]:
    names, call = accounts.names_of([enquiry.manager]), enquiry.call
    return {
        "enquiry": enquiry,
        "secret": secret,
        "state": ENQUIRY_STATES[EnquiryState(enquiry.state)],
        "manager": names.get(enquiry.manager, ""),
        "task": queries.task_of(enquiry),
        "may_begin": bool(call and call.is_published and schemes.window_of(call, clock.now())),
    }


def _shown(
    request: HttpRequest, call: Call, form: EnquiryForm, status: HTTPStatus, *, is_trapped: bool = False
) -> HttpResponse:
    spec = schemes.enquiries_of(call)
    page = {
        "call": call,
        "form": form,
        "days": spec.call_back_days if spec else 0,
        "notice": schemes.section(call, Section.PRIVACY),
        "trap": TRAP,
        "is_trapped": is_trapped,
    }
    return render(request, "public/enquiry.html", page, status=status)


def _known(request: HttpRequest) -> dict[str, str]:
    """What need not be asked of somebody who has signed in, and the word of this form."""
    language = (get_language() or "it").split("-")[0]
    begun = {"key": new_key(), "language": language}
    if not isinstance(request.user, User):
        return begun
    return {**begun, "contact_name": request.user.full_name, "contact_email": request.user.email or ""}


def _actor(request: HttpRequest) -> Actor:
    if not isinstance(request.user, User):
        return Actor.stranger()
    return accounts.actor_for(request.user, on=timezone.localdate(clock.now()), door=DOOR)
