"""Forms of rounds: beginning one, what a position asks for, what somebody tries out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import words
from tragitto.candidates.vocabulary import CefrLevel, Shift
from tragitto.kernel.texts import Text, in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec, SelectionSpec
from tragitto.selection.models import RoundPost
from tragitto.selection.rules.changes import AddedPost, Changes
from tragitto.selection.rules.demands import MOST_SCHOOLING, MOST_YEARS, Demands, suggested
from tragitto.selection.rules.people import licences_of

_NO_LEVEL = ("", _("Not asked"))
_LEVELS = [_NO_LEVEL, *((word.value, word.value) for word in CefrLevel)]
_MOST_POINTS = 10_000


def _said(text: Text) -> str:
    return in_language(text, (get_language() or "it").split("-")[0])


class BeginForm(forms.Form):
    """The scheme in which a round begins."""

    scheme_code = forms.ChoiceField(label=_("Scheme"))

    def __init__(self, *args: Any, schemes: Sequence[Scheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._schemes = {each.code: each for each in schemes}
        self.fields["scheme_code"].choices = [  # type: ignore[attr-defined]
            (each.code, _said(each.title)) for each in schemes
        ]

    @property
    def scheme(self) -> Scheme:
        """The scheme chosen."""
        return self._schemes[self.cleaned_data["scheme_code"]]


class PostForm(forms.Form):
    """What a position asks for, as stated together with its employer; `is_frozen` = only its seats change."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999)
    least_schooling = forms.IntegerField(
        label=_("Least schooling"),
        help_text=_("Level of the European Qualifications Framework, 0 to 8; 0 asks for none."),
        min_value=0,
        max_value=MOST_SCHOOLING,
    )
    least_years = forms.IntegerField(
        label=_("Least years of experience in the profile"), min_value=0, max_value=MOST_YEARS
    )
    must_skills = forms.MultipleChoiceField(
        label=_("Skills that are asked"),
        help_text=_("Who lacks one of them is not proposed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wished_skills = forms.MultipleChoiceField(
        label=_("Skills that would be welcome"),
        help_text=_("They give points and keep nobody out."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    must_licences = forms.MultipleChoiceField(
        label=_("Certificates and licences that are asked"),
        help_text=_("Valid on the day of the run."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(
        label=_("Day on which the work begins"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shifts = forms.MultipleChoiceField(
        label=_("Hours of work"),
        help_text=_("Who does not accept them all is not proposed."),
        choices=[(word.value, words.SHIFT[word]) for word in Shift],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, post: RoundPost, roster: RosterSpec, is_frozen: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(post, None if post.stated_by or is_frozen else roster))
        super().__init__(*args, **kwargs)
        self._tongues = [code for code in roster.languages if code in words.TONGUE]
        for code in self._tongues:
            label = _("Least level: {language}").format(language=words.TONGUE[code])
            self.fields[f"level_{code}"] = forms.ChoiceField(label=label, choices=_LEVELS, required=False)
        licences, profile = set(licences_of(roster)), post.position.profile.code
        ours = [each for each in roster.skills if profile in each.profiles]
        skills = [(each.code, _said(each.title)) for each in ours if each.code not in licences]
        self.fields["must_skills"].choices = skills  # type: ignore[attr-defined]
        self.fields["wished_skills"].choices = skills  # type: ignore[attr-defined]
        self.fields["must_licences"].choices = [  # type: ignore[attr-defined]
            (each.code, _said(each.title)) for each in ours if each.code in licences
        ]
        if post.round.rank_by is not None:
            self.fields["ground"] = forms.CharField(
                label=_("Why the seats change now"),
                help_text=_("Both sides were asked for their rankings already. Empty if the seats stay."),
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(["seats", "ground", *(f"level_{code}" for code in self._tongues)])
        for name, field in self.fields.items():
            field.disabled = is_frozen and name not in {"seats", "ground"}

    @property
    def free_fields(self) -> list[forms.BoundField]:
        """The fields that can be changed."""
        return [each for each in self if not each.field.disabled]

    @property
    def demands(self) -> Demands:
        """What was stated."""
        said = self.cleaned_data
        levels = {code: said[f"level_{code}"] for code in self._tongues if said[f"level_{code}"]}
        rest = {name: said[name] for name in Demands.__dataclass_fields__ if name in said}
        return Demands(least_levels=levels, **rest)


def _initial(post: RoundPost, roster: RosterSpec | None) -> dict[str, Any]:
    """What stands; with a roster, what the employer's words seem to ask for by what it knows."""
    names = tuple(Demands.__dataclass_fields__)
    source: Any = suggested(post.position.wishes, roster) if roster else post
    found = {name: getattr(source, name) for name in names}
    levels: Mapping[str, str] = found.pop("least_levels")
    return {**found, "seats": post.seats, **{f"level_{code}": level for code, level in levels.items()}}


class LeaveForm(forms.Form):
    """Why a position leaves the round."""

    ground = forms.CharField(label=_("Ground"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class WhatIfForm(forms.Form):
    """What somebody tries out: other points, another number of people, a position more or fewer."""

    note = forms.CharField(
        label=_("What you try out, and why"),
        help_text=_("It stands with the run. Nothing of the run can be taken up."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    per_seat = forms.IntegerField(
        label=_("People proposed for each seat"), required=False, min_value=1, max_value=50
    )
    left_out = forms.MultipleChoiceField(
        label=_("Positions that do not take part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    added_profile = forms.ChoiceField(label=_("One more position: profile"), required=False)
    added_region = forms.ChoiceField(label=_("One more position: region"), required=False)
    added_seats = forms.IntegerField(
        label=_("One more position: seats"), required=False, min_value=1, max_value=999
    )
    added_level = forms.ChoiceField(
        label=_("One more position: least Italian"), choices=_LEVELS, required=False
    )

    def __init__(
        self, *args: Any, rules: SelectionSpec, posts: Sequence[RoundPost], scheme: Scheme, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._points = [str(each.criterion) for each in rules.weights]
        for each in rules.weights:
            label = _("Points: {criterion}").format(criterion=_said(each.title))
            said = _("Published: {points}").format(points=each.points)
            self.fields[f"points_{each.criterion}"] = forms.IntegerField(
                label=label, help_text=said, required=False, min_value=0, max_value=_MOST_POINTS
            )
        self._posts = [each.code for each in posts]
        for post in posts:
            name = f"{_said(post.position.profile.title)} · {post.code}"
            self.fields[f"seats_{post.code}"] = forms.IntegerField(
                label=_("Seats: {position}").format(position=name),
                help_text=_("Now: {seats}").format(seats=post.seats),
                required=False,
                min_value=1,
                max_value=999,
            )
        self.fields["left_out"].choices = [  # type: ignore[attr-defined]
            (post.code, f"{_said(post.position.profile.title)} · {post.code}") for post in posts
        ]
        none = [("", _("None"))]
        profiles = [(each.code, _said(each.title)) for each in scheme.profiles.order_by("position")]
        regions = [(each.code, _said(each.title)) for each in scheme.regions.order_by("code")]
        self.fields["added_profile"].choices = none + profiles  # type: ignore[attr-defined]
        self.fields["added_region"].choices = none + regions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A position more has a profile and a region, and something is changed."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(said.get("added_profile")) != bool(said.get("added_region")):
            self.add_error("added_region", _("One more position needs a profile and a region."))
        if not self.errors and not self.changes:
            raise forms.ValidationError(_("Change something to try it out."))
        return said

    @property
    def changes(self) -> Changes:
        """What is different."""
        said = self.cleaned_data
        points = {name: said.get(f"points_{name}") for name in self._points}
        seats = {code: said.get(f"seats_{code}") for code in self._posts}
        return Changes(
            points={name: value for name, value in points.items() if value is not None},
            per_seat=said.get("per_seat"),
            seats={code: value for code, value in seats.items() if value},
            left_out=tuple(said.get("left_out") or ()),
            added=self._added(),
        )

    def _added(self) -> tuple[AddedPost, ...]:
        said = self.cleaned_data
        if not said.get("added_profile"):
            return ()
        level = said.get("added_level")
        return (
            AddedPost(
                code="added",
                profile=said["added_profile"],
                region=said["added_region"],
                seats=said.get("added_seats") or 1,
                least_levels={"it": level} if level else {},
            ),
        )
