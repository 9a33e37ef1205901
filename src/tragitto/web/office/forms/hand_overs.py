"""Forms about packages: hand over what was looked at, take it back, record a consent withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.web.office.forms.telling import TellingField


class HandOverForm(forms.Form):
    """Which state of the package was looked at before it was handed over."""

    seal = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WithdrawConsentForm(forms.Form):
    """That an employer has taken back its consent: when, and the message that says so, if it is one."""

    withdrawn_at = forms.DateTimeField(
        label=_("When the employer withdrew it"),
        help_text=_("Day and time at which it said so."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    message = forms.CharField(
        label=_("Message it rests on"),
        help_text=_("The code of the message, as its page shows it. Leave it out if it was said otherwise."),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class RecallForm(forms.Form):
    """Why a package is taken back."""

    reason = TellingField(
        label=_("Reason"),
        help_text=_("The recipient reads it, and it stays: name no person and no employer."),
    )
