"""What is sent with a ranking beside its places."""

from django import forms


class RevisionForm(forms.Form):
    """Which state of a draft somebody had before their eyes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
