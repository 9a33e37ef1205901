"""Forms of a call's publisher: say yes to a verb, and move the end of a window."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.schemes.models import Call
from tragitto.schemes.rules import Opening, closing_instant
from tragitto.web.office.forms.telling import TellingField
from tragitto.web.parts.moments import instant_in_words


class ExtendForm(forms.Form):
    """Which window ends when from now on, and the act that says so."""

    number = forms.TypedChoiceField(label=_("Window"), coerce=int)
    last_day = forms.DateField(
        label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_time = forms.TimeField(
        label=_("Last second of that day"),
        help_text=_("The second named is still in time, the next one is late."),
        initial=time(23, 59, 59),
        widget=forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S"),
    )
    act = forms.CharField(
        label=_("Act"),
        help_text=_("Number and date of the act that extends the window."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reason = TellingField(label=_("Reason"), help_text=_("It is published with the new end."))

    def __init__(self, *args: Any, call: Call, openings: Sequence[Opening], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = call.zone
        field = self.fields["number"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.number, f"{each.number} · {self._now(each)}") for each in openings]

    def extension(self) -> dict[str, Any]:
        """The answers as the action takes them; only after the form was found valid."""
        told = self.cleaned_data
        return {name: told[name] for name in ("number", "act", "reason")} | {"closes_at": self._closes_at()}

    def _now(self, opening: Opening) -> str:
        # People name the last second in time, windows the first one that is late.
        return instant_in_words(opening.closes_at - timedelta(seconds=1), self.zone)

    def _closes_at(self) -> datetime:
        day: date = self.cleaned_data["last_day"]
        return closing_instant(day, self.cleaned_data["last_time"], self.zone)
