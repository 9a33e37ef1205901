"""Forms of the review: narrow the queue, judge a finding, decide, take a step, correct."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.cases.queries import Exit
from tragitto.employers.queries import FindingView
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.texts import in_language
from tragitto.schemes.vocabulary import Failing
from tragitto.web.office import words
from tragitto.web.office.forms.looking import LookingForm

#: What an answer means for the finding; "confirmed" leaves it as it is.
ANSWERS = {
    Verdict.CONFIRMED.value: _("Confirm it as it is"),
    State.MET.value: _("It is met"),
    State.UNMET.value: _("It is not met"),
}


class QueueForm(LookingForm):
    """Which expressions of the queue."""

    show = forms.ChoiceField(
        label=pgettext_lazy("queue", "Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("to_review", _("To review")),
            ("admitted", _("Admitted")),
            ("refused", _("Refused")),
            ("late", _("Late")),
        ],
    )


class JudgeForm(forms.Form):
    """A person's answer to a finding, with the ground where it says otherwise."""

    answer = forms.ChoiceField(label=_("Your judgement"), widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Ground"),
        required=False,
        help_text=_("Needed when you say otherwise than the house; it becomes part of the file."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, view: FindingView, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", view.code)
        super().__init__(*args, **kwargs)
        found = view.finding.state
        is_open = found == State.UNKNOWN and view.criterion.failing != Failing.WARN
        offered = [
            value for value in ANSWERS if value != found and not (is_open and value == Verdict.CONFIRMED)
        ]
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, ANSWERS[value]) for value in offered]

    def judgement(self) -> dict[str, Any]:
        """The answer as the action takes it; only after the form was found valid."""
        answer, ground = self.cleaned_data["answer"], self.cleaned_data["ground"]
        if answer == Verdict.CONFIRMED:
            return {"verdict": Verdict.CONFIRMED, "ground": ground}
        return {"verdict": Verdict.OVERRULED, "state": State(answer), "ground": ground}


class DecideForm(forms.Form):
    """How the expression ends, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("One per line. They stand in the decision (art. 3 L. 241/1990)."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, outcomes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(outcome, words.say("outcome", outcome).text) for outcome in outcomes]

    @property
    def lines(self) -> list[str]:
        """The reasons, one each; only after the form was found valid."""
        return [line.strip() for line in self.cleaned_data["reasons"].splitlines() if line.strip()]


class StepForm(forms.Form):
    """A step of the journey that decides nothing by itself."""

    step = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Where the step asks for one; it becomes part of the file."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, exits: Sequence[Exit] = (), language: str = "it", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, in_language(one.label, language)) for one in exits if one.is_open]


class ConfirmForm(forms.Form):
    """Which proposal a second person confirms."""

    proposal = forms.CharField(widget=forms.HiddenInput)
