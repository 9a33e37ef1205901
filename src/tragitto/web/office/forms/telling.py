"""Texts that people write for the file: how long they may be, said before and after."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: Two pages: enough for any ground, and a page of the office stays readable.
MOST = 4000
_HINT = _("At most {most} characters.")
_TOO_LONG = _("This text is too long: it has %(show_value)d characters, %(limit_value)d are allowed.")


class TellingField(forms.CharField):
    """A ground, a reason or a note; one that is too long is refused whole, never cut."""

    def __init__(self, *, help_text: str | Promise = "", rows: int = 2, **kwargs: Any) -> None:
        super().__init__(
            **kwargs,
            help_text=told(help_text),
            widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
            # Not `max_length`: browsers would cut a pasted text without a word.
            validators=[MaxLengthValidator(MOST, _TOO_LONG)],
        )


def told(help_text: str | Promise) -> Any:
    """The hint of such a text, with its length said last."""
    hint = format_lazy(_HINT, most=MOST)
    return format_lazy("{} {}", help_text, hint) if help_text else hint
