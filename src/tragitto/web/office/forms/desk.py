"""Forms of the sorting desk and of the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.records.registries import Suggestion
from tragitto.web.office.forms.looking import LookingForm
from tragitto.web.office.forms.telling import TellingField


class SuggestedForm(forms.Form):
    """Which of the places the house can think of."""

    suggestion = forms.ChoiceField(label=_("Where it may belong"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, suggestions: Sequence[Suggestion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = [one for one in suggestions if one.taker]
        field = self.fields["suggestion"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(number), f"{number + 1}. {one.label} – {one.reason}")
            for number, one in enumerate(self.suggestions)
        ]

    @property
    def chosen(self) -> Suggestion:
        """The suggestion that was ticked; only after the form was found valid."""
        return self.suggestions[int(self.cleaned_data["suggestion"])]


class ByHandForm(forms.Form):
    """The call a message answers, and who files where its form cannot say."""

    call = forms.ChoiceField(label=_("Call"))
    codice_fiscale = forms.CharField(
        label=_("Codice fiscale of the enterprise"),
        help_text=_("Only needed when the form in the message cannot be read."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name of the enterprise"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, calls: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a call")), *calls]


class AsideForm(forms.Form):
    """Why a message needs no place."""

    reason = TellingField(
        label=_("Why it is set aside"), help_text=_("It stays registered and can be taken up again.")
    )


class TakeUpForm(forms.Form):
    """Why a message that was set aside is needed after all."""

    reason = TellingField(label=_("Why it is taken up again"), required=False)


class NumberForm(LookingForm):
    """One entry of the register by its number."""

    number = forms.IntegerField(label=_("Number"), required=False, min_value=1)


class DayForm(forms.Form):
    """The day of a daily register."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        """A day that has begun: of others nothing can be known."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
