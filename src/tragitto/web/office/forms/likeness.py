"""Forms about people who look alike: one person or two, who stays, and whether somebody is here already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import LikePair
from tragitto.candidates.rules.likely_names import names_of
from tragitto.candidates.rules.likeness import Facts, Paper
from tragitto.candidates.rules.naming import canonical
from tragitto.schemes.vocabulary import IdentityKind
from tragitto.web.office.forms.telling import TellingField
from tragitto.web.office.likeness_words import FIELDS

_HOW = _("It stays with the two, for whoever looks at them again.")


class SameForm(forms.Form):
    """The two are one person: which registration stays."""

    kept = forms.ChoiceField(
        label=_("Which registration stays"),
        help_text=_("The other goes into it; the earlier place on the roster counts in either case."),
        widget=forms.RadioSelect,
    )
    ground = TellingField(label=_("How you know"), help_text=_HOW)

    def __init__(self, *given: Any, pair: LikePair, **more: Any) -> None:
        super().__init__(*given, **more)
        self.people = {each.code: each for each in (pair.first, pair.second)}
        choice = self.fields["kept"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, _named(code, each)) for code, each in self.people.items()]


class ApartForm(forms.Form):
    """The two are different people."""

    ground = TellingField(label=_("How you know"), help_text=_HOW)


class BesideForm(forms.Form):
    """Somebody to be put beside a person."""

    other = forms.CharField(
        label=_("Code of the other registration"),
        max_length=64,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_other(self) -> str:
        """As codes are written."""
        return str(self.cleaned_data["other"]).strip().upper()


def _text(name: str, direction: str = "ltr") -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": direction, "spellcheck": "false", "autocomplete": "off"})
    label: Any = FIELDS[name]
    return forms.CharField(label=label, required=False, max_length=200, widget=widget)


class LikeForm(forms.Form):
    """What is known of somebody who may be on the roster already; nothing of it is kept."""

    surnames = _text("surnames")
    given_names = _text("given_names")
    arabic_surnames = _text("arabic_surnames", "rtl")
    arabic_given_names = _text("arabic_given_names", "rtl")
    birth_on = forms.DateField(
        label=_("Birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    number = _text("number")
    personal_number = _text("personal_number")
    phone = _text("phone")
    email = _text("email")

    def facts(self, key: int = 0) -> Facts:
        """What was written so far, whole or not; `key` = whose registration it is, if it is one's."""
        self.full_clean()
        said: dict[str, str] = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        surnames, given_names = canonical(said["surnames"]), canonical(said["given_names"])
        number = _sign(said["number"])
        return Facts(
            key=key,
            names=(names_of(surnames, given_names, said["arabic_surnames"], said["arabic_given_names"]),),
            birth_on=self.cleaned_data.get("birth_on"),
            person_number=_sign(said["personal_number"]),
            papers=tuple(Paper(kind, "", number) for kind in IdentityKind) if number else (),
            phone="".join(said["phone"].split()),
            email=said["email"].strip().lower(),
        )


def _sign(number: str) -> str:
    """A number as it is kept: capital letters and digits."""
    return "".join(each for each in number.upper() if each.isalnum())


def _named(code: str, person: Any) -> str:
    identity = person.identity
    names = f"{identity.given_names} {identity.surnames}".strip()
    return f"{code} · {names or f'{identity.arabic_given_names} {identity.arabic_surnames}'.strip()}"
