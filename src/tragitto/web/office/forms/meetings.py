"""Arranging meetings at the desk: a day, an interpreter, a booking, a mark, a cancellation."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.meeting_forms import interpreted
from tragitto.web.parts.meeting_times import STATES


class DayForm(forms.Form):
    """A day of meetings, and where they take place."""

    on = forms.DateField(
        label=_("Day"),
        help_text=_("The hours and pauses are those of the published rules."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    link = forms.URLField(
        label=_("Address of the video meeting"),
        help_text=_("It begins with https://. Write {meeting} where the code of each meeting belongs."),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        max_length=300,
    )


class InterpreterForm(forms.Form):
    """Somebody who interprets, and from which languages."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    languages = forms.MultipleChoiceField(
        label=_("Interprets from"), choices=interpreted, widget=forms.CheckboxSelectMultiple
    )


class MarkForm(forms.Form):
    """What became of a meeting."""

    state = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)

    def __init__(self, data: object = None, *, offered: Sequence[MeetingState]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["state"].choices = [(str(each), STATES[each][1]) for each in offered]  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why the desk cancels a meeting."""

    ground = forms.CharField(
        label=_("Why it is cancelled"),
        help_text=_("It is kept with your name. Both sides are told that the meeting is cancelled."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
