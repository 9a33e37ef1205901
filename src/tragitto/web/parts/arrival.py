"""When a request arrived: looked at once, before anything is done about it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from tragitto.kernel import clock

#: Beside the headers, where no header can write: their names begin with HTTP_.
_KEY = "tragitto.arrived_at"


def stamp(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: note the moment before sessions, tokens and queries take their time."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.META[_KEY] = clock.now()
        return respond(request)

    return answer


def arrived_at(request: HttpRequest) -> datetime:
    """The moment at which the request arrived, however long ago it has become."""
    moment: datetime = request.META[_KEY]
    return moment
