"""Changing a shortlist: who is added or taken off, and the ground."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GroundForm(forms.Form):
    """Why somebody is taken off."""

    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("It is kept with your name, and the person may read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


class AddForm(GroundForm):
    """Who is added: by the code on the roster."""

    candidate = forms.CharField(label=_("Code of the person on the roster"), max_length=64)
    field_order = ("candidate", "ground")
