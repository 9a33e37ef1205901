"""The published rules of a round of selection, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.selection.queries.rounds import published_round
from tragitto.web.parts import selection_rules
from tragitto.web.parts.finding import found


@require_safe
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """How people are chosen in this round; 404 until it is published."""
    of = found(published_round, code)
    return render(request, "public/selection_rules.html", {"round": of, "it": selection_rules.page_of(of)})
