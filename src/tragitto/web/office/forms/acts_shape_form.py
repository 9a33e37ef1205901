"""A page of questions about a call, made from the shape of what is asked, with the problems beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes.pack.base import Texts
from tragitto.schemes.pack.reading import HEADING
from tragitto.schemes.rules import Problem
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_asked import Asked
from tragitto.web.office.forms.acts_fields import Choices, fields
from tragitto.web.office.forms.acts_shapes import field_at, put, value_at
from tragitto.web.parts.templatetags.parts import badge


class ShapeForm(forms.Form):
    """Asks for some paths of a shape; `seen` = the content hash from which the answers began."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        shape: type[msgspec.Struct],
        asked: Sequence[Asked],
        choices: Mapping[str, Choices],
        optional: str = "",
        problems: Mapping[str, Sequence[Problem]] = {},
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shape, self.asked, self.optional = shape, tuple(asked), optional
        for each in self.asked:
            hint, required = field_at(shape, each.path)
            made = fields(each, hint, required=required and not optional, choices=choices.get(each.kind))
            for name, field in made.items():
                field.help_text = _beside(field.help_text, name, problems.get(each.path, ()))
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """All languages of a text or none; all of a part that may be left out, or nothing of it."""
        data = super().clean() or {}
        for each in self.asked:
            if self._is_text(each) and not each.path.startswith("texts."):
                self._all_languages(each)
        if self.optional and any(self._answer(each) for each in self.asked):
            for each in self.asked:
                if field_at(self.shape, each.path)[1] and self._answer(each) in ("", None):
                    text = _("Say this too, or leave the whole page empty.")
                    self.add_error(each.path.replace(".", "-"), text)
        return data

    def clean_notice(self) -> str:
        """A notice whose every word stands in a numbered paragraph, or none at all."""
        text: str = self.cleaned_data["notice"].replace("\r\n", "\n").strip()
        if text and HEADING.match(text) is None:
            raise forms.ValidationError(_("Begin with the heading of a paragraph, like: ## 1. TITLE"))
        return text

    def put_into(self, raw: dict[str, Any]) -> None:
        """Put the answers where they belong in the plain form of the shape; only after it was found valid."""
        if self.optional and not any(self._answer(each) for each in self.asked):
            raw[self.optional] = None
            return
        for each in self.asked:
            put(raw, each.path, self._answer(each))

    def _answer(self, asked: Asked) -> Any:
        name = asked.path.replace(".", "-")
        if not self._is_text(asked):
            value = self.cleaned_data.get(name)
            hint, required = field_at(self.shape, asked.path)
            return None if value == "" and hint is not str and not required else value
        said = {each: self.cleaned_data.get(f"{name}-{each}", "") for each in LANGUAGES}
        return {each: text for each, text in said.items() if text}

    def _is_text(self, asked: Asked) -> bool:
        return bool(field_at(self.shape, asked.path)[0] == Texts)

    def _all_languages(self, asked: Asked) -> None:
        said = self._answer(asked)
        for language in LANGUAGES:
            if said and language not in said:
                self.add_error(
                    f"{asked.path.replace('.', '-')}-{language}", _("Say it in all four languages.")
                )


def initial(shape: type[msgspec.Struct], asked: Sequence[Asked], raw: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in ``raw`` as the first answers of a form."""
    found: dict[str, Any] = {}
    for each in asked:
        name, value = each.path.replace(".", "-"), value_at(raw, each.path)
        if field_at(shape, each.path)[0] == Texts:
            found |= {f"{name}-{language}": text for language, text in (value or {}).items()}
        else:
            found[name] = value
    return found


def _beside(hint: Any, name: str, problems: Sequence[Problem]) -> SafeString:
    """The hint of a field, and after it what the check says about it."""
    language = name.rpartition("-")[2]
    own = [
        each
        for each in problems
        if each.code != "missing_language" or language in each.matter.split(", ") or language not in LANGUAGES
    ]
    marks = [badge("open", acts_words.of_problem(each)) for each in own]
    says = format_html("{}", hint)
    for mark in marks:
        says = format_html("{} {}", says, mark) if says else mark
    return says
