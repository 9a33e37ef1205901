"""A day or a month asked in small boxes, each with its label, that every keyboard can fill."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.rules import in_ascii
from tragitto.candidates.words.pages import problem_words

#: The boxes: label, digits, what a browser may fill in by itself where a birthday is asked (WCAG 1.3.5).
_BOXES = {
    "day": (_("Day"), 2, "bday-day"),
    "month": (_("Month"), 2, "bday-month"),
    "year": (_("Year"), 4, "bday-year"),
}


def says(code: str) -> Any:
    """The sentence about what is wrong with an answer, as fields take it."""
    return problem_words(code)


class BoxesWidget(forms.MultiWidget):
    """The boxes of a day, or of a month."""

    template_name = "portal/roster/day_widget.html"

    def __init__(self, names: tuple[str, ...], *, is_birth: bool = False) -> None:
        self.names = names
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name in names:
            _label, most, purpose = _BOXES[name]
            attributes = {"inputmode": "numeric", "maxlength": most, "class": "is-short", "dir": "ltr"}
            boxes[name] = forms.TextInput(attributes | ({"autocomplete": purpose} if is_birth else {}))
        super().__init__(boxes)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes with their labels."""
        context = super().get_context(name, value, attrs)
        for box, named in zip(context["widget"]["subwidgets"], self.names, strict=True):
            box["label"] = _BOXES[named][0]
        return context

    def decompress(self, value: date | None) -> list[int | None]:
        """The boxes of a day."""
        return [getattr(value, name) if value else None for name in self.names]


class DayField(forms.MultiValueField):
    """A day, or with `is_month` the first day of a month; digits of any script are read."""

    def __init__(self, *, says: Any, is_birth: bool = False, is_month: bool = False, **kwargs: Any) -> None:
        self.says = says
        self.names = ("month", "year") if is_month else ("day", "month", "year")
        super().__init__(
            [forms.CharField(required=False) for _name in self.names],
            widget=BoxesWidget(self.names, is_birth=is_birth),
            require_all_fields=False,
            error_messages={"required": says},
            **kwargs,
        )

    def compress(self, data_list: list[str]) -> date | None:
        """The day of the boxes; nothing for none."""
        written = dict(zip(self.names, (in_ascii(each or "") for each in data_list), strict=False))
        if not any(written.values()):
            return None
        try:
            return date(**{"day": 1, **{name: int(digits) for name, digits in written.items()}})
        except ValueError as error:
            raise ValidationError(self._wrong(written), code="invalid") from error

    def _wrong(self, written: dict[str, str]) -> Any:
        if "day" not in written or not all(written.values()):
            return self.says
        is_of_figures = all(digits.isdecimal() for digits in written.values())
        return says("no_such_day" if is_of_figures else "no_figures")
