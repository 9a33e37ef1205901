"""The form on which a person confirms what stands on a printed and scanned form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Asked:
    """One place of the form: its slot, the name of its field here, the words printed to choose from."""

    slot: Slot
    field: str
    options: Sequence[tuple[str, str]] = ()


class TranscriptionForm(forms.Form):
    """One field for each place to write; nothing is compulsory, for nothing may have been written."""

    hides_optional = True

    def __init__(
        self,
        *args: Any,
        spec: FormSpec,
        options: Mapping[str, Sequence[tuple[str, str]]],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        written = [slot for slot in slots(spec) if slot.field.kind != FieldKind.SIGNATURE]
        self.asked = [
            Asked(slot, f"place-{number}", options.get(slot.name, ())) for number, slot in enumerate(written)
        ]
        for one in self.asked:
            self.fields[one.field] = _field(one, language)

    @property
    def values(self) -> dict[str, str]:
        """What was confirmed, by the names of the form's fields; only after it was found valid."""
        data = self.cleaned_data
        return {one.slot.name: _kept(data[one.field]) for one in self.asked}


def initial(spec: FormSpec, values: Mapping[str, object]) -> dict[str, object]:
    """The values to begin with, by the names of the fields here."""
    written = [slot for slot in slots(spec) if slot.field.kind != FieldKind.SIGNATURE]
    return {f"place-{number}": values.get(slot.name, "") for number, slot in enumerate(written)}


def _kept(value: object) -> str:
    if isinstance(value, bool):
        return TICKED if value else ""
    return str(value or "")


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
