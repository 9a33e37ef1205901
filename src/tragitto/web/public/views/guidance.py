"""The pages that explain: accessibility, privacy."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

#: When the words of these pages were last looked over.
ACCESSIBILITY_REVIEWED_ON = date(2026, 11, 22)
PRIVACY_REVIEWED_ON = date(2026, 11, 22)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and how to say that something is not."""
    return render(request, "public/accessibility.html", {"updated_on": ACCESSIBILITY_REVIEWED_ON})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site itself keeps about its visitors."""
    return render(request, "public/privacy.html", {"updated_on": PRIVACY_REVIEWED_ON})
