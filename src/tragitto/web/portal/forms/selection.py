"""Forms after the meetings: a score sheet, the terms of an offer, a ground for leaving."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import Text, in_language
from tragitto.selection.queries.rankings import SheetLine
from tragitto.selection.rules.terms import Terms

#: An hour has as many tenths, a euro as many cents.
_TENTHS, _CENTS = 10, 100
_MOST_PAY, _MOST_HOURS, _MOST_TRIAL = Decimal(1_000_000), Decimal(168), 999


class SheetForm(forms.Form):
    """The lines of a score sheet, each answered by a word of the rules; in a draft some may wait."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("Notes of your firm"),
        help_text=_("The desk reads them with the sheet. Write about the work, and nothing private."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self,
        *args: Any,
        asked: Sequence[SheetLine],
        levels: Sequence[Text],
        said: Mapping[str, int],
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"line-{number}": line.code for number, line in enumerate(asked)}
        words = [(str(points), _said(word)) for points, word in enumerate(levels)]
        for name, line in zip(self._names, asked, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=_said(line.title),
                choices=words,
                required=not is_draft,
                initial=str(said[line.code]) if line.code in said else "",
                widget=forms.RadioSelect,
            )
        self.order_fields([*self._names, "note", "revision"])

    @property
    def lines(self) -> dict[str, int]:
        """The points by the code of the line, of those answered."""
        answered = {code: self.cleaned_data[name] for name, code in self._names.items()}
        return {code: int(points) for code, points in answered.items() if points}


class OfferForm(forms.Form):
    """The terms of an offer, in the words and numbers of the contract."""

    contract = forms.CharField(
        label=_("Contract"),
        help_text=_("Its kind, and until when if it ends: “permanent”, “fixed term, 12 months”."),
        max_length=120,
    )
    agreement = forms.CharField(
        label=_("Collective agreement"), help_text=_("Its name, as in the payslip."), max_length=160
    )
    level = forms.CharField(label=_("Level in the agreement"), max_length=40)
    pay = forms.DecimalField(
        label=_("Pay, gross, in euros a year"),
        min_value=Decimal(1),
        max_value=_MOST_PAY,
        decimal_places=2,
    )
    hours = forms.DecimalField(
        label=_("Hours a week"), min_value=Decimal(1), max_value=_MOST_HOURS, decimal_places=1
    )
    trial_days = forms.IntegerField(
        label=_("Trial period, in days"),
        help_text=_("0 for none."),
        min_value=0,
        max_value=_MOST_TRIAL,
        initial=0,
    )
    place = forms.CharField(label=_("Place of work"), max_length=160)
    starts_on = forms.DateField(
        label=_("First day of work"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    housing = forms.CharField(
        label=_("Housing"),
        help_text=_("What the firm does about it, and what it costs the person."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    words = forms.CharField(
        label=_("Anything else"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    @property
    def terms(self) -> Terms:
        """The terms as they are kept: cents and tenths of an hour."""
        said = dict(self.cleaned_data)
        pay, hours = said.pop("pay"), said.pop("hours")
        return Terms(pay_cents=int(pay * _CENTS), hours_tenths=int(hours * _TENTHS), **said)


class LeaveForm(forms.Form):
    """Why a position leaves the round."""

    ground = forms.CharField(
        label=_("Why does it leave?"),
        help_text=_("It becomes part of the file of the round."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def _said(text: Text) -> str:
    return in_language(text, (get_language() or "it").split("-")[0])
