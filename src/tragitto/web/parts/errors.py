"""The pages that say what went wrong, in the frame, with a way on."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tragitto.web.parts.context import frame


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return HttpResponse(render_to_string("400.html", request=request), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    return HttpResponse(render_to_string("403.html", request=request), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was open too long, or came from elsewhere."""
    return HttpResponse(render_to_string("403_csrf.html", request=request), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return HttpResponse(render_to_string("404.html", request=request), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without the request, because whatever broke might break again."""
    return HttpResponse(render_to_string("500.html", frame()), status=500)
