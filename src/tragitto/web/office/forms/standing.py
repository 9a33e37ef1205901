"""The form by which the desk moves a person on the roster: a typed reason, and a note where it needs one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.schemes.pack import ReasonSpec
from tragitto.web.office.forms.telling import TellingField
from tragitto.web.parts.standing_words import STATUSES


class QuestionForm(forms.Form):
    """Two buttons: ask the person, or write down what they told the office."""

    ASK, CONFIRMED = "ask", "confirmed"
    act = forms.ChoiceField(choices=[(ASK, ASK), (CONFIRMED, CONFIRMED)], widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Which reason, of those that follow where the person stands, and what the colleagues should know."""

    reason = forms.ChoiceField(
        label=_("Reason"), help_text=_("The person reads it in their language, with the day.")
    )
    note = TellingField(
        label=_("Note for the office"),
        help_text=_("The person does not see it on their page, and may ask for it."),
        required=False,
    )

    def __init__(self, *given: Any, reasons: Sequence[ReasonSpec], language: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.reasons = {each.code: each for each in reasons}
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Choose a reason")),
            *((each.code, _words(each, language)) for each in reasons),
        ]

    def clean(self) -> dict[str, Any]:
        """A reason that needs a note has one: said at the note, not on top."""
        data = super().clean() or self.cleaned_data
        chosen = self.reasons.get(str(data.get("reason", "")))
        if chosen and chosen.needs_note and not data.get("note"):
            self.add_error("note", _("Please write a note: this reason alone does not say enough."))
        return data


def _words(reason: ReasonSpec, language: str) -> str:
    return f"{reason.title.get(language) or reason.title['it']} → {STATUSES[reason.leads_to].word}"
