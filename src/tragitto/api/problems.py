"""How the API says no: problem details (RFC 9457), with the findings of a refusal in words."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tragitto.kernel.refusals import Finding, NotAllowed, NotFound, Refusal, Stale

MEDIA_TYPE = "application/problem+json"


def problem(status: int, findings: Iterable[Finding] = (), *, detail: str = "") -> HttpResponse:
    """A problem: its status, a sentence, and one finding for each thing to mend."""
    named = list(findings)
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or " ".join(str(finding.text) for finding in named),
        "findings": [
            {"code": each.code, "text": str(each.text), "facts": dict(each.facts)} for each in named
        ],
    }
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE)


def tell(api: NinjaAPI) -> None:
    """Let every refusal and every mistake that `api` meets be told as a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: _refused,
        NotFound: _missing,
        Http404: _missing,
        ValidationError: _misread,
        AuthenticationError: _unknown_caller,
        Throttled: _too_many,
        HttpError: _other,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def no_such_page(request: HttpRequest, **parts: str) -> HttpResponse:
    """The answer at an address of the API where there is nothing."""
    return _missing(request, Http404())


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        return problem(HTTPStatus.FORBIDDEN, refusal.findings)
    if isinstance(refusal, Stale):
        return problem(HTTPStatus.CONFLICT, refusal.findings)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.findings)


def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    said = _("There is nothing at this address, or nothing that you may know of.")
    return problem(HTTPStatus.NOT_FOUND, [Finding("not-found", said)])


def _misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    findings = [
        Finding(
            f"value-{each['type']}", str(each["msg"]), {"at": ".".join(str(part) for part in each["loc"])}
        )
        for each in error.errors
    ]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, findings)


def _unknown_caller(request: HttpRequest, error: Exception) -> HttpResponse:
    said = _("Send a token that holds: Authorization: Bearer tragitto_…")
    answer = problem(HTTPStatus.UNAUTHORIZED, [Finding("no-token", said)])
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    said = _("Too many requests: wait a minute, then go on more slowly.")
    answer = problem(HTTPStatus.TOO_MANY_REQUESTS, [Finding("too-many", said)])
    answer["Retry-After"] = str(error.wait or 1)
    return answer


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, detail=str(error))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    said = _("Something went wrong on our side. Whoever runs this service can see what.")
    answer = problem(HTTPStatus.INTERNAL_SERVER_ERROR, [Finding("broken", said)])
    log_response("%s: %s", "API", request.path, response=answer, request=request, exception=error)
    return answer
