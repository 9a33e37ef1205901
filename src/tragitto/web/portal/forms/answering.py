"""What an employer answers to a notice of obstacles."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Observations in words."""

    text = forms.CharField(
        label=_("Your observations"),
        help_text=_("Say why you think otherwise, point by point. The office answers each in its decision."),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
