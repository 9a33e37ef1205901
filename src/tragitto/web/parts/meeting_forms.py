"""Forms of meetings that several doors ask: at which hours somebody can, and to which time one moves."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import words
from tragitto.selection.models import Availability, MeetingDay
from tragitto.web.parts.meeting_times import slot_choices

type Choices = Sequence[tuple[str, SafeString]]
#: The language in which everybody meets, so that nobody interprets from it.
MEETING_LANGUAGE = "it"


def interpreted() -> list[tuple[str, words.Word]]:
    """The languages from which somebody may interpret, to choose from."""
    return [(code, said) for code, said in words.TONGUE.items() if code != MEETING_LANGUAGE]


class AvailabilityForm(forms.Form):
    """The hours of a day at which somebody can; what is not ticked is kept free of meetings."""

    can = forms.MultipleChoiceField(
        label=_("You can at these hours"),
        help_text=_("Leave ticked every hour at which you can. The more there are, the surer a meeting."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Tick at least one hour. If you cannot at all, write to who arranges the meetings."
            ),
            "invalid_choice": _("Choose hours from the list."),
        },
    )

    def __init__(
        self, data: object = None, *, day: MeetingDay, said: Availability | None, is_abroad: bool = False
    ) -> None:
        cannot = set(said.cannot) if said else set()
        choices = slot_choices(day, is_abroad=is_abroad)
        free = [value for value, _label in choices if datetime.fromisoformat(value) not in cannot]
        super().__init__(data, initial={"can": free})  # type: ignore[arg-type]
        self.fields["can"].choices = choices  # type: ignore[attr-defined]
        self.slots = [value for value, _label in choices]

    @property
    def cannot(self) -> list[datetime]:
        """The beginnings of the hours that were not ticked."""
        ticked = set(self.cleaned_data["can"])
        return [datetime.fromisoformat(each) for each in self.slots if each not in ticked]


class PersonAvailabilityForm(AvailabilityForm):
    """As above for a person on the roster, who may also wish for an interpreter."""

    interpreted_from = forms.ChoiceField(
        label=_("Interpreter"),
        help_text=_("The meeting is in Italian. If an interpreter is free they join it; it costs nothing."),
        required=False,
    )

    def __init__(self, data: object = None, *, day: MeetingDay, said: Availability | None) -> None:
        super().__init__(data, day=day, said=said, is_abroad=True)
        field = self.fields["interpreted_from"]
        field.choices = [("", _("I need no interpreter")), *interpreted()]  # type: ignore[attr-defined]
        field.initial = said.interpreted_from if said else ""


class TimeForm(forms.Form):
    """One of the free times."""

    starts_at = forms.ChoiceField(
        label=_("Free times"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the free times."),
            "invalid_choice": _("This time is not free any more: choose another one."),
        },
    )

    def __init__(self, data: object = None, *, choices: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["starts_at"].choices = choices  # type: ignore[attr-defined]

    @property
    def moment(self) -> datetime:
        """The moment chosen."""
        return datetime.fromisoformat(self.cleaned_data["starts_at"])
