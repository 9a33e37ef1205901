"""Forms that narrow a list or ask a question; sent by GET, so that an address can be kept and passed on."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LookingForm(forms.Form):
    """A form of questions, all of which may stay open."""

    hides_optional = True

    def asked(self) -> dict[str, Any]:
        """What was asked, with nothing where the answer could not be read."""
        return self.cleaned_data if self.is_valid() else dict.fromkeys(self.fields)


class DayForm(LookingForm):
    """The law of which day."""

    on = forms.DateField(
        label=_("In force on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def day(self, today: date) -> date:
        """The day asked for, or `today`."""
        answer: date | None = self.asked()["on"]
        return answer or today


class LawForm(DayForm):
    """Which parameters, on which day."""

    words = forms.CharField(label=_("Words or code"), required=False, widget=forms.SearchInput)


class LedgerForm(LookingForm):
    """What happened to which thing."""

    subject = forms.CharField(
        label=pgettext_lazy("ledger", "Code of a file, message or person"),
        required=False,
        widget=forms.SearchInput(attrs={"dir": "ltr"}),
    )
