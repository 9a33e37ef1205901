"""How a door finds one thing: what is missing and what may not be seen are both a page that is not there."""

from collections.abc import Callable

from django.http import Http404

from tragitto.kernel.refusals import NotFound


def found[**P, T](ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `ask` answers; its `NotFound` becomes a 404."""
    try:
        return ask(*args, **kwargs)
    except NotFound as missing:
        raise Http404 from missing
