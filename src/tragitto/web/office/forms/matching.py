"""Confirming a match, and taking somebody out of a round."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    """A word on the confirmation, if there is one to say."""

    ground = forms.CharField(
        label=_("Note"),
        help_text=_("Kept with your name beside the match."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class OutForm(forms.Form):
    """Why somebody, or a position, leaves the round."""

    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("It is kept with your name, and those concerned may read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
