"""Whether the service works, for people and for the programs that watch it."""

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tragitto.web.parts.context import frame


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503 as a problem document (RFC 9457); a page for browsers."""
    works = database_answers()
    code = HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE
    if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
        # Drawn without the request: looking up who asks would need the database.
        page = render_to_string("public/status.html", {**frame(), "works": works})
        return HttpResponse(page, status=code)
    if works:
        return JsonResponse({"status": "pass", "checks": {"database": "pass"}})
    return JsonResponse(
        {
            "type": "about:blank",
            "title": code.phrase,
            "status": int(code),
            "detail": "The database does not answer.",
        },
        status=code,
        content_type="application/problem+json",
    )


def database_answers() -> bool:
    """Whether the database answers the smallest question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False
