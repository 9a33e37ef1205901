"""Forms of an administrator: who looks after which provinces and sectors, and until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import User
from tragitto.employers.actions import Area
from tragitto.employers.rules.lists import division_titles, province_names
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme

_MOST = 100


class PortfolioForm(forms.Form):
    """What one account manager looks after from a day on."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    manager = forms.ChoiceField(label=_("Account manager"))
    provinces = forms.CharField(
        label=_("Provinces"),
        help_text=_("Their two letters, such as BG, BS. Empty: all."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    divisions = forms.CharField(
        label=_("Sectors"),
        help_text=_("Divisions of ATECO, such as 25, 28. Empty: all."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    share = forms.IntegerField(
        label=_("Share of the load"),
        help_text=_("Who has 2 is given twice as many as who has 1."),
        initial=1,
        min_value=1,
        max_value=_MOST,
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        *args: Any,
        schemes: Sequence[Scheme],
        managers: Sequence[User],
        language: str,
        today: date,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"starts_on": today})
        super().__init__(*args, **kwargs)
        _offer(self.fields["scheme"], [(each.code, in_language(each.title, language)) for each in schemes])
        _offer(self.fields["manager"], [(each.code, each.full_name or each.code) for each in managers])

    def clean_provinces(self) -> tuple[str, ...]:
        """The provinces by their letters; one that Italy does not have is asked for again."""
        return _known(self.cleaned_data["provinces"].upper(), province_names())

    def clean_divisions(self) -> tuple[str, ...]:
        """The divisions by their two digits."""
        return _known(self.cleaned_data["divisions"], division_titles())

    def area(self) -> Area:
        """The answers as the action takes them; only after the form was found valid."""
        return Area(**{name: value for name, value in self.cleaned_data.items() if name != "scheme"})


class EndForm(forms.Form):
    """The first day on which a portfolio holds no more."""

    ends_on = forms.DateField(
        label=_("First day without it"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _known(written: str, known: dict[str, str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(written.replace(",", " ").replace(";", " ").split()))
    if unknown := [code for code in codes if code not in known]:
        text = _("These are not known: {codes}.").format(codes=", ".join(unknown))
        raise forms.ValidationError(text)
    return codes


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
