"""How a door finds one thing: what is missing and what may not be seen are both a page that is not there."""

from collections.abc import Callable, Iterable

from django.db.models import Model, QuerySet
from django.http import Http404

from tragitto.kernel.refusals import NotFound


def found[**P, T](ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `ask` answers; its `NotFound` becomes a 404."""
    try:
        return ask(*args, **kwargs)
    except NotFound as missing:
        raise Http404 from missing


def one_of[T: Model](rows: QuerySet[T], code: str) -> T:
    """The one of `rows` with this public code; else 404. One query."""
    wanted = rows.filter(code=code).first()
    if wanted is None:
        raise Http404
    return wanted


def one_among[T: Model](rows: Iterable[T], code: str) -> T:
    """The one of `rows` that were read already with this public code; else 404."""
    for row in rows:
        if getattr(row, "code", "") == code:
            return row
    raise Http404
