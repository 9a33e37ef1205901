"""A page of a draft as a form: one control for each place, by the kind of its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from tragitto.employers import answer_words
from tragitto.employers.rules.pages import Page
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FieldSpec
from tragitto.schemes.rules.forms import LONGEST, LONGEST_TEXT, Slot
from tragitto.schemes.vocabulary import FieldCheck, FieldKind

#: Up to so many answers are seen at once; longer lists are opened.
SEEN_AT_ONCE = 6
#: What browsers may fill in by themselves (WCAG 2.2, 1.3.5), by the fact a field states.
PURPOSES = {
    "enterprise.name": "organization",
    "signatory.name": "name",
    "contact.name": "name",
    "contact.phone": "tel",
    "contact.email": "email",
}
_TYPES = {FieldKind.EMAIL: "email", FieldKind.PEC: "email", FieldKind.PHONE: "tel"}
_KEYS = {FieldKind.DATE: "numeric", FieldKind.NUMBER: "numeric", FieldKind.MONEY: "decimal"}
_CODES = (FieldKind.CODICE_FISCALE, FieldKind.PARTITA_IVA)
_CHOSEN = (FieldKind.CHOICE, FieldKind.MULTI)
_HINTS = {
    FieldKind.DATE: _("Day, month and year, for example 31/12/2024."),
    FieldKind.PHONE: _("With its prefix, for example +39 035 123456."),
}
_CHECK_HINTS = {FieldCheck.PROVINCE: _("Two letters, for example BG.")}


class PageForm(forms.Form):
    """What one page asks; `revision` is the state of the draft that the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False

    def __init__(self, *args: Any, page: Page, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for slot in page.slots:
            self.fields[slot.name] = _field(slot, language)

    def written(self) -> dict[str, object]:
        """What the person wrote, place by place, whether it is right or not."""
        return {slot.name: self[slot.name].data for slot in self.page.slots}

    def say(self, page: Page) -> None:
        """Add what is wrong with the answers as they were saved, each at its place."""
        for name, problem in page.problems.items():
            self.errors.pop(name, None)
            self.add_error(name, str(answer_words.sentence(problem)))
        for name in page.missing:
            if name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])


def shown_at_first(
    page: Page, given: Mapping[str, object], offered: Mapping[str, object]
) -> dict[str, object]:
    """What stands in the controls of a page when it is opened: answers as people write them."""
    values = {**offered, **given}
    places = [slot for slot in page.slots if slot.name in values]
    return {slot.name: _as_people_write(slot.field, values[slot.name]) for slot in places}


def _as_people_write(field: FieldSpec, value: object) -> object:
    if field.kind is not FieldKind.DATE:
        return value
    try:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return value


def _field(slot: Slot, language: str) -> forms.Field:
    field = slot.field
    common: dict[str, Any] = {
        "label": in_language(field.label, language),
        "help_text": escape(in_language(field.help, language)) or _hint(field),
        "required": field.required,
        "error_messages": {"required": _required(field)},
    }
    if field.kind is FieldKind.CHECKBOX:
        return forms.BooleanField(**common)
    if field.kind in _CHOSEN:
        return _choice(field, language, common)
    # Answers are held against their field once they are saved: nothing that was typed is turned away here.
    return forms.CharField(**common, widget=_widget(field))


def _choice(field: FieldSpec, language: str, common: dict[str, Any]) -> forms.Field:
    choices: list[tuple[str, Any]] = [
        (option.value, in_language(option.label, language)) for option in field.options
    ]
    if field.kind is FieldKind.MULTI:
        return forms.MultipleChoiceField(**common, choices=choices, widget=forms.CheckboxSelectMultiple)
    if len(choices) > SEEN_AT_ONCE:
        return forms.ChoiceField(**common, choices=[("", _("Choose")), *choices])
    if not field.required:
        choices.append(("", _("No answer")))
    return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)


def _widget(field: FieldSpec) -> forms.Widget:
    longest = LONGEST.get(field.kind, LONGEST_TEXT)
    if field.kind is FieldKind.PARAGRAPH:
        return forms.Textarea(attrs={"rows": 4, "maxlength": longest, "dir": "auto"})
    attributes: dict[str, Any] = {"maxlength": longest}
    if purpose := PURPOSES.get(field.fact):
        attributes["autocomplete"] = purpose
    if field.kind in _KEYS:
        attributes["inputmode"] = _KEYS[field.kind]
    if field.kind in _KEYS or field.check is FieldCheck.PROVINCE:
        attributes["class"] = "is-short"
    if field.kind in _CODES or field.check in (FieldCheck.REA, FieldCheck.ATECO):
        attributes |= {"spellcheck": "false", "autocapitalize": "characters", "dir": "ltr"}
    widget = forms.TextInput(attrs=attributes)
    widget.input_type = _TYPES.get(field.kind, "text")
    return widget


def _hint(field: FieldSpec) -> Any:
    if field.check in _CHECK_HINTS:
        return _CHECK_HINTS[field.check]
    return _HINTS.get(field.kind, "")


def _required(field: FieldSpec) -> Any:
    if field.kind is FieldKind.CHECKBOX:
        return _("Tick this box: without it you cannot send.")
    if field.kind in _CHOSEN:
        return _("Choose one of the answers.")
    return _("Write an answer: without it you cannot send.")
