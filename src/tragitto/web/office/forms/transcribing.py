"""The form on which a person confirms what stands on a printed and scanned form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import Slot, slots
from tragitto.schemes.vocabulary import FieldKind

#: What a ticked box is kept as: one of the words every reader of forms takes for a tick.
TICKED = "Yes"
_LEFT_TO_RIGHT = frozenset(
    {FieldKind.CODICE_FISCALE, FieldKind.PARTITA_IVA, FieldKind.EMAIL, FieldKind.PEC, FieldKind.PHONE}
    | {FieldKind.DATE, FieldKind.NUMBER, FieldKind.MONEY}
)
_LONGEST = 4000
#: What can be said of a place instead of a value.
EMPTY, ILLEGIBLE = "empty", "illegible"


class Seen(StrEnum):
    """What the machine made of a place: told, seen without being able to tell, or not seen at all."""

    TOLD = "told"
    UNREAD = "unread"
    ABSENT = "absent"


@dataclass(frozen=True)
class Asked:
    """One place of the form: its slot, the name of its field here, the words printed to choose from."""

    slot: Slot
    field: str
    options: Sequence[tuple[str, str]] = ()
    seen: Seen = Seen.ABSENT

    @property
    def other(self) -> str:
        """The name of the field that says what is not a value."""
        return f"{self.field}-other"


class TranscriptionForm(forms.Form):
    """One field for each place to write; no value is compulsory, for nothing may have been written.

    But where the machine could not tell, a person says which it is: a value, empty, or illegible.
    """

    hides_optional = True

    def __init__(
        self,
        *args: Any,
        spec: FormSpec,
        options: Mapping[str, Sequence[tuple[str, str]]],
        seen: Mapping[str, Seen],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        written = [slot for slot in slots(spec) if slot.field.kind != FieldKind.SIGNATURE]
        self.asked: list[Asked] = []
        for number, slot in enumerate(written):
            told = seen.get(slot.name, Seen.ABSENT)
            self._ask(Asked(slot, f"place-{number}", options.get(slot.name, ()), told), language)

    def _ask(self, one: Asked, language: str) -> None:
        self.fields[one.field] = field = _field(one, language)
        proposed = self.initial.get(one.field)
        if proposed and isinstance(field, forms.ChoiceField) and not field.valid_value(proposed):
            # Words that are none of those to choose from cannot be shown as chosen: they would be lost.
            one = replace(one, seen=Seen.UNREAD)
        if one.seen is not Seen.ABSENT:
            self.fields[one.other] = _other(one, str(field.label))
        self.asked.append(one)

    def clean(self) -> dict[str, Any]:
        """Each place that could not be read has one answer, and no place has two."""
        for one in self.asked:
            value, other = self.cleaned_data.get(one.field), self.cleaned_data.get(one.other)
            if one.seen is Seen.UNREAD and not (value or other or one.field in self.errors):
                self.add_error(one.field, _("Give the value, or say that it is empty or cannot be read."))
            elif one.seen is Seen.UNREAD and value and other:
                self.add_error(one.field, _("There is a value and an answer that says there is none."))
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str | None]:
        """What was confirmed, by the names of the form's fields; only after it was found valid.

        None is what cannot be read, and a place nobody saw: what stands there is not known.
        """
        return {one.slot.name: self._value(one) for one in self.asked}

    def _value(self, one: Asked) -> str | None:
        value, other = _kept(self.cleaned_data[one.field]), self.cleaned_data.get(one.other)
        # A box to tick says True, a choice says the word.
        if other in (True, ILLEGIBLE) or (one.seen is Seen.ABSENT and not value):
            return None
        return value


def initial(
    spec: FormSpec, values: Mapping[str, object], *, is_confirmed: bool, seen: Mapping[str, Seen]
) -> dict[str, object]:
    """The values to begin with, by the names of the fields here; what was confirmed before holds."""
    written = [slot for slot in slots(spec) if slot.field.kind != FieldKind.SIGNATURE]
    found: dict[str, object] = {}
    for number, slot in enumerate(written):
        value = values.get(slot.name, "")
        found[f"place-{number}"] = value or ""
        if is_confirmed and slot.name in values and not value:
            is_unread = seen.get(slot.name) is Seen.UNREAD
            said = ILLEGIBLE if value is None else EMPTY
            found[f"place-{number}-other"] = said if is_unread else value is None
    return found


def _kept(value: object) -> str:
    if isinstance(value, bool):
        return TICKED if value else ""
    return str(value or "")


def _other(asked: Asked, label: str) -> forms.Field:
    """What can be said of a place instead of a value: asked where nobody could tell, offered elsewhere."""
    if asked.seen is Seen.TOLD:
        return forms.BooleanField(label=_("{label}: cannot be read").format(label=label), required=False)
    is_box = asked.slot.field.kind == FieldKind.CHECKBOX
    empty = _("Not ticked") if is_box else _("Nothing is written there")
    return forms.ChoiceField(
        label=_("{label}: if you give no value").format(label=label),
        required=False,
        choices=[(EMPTY, empty), (ILLEGIBLE, _("Something is there that cannot be read"))],
        widget=forms.RadioSelect,
    )


def _field(asked: Asked, language: str) -> forms.Field:
    field = asked.slot.field
    label = in_language(field.label, language) + (f" ({asked.slot.row})" if asked.slot.row else "")
    if field.kind == FieldKind.CHECKBOX:
        return forms.BooleanField(label=label, required=False)
    known = asked.options or [(one.value, in_language(one.label, language)) for one in field.options]
    if field.kind == FieldKind.CHOICE and known:
        return forms.ChoiceField(label=label, required=False, choices=[("", _("nothing chosen")), *known])
    direction = "ltr" if field.kind in _LEFT_TO_RIGHT else "auto"
    is_long = field.kind in (FieldKind.PARAGRAPH, FieldKind.MULTI)
    widget = forms.Textarea if is_long else forms.TextInput
    attributes = {"dir": direction, "autocomplete": "off", **({"rows": 3} if is_long else {})}
    return forms.CharField(label=label, required=False, max_length=_LONGEST, widget=widget(attrs=attributes))
