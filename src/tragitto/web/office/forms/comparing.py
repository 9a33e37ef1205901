"""Which runs are compared, and which pair of a run is asked about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.selection.models import Run


class CompareForm(forms.Form):
    """Two runs of the round."""

    first = forms.ChoiceField(label=_("First run"))
    second = forms.ChoiceField(label=_("Second run"))

    def __init__(self, *args: Any, runs: Sequence[Run], **kwargs: Any) -> None:
        if len(runs) > 1:
            kwargs.setdefault("initial", {"first": runs[1].code, "second": runs[0].code})
        super().__init__(*args, **kwargs)
        said, tried = _("Run {number}"), _("Run {number}, tried out: {note}")
        options = [
            (each.code, (tried if each.is_what_if else said).format(number=each.number, note=each.note[:60]))
            for each in runs
        ]
        for name in ("first", "second"):
            self.fields[name].choices = options  # type: ignore[attr-defined]


class PairForm(forms.Form):
    """A person and a position of a run."""

    candidate = forms.CharField(label=_("Code of the person on the roster"), max_length=64)
    post = forms.ChoiceField(label=_("Position"))

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]

    @property
    def person(self) -> str:
        """The code of the person."""
        return str(self.cleaned_data["candidate"]).strip().upper()
