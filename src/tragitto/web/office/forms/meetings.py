"""Arranging meetings at the desk: a day, an interpreter, a booking, a mark, a cancellation."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.selection.models import Interpreter
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


class AddressForm(forms.Form):
    """Where a day, or one meeting of it, takes place."""

    link = forms.URLField(
        label=_("Address of the video meeting"),
        help_text=_("It begins with https://. Everybody concerned is told that something has changed."),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        max_length=300,
    )


class GuideForm(forms.Form):
    """Who interprets at a meeting."""

    interpreter = forms.ChoiceField(label=_("Who interprets"), required=False)

    def __init__(self, data: object = None, *, free: Sequence[Interpreter], now: Interpreter | None) -> None:
        super().__init__(data, initial={"interpreter": now.code if now else ""})  # type: ignore[arg-type]
        there = [*free, *([now] if now and now not in free else [])]
        self.known = {each.code: each for each in there}
        choices = [("", _("Nobody")), *((each.code, each.name) for each in there)]
        self.fields["interpreter"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Interpreter | None:
        """Who was chosen, or nobody."""
        return self.known.get(self.cleaned_data["interpreter"])


class GroundForm(forms.Form):
    """Why a whole day does not take place."""

    ground = forms.CharField(
        label=_("Why the day does not take place"),
        help_text=_("It is kept with your name. Everybody is told that their meeting is cancelled."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


class CancelForm(forms.Form):
    """Why the desk cancels a meeting."""

    ground = forms.CharField(
        label=_("Why it is cancelled"),
        help_text=_("It is kept with your name. Both sides are told that the meeting is cancelled."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
    firm_cannot = forms.BooleanField(
        label=_("The firm cannot at this time"),
        help_text=_("Nobody else is given this hour with it, and the person comes first for another one."),
        required=False,
    )
