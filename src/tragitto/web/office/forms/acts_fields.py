"""The form fields that a type of a call's shape is asked with."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from enum import Enum
from typing import Any, get_args, get_origin

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes.pack.base import Texts
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_asked import Asked

type Choices = Sequence[tuple[str, Any]]
_CODE = RegexValidator(
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", _("A code is small letters and digits, joined by hyphens.")
)
_LONG = 4000


class LinesField(forms.CharField):
    """One thing a line; empty lines say nothing."""

    def __init__(self, *, convert: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
        self.convert = convert

    def prepare_value(self, value: Any) -> Any:
        """Several things as lines."""
        return "\n".join(str(each) for each in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The things, converted; refuses a line that cannot be."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        try:
            return [self.convert(line) for line in lines]
        except ValueError as error:
            raise forms.ValidationError(_("Write one whole number a line.")) from error


def fields(asked: Asked, hint: Any, *, required: bool, choices: Choices | None) -> Mapping[str, forms.Field]:
    """The fields that ask for a value of type ``hint``, by their names; a text has one for each language."""
    name = asked.path.replace(".", "-")
    said: dict[str, Any] = {"label": asked.label, "help_text": asked.help, "required": required}
    if hint == Texts:
        return {f"{name}-{language}": _spoken(asked, said, language) for language in LANGUAGES}
    return {name: _chosen(hint, said, choices) if choices is not None else _plain(asked, hint, said)}


def _chosen(hint: Any, said: dict[str, Any], choices: Choices) -> forms.Field:
    if get_origin(hint) is tuple:
        return forms.MultipleChoiceField(
            **{**said, "required": False}, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    nothing = [] if said["required"] else [("", "—")]
    return forms.ChoiceField(**said, choices=[*nothing, *choices])


def _plain(asked: Asked, hint: Any, said: dict[str, Any]) -> forms.Field:
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        if isinstance(item, type) and issubclass(item, Enum):
            return _chosen(hint, said, [(each.value, acts_words.of_enum(each)) for each in item])
        return LinesField(**{**said, "required": False}, convert=int if item is int else str)
    if isinstance(hint, type) and issubclass(hint, Enum):
        choices = [(each.value, acts_words.of_enum(each)) for each in hint]
        return forms.ChoiceField(**{**said, "required": True}, choices=choices)
    return _simple(asked, hint, said)


def _simple(asked: Asked, hint: Any, said: dict[str, Any]) -> forms.Field:
    made = _TYPED.get(hint) or _KINDS.get(asked.kind) or _line
    return made(said)


def _day(said: dict[str, Any]) -> forms.Field:
    return forms.DateField(**said, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _time(said: dict[str, Any]) -> forms.Field:
    widget = forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S")
    return forms.TimeField(**{**said, "required": True}, widget=widget)


def _code(said: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"dir": "ltr"})
    return forms.CharField(**said, max_length=64, validators=[_CODE], widget=widget)


def _line(said: dict[str, Any]) -> forms.Field:
    return forms.CharField(**said, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))


_TYPED: Mapping[Any, Callable[[dict[str, Any]], forms.Field]] = {
    bool: lambda said: forms.BooleanField(**{**said, "required": False}),
    int: lambda said: forms.IntegerField(**said, min_value=0, max_value=32767),
    date: _day,
    time: _time,
}
_KINDS: Mapping[str, Callable[[dict[str, Any]], forms.Field]] = {
    "email": lambda said: forms.EmailField(**said),
    "code": _code,
    "long": lambda said: forms.CharField(**said, max_length=_LONG, widget=_area({"dir": "auto"})),
    "notice": lambda said: forms.CharField(
        **said, strip=False, widget=forms.Textarea({"rows": 30, "dir": "auto"})
    ),
}


def _spoken(asked: Asked, said: dict[str, Any], language: str) -> forms.Field:
    attributes = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    widget = _area(attributes) if asked.kind == "long" else forms.TextInput(attrs=attributes)
    label = format_lazy("{} · {}", asked.label, acts_words.LANGUAGES[language])
    help_text = said["help_text"] if language == LANGUAGES[0] else ""
    most = _LONG if asked.kind == "long" else 300
    return forms.CharField(
        label=label, help_text=help_text, required=said["required"], max_length=most, widget=widget
    )


def _area(attributes: dict[str, str]) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4, **attributes})
