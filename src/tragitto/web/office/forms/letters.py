"""Forms about letters to employers: write one, send it, say how it arrived, take and answer observations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.employers.actions import Point
from tragitto.web.office.forms.telling import TellingField


@dataclass(frozen=True)
class Candidate:
    """A condition of the call that a letter may speak of, and what would be said."""

    criterion: str
    title: str
    sentence: str


class WriteForm(forms.Form):
    """What a request or a notice says, point by point; what is left empty is not said."""

    def __init__(self, *args: Any, candidates: Iterable[Candidate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._criteria = {}
        for number, each in enumerate(candidates, start=1):
            name = f"point_{number}"
            self._criteria[name] = each.criterion
            self.fields[name] = TellingField(
                label=each.title,
                initial=each.sentence,
                required=False,
                help_text=_("Left empty, this point is not mentioned."),
            )
        self.fields["other"] = TellingField(
            label=_("Something else"), required=False, help_text=_("One point per line.")
        )
        self.fields["text"] = TellingField(
            label=_("More words"), required=False, help_text=_("They stand after the points."), rows=3
        )
        # Each point may be left out, but not all: "optional" beside every one would say otherwise.
        self.hides_optional = True

    def clean(self) -> dict[str, Any]:
        """Asks for one point at least."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.points:
            self.add_error(None, _("Say at least one thing: what is missing, or what is wrong."))
        return data

    @property
    def points(self) -> list[Point]:
        """What is said, in the order of the form."""
        data = self.cleaned_data
        said = [Point(data[name], code) for name, code in self._criteria.items() if data.get(name)]
        lines = str(data.get("other") or "").splitlines()
        return said + [Point(line.strip()) for line in lines if line.strip()]


class StartForm(forms.Form):
    """What the notice of the start says besides what the law asks for."""

    text = TellingField(label=_("More words"), required=False, help_text=_("They stand in the letter."))


class CorrectionForm(forms.Form):
    """Why a decision that the employer was told of holds no more."""

    text = TellingField(label=_("Why the decision holds no more"))


class SendForm(forms.Form):
    """Where a letter goes."""

    recipient = forms.EmailField(
        label=_("Certified address"),
        help_text=_("As the form of the employer says it; change it only when you know a better one."),
        max_length=254,
    )


class ArrivedForm(forms.Form):
    """How and when a letter reached the employer, where no receipt says it."""

    reached_at = forms.DateTimeField(
        label=_("When it arrived"),
        help_text=_("Day and time, as the proof says them."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    how = TellingField(label=_("How, and what proves it"), help_text=_("It becomes part of the file."))


class ObservationForm(forms.Form):
    """What an employer says against an obstacle, and the message in which it says so."""

    text = TellingField(label=_("What the employer says"), rows=5)
    message = forms.CharField(
        label=_("Message it rests on"),
        help_text=_("The code of the message, as its page shows it."),
        max_length=32,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class ReplyForm(forms.Form):
    """The answer to an observation; `obstacles` are those that hold and that the notice does not name."""

    is_upheld = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Upheld")), ("no", _("Not upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = TellingField(label=_("Why"), help_text=_("It stands in the decision."), rows=4)

    def __init__(self, *args: Any, obstacles: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices := list(obstacles):
            self.fields["new_grounds"] = forms.MultipleChoiceField(
                label=_("New obstacles that follow from this observation"),
                help_text=_(
                    "A refusal may rest on these besides the announced ones; any other needs a new notice."
                ),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
