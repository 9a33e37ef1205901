"""The form by which a legal representative signs what a delegate has prepared."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CoSignForm(forms.Form):
    """That the person has read all that is signed, in which language: it is known by its hash."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read the answers above, and make these declarations as legal representative")
    )
