"""What was written into a field of a form, in words of the reader."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FieldSpec
from tragitto.schemes.vocabulary import FieldKind
from tragitto.web.parts.moments import day_in_words


def shown(field: FieldSpec, value: Any, names: Mapping[str, str], language: str) -> str:
    """The value as a person reads it; `names` gives the words of codes chosen from a list, "" for nothing."""
    if value is None or value == "":
        return ""
    if field.kind == FieldKind.CHECKBOX:
        return gettext("yes") if value else gettext("no")
    if field.kind == FieldKind.DATE:
        return _day(str(value))
    options = {option.value: in_language(option.label, language) for option in field.options}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(options.get(str(one)) or names.get(str(one)) or str(one) for one in chosen)


def _day(value: str) -> str:
    try:
        return day_in_words(date.fromisoformat(value))
    except ValueError:
        return value
