"""Who is meant by a change of many or an export: those ticked on the page, or all of the search."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from tragitto.candidates.queries import search
from tragitto.web.office.access import OfficeRequest
from tragitto.web.office.forms.roster import SearchForm, query_of
from tragitto.web.office.roster_desk import Desk

#: What is posted for all of the search; anything else means those ticked.
ALL = "all"


@dataclass(frozen=True)
class Meant:
    """The codes of these people, whether they are all of the search, and the address of that search."""

    codes: Sequence[str]
    is_all: bool
    query: str


def meant(request: OfficeRequest, desk: Desk, *, most: int) -> Meant:
    """Who is meant by what was posted; 404 for a search that cannot be read. One query for a search."""
    form = SearchForm(request.GET, desk=desk)
    if not form.is_valid():
        raise Http404
    query = urlencode(query_of(form.criteria(), desk))
    if request.POST.get("who") == ALL:
        return Meant(search.codes(request.actor, desk.scheme, form.criteria(), most=most), True, query)
    return Meant(request.POST.getlist("person"), False, query)
