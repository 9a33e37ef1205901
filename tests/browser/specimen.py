"""Every part of the frame on two pages of their own, with addresses that exist in tests alone."""

from datetime import UTC, date, datetime
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from tragitto.config import urls as house_urls

CERTIFIED_AT = datetime(2025, 7, 31, 21, 59, 59, tzinfo=UTC)


def specimen(name: str):
    """The template beside this file; it stays out of the folders that a release searches."""
    return engines["django"].from_string((Path(__file__).parent / f"{name}.html").read_text())


class SpecimenForm(forms.Form):
    """One field of each kind."""

    firm = forms.CharField(label="Name of the firm", help_text="As in the register of companies.")
    email = forms.EmailField(label="Certified e-mail")
    since = forms.DateField(label="Active since", widget=forms.DateInput(attrs={"type": "date"}))
    region = forms.ChoiceField(label="Region", choices=[("", "Choose"), ("a", "Lombardia"), ("b", "Veneto")])
    finding = forms.ChoiceField(
        label="Finding", widget=forms.RadioSelect, choices=[("met", "Met"), ("unmet", "Not met")]
    )
    profiles = forms.MultipleChoiceField(
        label="Profiles", widget=forms.CheckboxSelectMultiple, choices=[("a", "Welder"), ("b", "Bricklayer")]
    )
    ground = forms.CharField(label="Ground", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label="Signed form", required=False)
    agrees = forms.BooleanField(label="The facts stated are true")


class Filters(forms.Form):
    """Narrows a list."""

    hides_optional = True
    call = forms.ChoiceField(label="Call", required=False, choices=[("", "All"), ("a", "Lombardia 2025")])
    words = forms.CharField(label="Words", required=False, widget=forms.SearchInput)


def office(request: HttpRequest) -> HttpResponse:
    """The office's frame with everything a list or a case shows."""
    story = [
        {"title": "Received", "at": CERTIFIED_AT, "text": "By certified e-mail."},
        {"title": "Registered", "on": date(2025, 8, 1)},
    ]
    shown = {
        "filters": Filters(),
        "states": ("met", "unmet", "unknown"),
        "at": CERTIFIED_AT,
        "facts": [("Firm", "Panificio Bruno S.r.l."), ("Mailbox", "bruno@pec.example")],
        "story": story,
        "page": Paginator(range(200), 20).page(5),
    }
    return HttpResponse(specimen("office").render(shown, request))


def form(request: HttpRequest) -> HttpResponse:
    """The public frame with one field of each kind; sent back with its errors."""
    given = SpecimenForm(request.POST) if request.method == "POST" else SpecimenForm()
    page = specimen("form").render({"form": given}, request)
    return HttpResponse(page, status=422 if given.errors else 200)


urlpatterns = [
    path("specimen/office/", office),
    path("specimen/form/", form),
    path("", include(house_urls.urlpatterns)),
]
handler400 = house_urls.handler400
handler403 = house_urls.handler403
handler404 = house_urls.handler404
handler500 = house_urls.handler500
