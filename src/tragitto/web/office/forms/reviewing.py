"""Forms of the review: narrow the queue, judge a finding, decide, take a step, correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.queries import FindingView
from tragitto.employers.vocabulary import QueueShow, State, Verdict
from tragitto.schemes.vocabulary import Failing
from tragitto.web.office.forms.looking import LookingForm
from tragitto.web.office.forms.telling import TellingField

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
            (QueueShow.TO_REVIEW, _("To review")),
            (QueueShow.WAITING, _("Waiting for somebody else")),
            (QueueShow.MINE, _("Mine")),
            (QueueShow.NOBODYS, _("Nobody responsible")),
            (QueueShow.LATE, _("Late")),
            (QueueShow.ADMITTED, _("Admitted")),
            (QueueShow.REFUSED, _("Refused")),
        ],
    )


class JudgeForm(forms.Form):
    """A person's answer to a finding, with the ground where it says otherwise."""

    hides_optional = True

    answer = forms.ChoiceField(label=_("Your judgement"), widget=forms.RadioSelect)
    ground = TellingField(
        label=_("Ground"),
        required=False,
        help_text=_("Needed when you say otherwise than the house; it becomes part of the file."),
    )

    def __init__(self, *args: Any, view: FindingView, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", view.code)
        super().__init__(*args, **kwargs)
        found = view.finding.state
        is_open = found == State.UNKNOWN and view.criterion.failing != Failing.WARN
        # A late filing is admitted by two people, on a ground the call names.
        is_late = view.criterion.judge == TIMELINESS and found == State.UNMET
        offered = [
            value
            for value in ANSWERS
            if value != found
            and not (is_open and value == Verdict.CONFIRMED)
            and not (is_late and value == State.MET)
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
