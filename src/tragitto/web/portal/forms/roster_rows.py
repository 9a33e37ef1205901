"""Work, diplomas and languages of a registration as forms: one row each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules.abilities import Paper, Study, Tongue, Work
from tragitto.kernel.texts import in_language
from tragitto.web.parts import countries
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.forms.days import DayField, says


class RowForm(forms.Form):
    """What the three share: the registration they belong to, and the language of the page."""

    use_required_attribute = False

    def __init__(self, *args: Any, draft: Draft, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.language = draft, language
        self.fill()

    def fill(self) -> None:
        """Put the choices in place that the roster gives."""

    def choose(self, name: str, options: Any, *, empty: Any = "") -> None:
        """Offer `options` in the list `name`, behind an empty one."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty or _("Choose")), *options]


class WorkForm(RowForm):
    """Work done somewhere."""

    role = forms.CharField(
        label=_("What was your work?"),
        help_text=_("For example: welder."),
        max_length=200,
        error_messages={"required": _("Write what work you did, for example “welder”.")},
    )
    profile = forms.ChoiceField(label=_("To which work of the roster does it belong?"), required=False)
    employer = forms.CharField(label=_("Name of the firm or school"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"))
    begins_on = DayField(
        label=_("You began"), says=_("Write the month and the year in which you began."), is_month=True
    )
    ends_on = DayField(
        label=_("You stopped"),
        help_text=_("If you still work there, leave this empty."),
        says=_("Write month and year, or leave both empty."),
        is_month=True,
        required=False,
    )
    words = forms.CharField(
        label=_("In your words: what did you do there?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def fill(self) -> None:
        """The profiles that the person offers, and the countries."""
        origin = self.draft.spec.origin
        offered = [(p.profile.code, in_language(p.profile.title, self.language)) for p in self.draft.profiles]
        self.choose("profile", offered, empty=_("None of them"))
        self.choose("country", countries.choices(self.language, origin))
        self.fields["country"].initial = origin

    def entry(self) -> Work:
        """The work as it was told."""
        return Work(**self.cleaned_data)


class StudyForm(RowForm):
    """A diploma."""

    title = forms.CharField(
        label=_("What is the diploma called?"),
        max_length=200,
        error_messages={"required": _("Write what the diploma is called.")},
    )
    level_code = forms.ChoiceField(
        label=_("Level"), help_text=_("If you are not sure, choose nothing: we look at it."), required=False
    )
    institution = forms.CharField(label=_("School or institute"), max_length=200, required=False)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "is-short"}),
        error_messages={"invalid": _("Write the year with four digits, for example 2019.")},
    )

    def fill(self) -> None:
        """The levels of the roster."""
        levels = [(each.code, in_language(each.title, self.language)) for each in self.draft.spec.diplomas]
        self.choose("level_code", levels, empty=_("I am not sure"))

    def entry(self) -> Study:
        """The diploma as it was told."""
        return Study(**self.cleaned_data)


class TongueForm(RowForm):
    """A language and how well it is spoken."""

    tongue = forms.ChoiceField(label=_("Language"), error_messages={"required": says("choose")})
    level = forms.ChoiceField(
        label=_("How well?"),
        choices=list(words.CEFR.items()),
        widget=forms.RadioSelect,
        error_messages={"required": says("choose")},
    )
    number = forms.CharField(
        label=_("Number of the certificate"),
        help_text=_("Only if you have one: for example CELI, CILS, PLIDA, DELF."),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    valid_until = DayField(
        label=_("The certificate is valid until"),
        says=says("no_day"),
        required=False,
    )

    def fill(self) -> None:
        """The languages of the roster by name."""
        named = [(code, TONGUES.get(code, code)) for code in self.draft.spec.languages]
        self.choose("tongue", named)

    def entry(self) -> Tongue:
        """The language as it was told."""
        told = self.cleaned_data
        paper = Paper(number=told["number"], valid_until=told["valid_until"])
        return Tongue(tongue=told["tongue"], level=told["level"], paper=paper)


#: Languages by their codes (ISO 639).
TONGUES = {
    "it": pgettext_lazy("tongue", "Italian"),
    "fr": pgettext_lazy("tongue", "French"),
    "ar": pgettext_lazy("tongue", "Arabic"),
    "en": pgettext_lazy("tongue", "English"),
    "es": pgettext_lazy("tongue", "Spanish"),
    "de": pgettext_lazy("tongue", "German"),
    "zgh": pgettext_lazy("tongue", "Tamazight (Berber)"),
}
