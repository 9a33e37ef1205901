"""Forms that lead an expression on: decide, confirm, withdraw, take a step, correct."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.cases.queries import Exit
from tragitto.kernel.texts import in_language
from tragitto.web.office import words
from tragitto.web.office.forms.telling import TellingField, told

#: The case may have moved on since the page was drawn.
_NOT_FROM_HERE = {
    "invalid_choice": _("Not possible from where the case now stands: its history says what happened.")
}


class DecideForm(forms.Form):
    """How the expression ends, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, error_messages=_NOT_FROM_HERE)
    reasons = TellingField(
        label=_("Reasons"),
        help_text=_("One per line. They stand in the decision (art. 3 L. 241/1990)."),
        rows=4,
    )

    def __init__(self, *args: Any, outcomes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(outcome, words.say("outcome", outcome).text) for outcome in outcomes]

    @property
    def lines(self) -> list[str]:
        """The reasons, one each; only after the form was found valid."""
        return lines_of(self.cleaned_data["reasons"])


class WithdrawForm(forms.Form):
    """That the employer has withdrawn, and the message that says so."""

    message = forms.CharField(
        label=_("Message it rests on"),
        help_text=_("The code of the message in which the employer withdraws, as its page shows it."),
        max_length=32,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    reason = TellingField(
        label=_("Reason"), help_text=_("What the message says; it becomes part of the file.")
    )

    @property
    def told(self) -> str:
        """The reason as the file keeps it, the message named; only after the form was found valid."""
        return f"{self.cleaned_data['reason']}\n{self.cleaned_data['message']}"


class StepForm(forms.Form):
    """A step of the journey that decides nothing by itself."""

    step = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect, error_messages=_NOT_FROM_HERE)
    reason = TellingField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, exits: Sequence[Exit] = (), language: str = "it", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [one for one in exits if one.is_open]
        labels = {one.code: in_language(one.label, language) for one in ways}
        field, reason = self.fields["step"], self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(labels.items())
        self._asking = {one.code for one in ways if one.needs_reason}
        # "Optional" would be untrue as soon as one of the steps asks for it.
        self.hides_optional = bool(self._asking)
        reason.help_text = told(self._hint(labels))

    def clean(self) -> dict[str, Any]:
        """Asks for the reason where the chosen step wants one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        asks = data.get("step") in self._asking and "reason" not in self.errors
        if asks and not data.get("reason"):
            self.add_error("reason", _("Please give the reason: it becomes part of the file."))
        return data

    def _hint(self, labels: Mapping[str, str]) -> str:
        if not self._asking:
            return str(_("It becomes part of the file."))
        named = "; ".join(label for code, label in labels.items() if code in self._asking)
        return _("Needed for: {steps}. It becomes part of the file.").format(steps=named)


class ConfirmForm(forms.Form):
    """Which proposal a second person confirms."""

    proposal = forms.CharField(widget=forms.HiddenInput)


def lines_of(reasons: str) -> list[str]:
    """Reasons written one per line, as a list."""
    return [line.strip() for line in reasons.splitlines() if line.strip()]
