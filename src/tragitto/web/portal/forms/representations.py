"""Forms about acting for an enterprise: say so, add papers, end it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.employers.actions import Declaration, Upload
from tragitto.employers.vocabulary import Capacity, Power
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Call
from tragitto.web.parts import acting

_PAPER = _("PDF, a signed file (.p7m) or a picture, up to 10 MB.")


class PapersForm(forms.Form):
    """The papers that prove a delegation."""

    paper = forms.FileField(
        label=_("The delegation, signed by the legal representative"), help_text=_PAPER, required=False
    )
    identity_copy = forms.FileField(
        label=_("Copy of the legal representative's identity document"), help_text=_PAPER, required=False
    )

    def papers(self) -> dict[str, Upload | None]:
        """The files as the action takes them; only after the form was found valid."""
        return {name: _upload(self.cleaned_data.get(name)) for name in ("paper", "identity_copy")}


class DeclareForm(PapersForm):
    """For which enterprise a person acts, in what capacity, how far and until when."""

    codice_fiscale = forms.CharField(
        label=_("Codice fiscale of the enterprise"),
        help_text=_("11 digits; of a sole trader the 16 letters and digits of the person."),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    enterprise_name = forms.CharField(
        label=_("Name of the enterprise"),
        help_text=_("As in the company register."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    capacity = forms.ChoiceField(
        label=_("In what capacity do you act?"),
        widget=forms.RadioSelect,
        choices=[(capacity.value, acting.CAPACITIES[capacity]) for capacity in Capacity],
    )
    principal_name = forms.CharField(
        label=_("For a delegate: name of the legal representative"), max_length=200, required=False
    )
    principal_codice_fiscale = forms.CharField(
        label=_("For a delegate: codice fiscale of the legal representative"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    powers = forms.MultipleChoiceField(
        label=_("For a delegate: what the delegation covers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(power.value, acting.POWERS[power]) for power in Power],
    )
    call = forms.ChoiceField(label=_("Under which call?"), required=False)
    ends_on = forms.DateField(
        label=_("Until which day, if it ends"),
        help_text=_("On this day it holds no more."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    field_order = (
        *("codice_fiscale", "enterprise_name", "capacity", "principal_name", "principal_codice_fiscale"),
        *("powers", "call", "ends_on", "paper", "identity_copy"),
    )

    def __init__(self, *args: Any, calls: Sequence[Call], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "it").split("-")[0]
        self._calls, self._today = {call.code: call for call in calls}, today
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        titles = [(code, in_language(call.title, language)) for code, call in self._calls.items()]
        field.choices = [("", _("Every call")), *titles]

    def declaration(self) -> Declaration:
        """What was said as the action takes it; only after the form was found valid."""
        said = self.cleaned_data
        return Declaration(
            codice_fiscale=said["codice_fiscale"],
            enterprise_name=said["enterprise_name"],
            capacity=Capacity(said["capacity"]),
            starts_on=self._today,
            ends_on=said["ends_on"],
            call=self._calls.get(said["call"]),
            powers=[Power(power) for power in said["powers"]],
            principal_name=said["principal_name"],
            principal_codice_fiscale=said["principal_codice_fiscale"],
            **self.papers(),
        )


class EndForm(forms.Form):
    """Why it ends."""

    reason = forms.CharField(
        label=_("Why does it end?"),
        help_text=_("It becomes part of the file."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def _upload(given: "UploadedFile[bytes] | None") -> Upload | None:
    return Upload(given.name or "", given.read()) if given else None
