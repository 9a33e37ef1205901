"""Forms about an expression at the portal: withdraw."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why the employer withdraws, and that it is meant."""

    reason = forms.CharField(
        label=_("Why do you withdraw?"),
        help_text=_("The office reads it; it becomes part of the file."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    sure = forms.BooleanField(label=_("I understand that the filing ends and its place is lost"))
