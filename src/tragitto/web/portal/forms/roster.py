"""The pages of registering as forms, one question each; what is wrong with an answer, the action says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules.answers import levelled, skills_of
from tragitto.candidates.vocabulary import PageKind
from tragitto.candidates.words import SKILL_GROUP
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.web.parts import countries
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.forms.days import DayField, says

#: Pages on which one thing is asked for and another may stay empty; elsewhere the page says it.
_MARKED = frozenset({PageKind.BIRTH, PageKind.TRADE})


@dataclass(frozen=True)
class Around:
    """What the fields of a page are made of: the registration, which of several pages, the language."""

    draft: Draft
    key: str
    language: str

    @property
    def scheme(self) -> Scheme:
        """The scheme of the roster."""
        return self.draft.candidate.scheme


class PageForm(forms.Form):
    """What one page asks; `revision` is the state of the registration that the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False

    def __init__(self, *args: Any, kind: PageKind, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= FIELDS[kind](around)
        self.hides_optional = kind not in _MARKED

    def answers(self) -> Mapping[str, object]:
        """What was answered, place by place."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class BeginForm(forms.Form):
    """The one question before a registration begins."""

    birth_on = DayField(label=_("When were you born?"), says=says("no_day"), is_birth=True)
    use_required_attribute = False


class ConsentForm(forms.Form):
    """Yes or no to one consent."""

    given = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, I do not agree"))],
        error_messages={"required": says("choose")},
        widget=forms.RadioSelect,
    )
    use_required_attribute = False


def _text(label: Any, empty: Any = "", **attributes: Any) -> forms.CharField:
    """One line; `empty` = what is said when it is, where it must not be."""
    widget = forms.TextInput(attrs={"maxlength": 200, **attributes})
    return forms.CharField(
        label=label, required=bool(empty), error_messages={"required": empty}, widget=widget
    )


def _language(around: Around) -> dict[str, forms.Field]:
    return {"language": _radios(_("Language"), settings.LANGUAGES)}


def _birth(around: Around) -> dict[str, forms.Field]:
    return {
        "birth_on": DayField(label=_("Date of birth"), says=says("no_day"), is_birth=True),
        "birth_place": _text(_("Town or village where you were born")),
    }


def _latin_names(around: Around) -> dict[str, forms.Field]:
    typed = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters", "autocorrect": "off"}
    surnames = _text(_("Surnames (family name)"), autocomplete="family-name", **typed)
    given = _text(_("Given names (first names)"), autocomplete="given-name", **typed)
    surnames.help_text = _("Number 1 in the picture. Write all of them in one line, as they stand there.")
    given.help_text = _("Number 2 in the picture.")
    return {"surnames": surnames, "given_names": given}


def _arabic_names(around: Around) -> dict[str, forms.Field]:
    typed = {"dir": "rtl", "lang": "ar", "spellcheck": "false"}
    return {
        "arabic_surnames": _text(_("Surnames (family name)"), **typed),
        "arabic_given_names": _text(_("Given names (first names)"), **typed),
    }


def _standing(around: Around) -> dict[str, forms.Field]:
    country = countries.name_of(around.draft.spec.origin, around.language)
    options = [(word.value, str(text).format(country=country)) for word, text in words.STANDING.items()]
    nationality = _country(_("Country of which you are a citizen"), around, required=False)
    nationality.help_text = _("Only if you are a citizen of another country.")
    return {
        "standing": _radios(_("Your status"), options),
        "nationality": nationality,
    }


def _contacts(around: Around) -> dict[str, forms.Field]:
    phone = _text(_("Mobile number"), autocomplete="tel", inputmode="tel")
    email = _text(_("E-mail address"), autocomplete="email", inputmode="email", autocapitalize="none")
    phone.widget.input_type, email.widget.input_type = "tel", "email"
    phone.help_text = _("For example 06 12 34 56 78. With another country: +33 6 12 34 56 78.")
    return {"phone": phone, "email": email}


def _home(around: Around) -> dict[str, forms.Field]:
    town = _text(_("Town or village"), says("no_town"), autocomplete="address-level2")
    return {"town": town, "country": _country(_("Country"), around)}


def _profiles(around: Around) -> dict[str, forms.Field]:
    offered = around.scheme.profiles.order_by("position")
    options = [(each.code, in_language(each.title, around.language)) for each in offered]
    many = _boxes(_("Work that you can do"), options)
    many.required, many.error_messages["required"] = True, says("choose")
    best = forms.ChoiceField(
        label=_("Which of these do you like best?"),
        choices=[("", _("All the same to me")), *options],
        required=False,
    )
    return {"profiles": many, "best": best}


def _trade(around: Around) -> dict[str, forms.Field]:
    years = forms.IntegerField(label=_("Years"), min_value=0, max_value=60)
    years.widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2, "class": "is-short"})
    wrong = says("no_years")
    years.error_messages |= dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return {"years": years, "words": _paragraph(_("In your words: what do you do at work?"))}


def _skills(around: Around) -> dict[str, forms.Field]:
    found = skills_of(around.draft.spec, around.key)
    options = [
        (SKILL_GROUP[group], [(skill.code, in_language(skill.title, around.language)) for skill in skills])
        for group, skills in groupby(found, key=lambda skill: skill.group)
    ]
    return {"skills": _boxes(_("What you can do"), options)}


def _mastery(around: Around) -> dict[str, forms.Field]:
    found = levelled(around.draft.spec, around.key, list(around.draft.skills))
    options = [(word.value, text) for word, text in words.MASTERY.items()]
    return {
        skill.code: _radios(in_language(skill.title, around.language), options, required=False)
        for skill in found
    }


def _available(around: Around) -> dict[str, forms.Field]:
    return {"available_from": DayField(label=_("From this day"), says=says("no_day"), required=False)}


def _regions(around: Around) -> dict[str, forms.Field]:
    offered = around.scheme.regions.order_by("code")
    options = [(each.code, in_language(each.title, around.language)) for each in offered]
    return {"regions": _boxes(_("Regions"), options)}


def _shifts(around: Around) -> dict[str, forms.Field]:
    options = [(word.value, text) for word, text in words.SHIFT.items()]
    return {"shifts": _boxes(_("Working hours"), options)}


def _housing(around: Around) -> dict[str, forms.Field]:
    options = [(word.value, text) for word, text in words.HOUSING.items()]
    return {"housing": _radios(_("Place to live"), options, required=False)}


def _about(around: Around) -> dict[str, forms.Field]:
    return {"about": _paragraph(_("What you want to tell"))}


def _radios(label: Any, options: Iterable[Any], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(options),
        required=required,
        error_messages={"required": says("choose")},
        widget=forms.RadioSelect,
    )


def _boxes(label: Any, options: Iterable[Any]) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=list(options), required=False, widget=widget)


def _country(label: Any, around: Around, *, required: bool = True) -> forms.ChoiceField:
    listed = countries.choices(around.language, around.draft.spec.origin)
    options = [("", _("Choose")), *listed]
    return forms.ChoiceField(label=label, choices=options, required=required)


def _paragraph(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "maxlength": 2000, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget)


FIELDS: Mapping[PageKind, Callable[[Around], dict[str, forms.Field]]] = {
    PageKind.LANGUAGE: _language,
    PageKind.BIRTH: _birth,
    PageKind.LATIN_NAMES: _latin_names,
    PageKind.ARABIC_NAMES: _arabic_names,
    PageKind.STANDING: _standing,
    PageKind.CONTACTS: _contacts,
    PageKind.HOME: _home,
    PageKind.PROFILES: _profiles,
    PageKind.TRADE: _trade,
    PageKind.SKILLS: _skills,
    PageKind.MASTERY: _mastery,
    PageKind.AVAILABLE: _available,
    PageKind.REGIONS: _regions,
    PageKind.SHIFTS: _shifts,
    PageKind.HOUSING: _housing,
    PageKind.ABOUT: _about,
}
