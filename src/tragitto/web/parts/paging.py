"""Pages of long lists."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

#: Rows on a page: what fits on two screens of a desk.
ROWS = 25


def page_of(
    rows: "QuerySet[Any] | Sequence[Any]",
    request: HttpRequest,
    *,
    size: int = ROWS,
    wanted: int | None = None,
) -> Page[Any]:
    """The page of `rows` that is `wanted` or that the address asks for; a wrong number gives the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page") or wanted)
