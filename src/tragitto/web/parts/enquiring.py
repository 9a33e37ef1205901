"""What an enterprise says when it asks for information."""

import re
import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from tragitto.employers.actions import Asking
from tragitto.employers.rules import is_company_number, is_personal_number
from tragitto.employers.rules.lists import province_names, sections
from tragitto.schemes.models import Call

MOST = 2000
_TOO_LONG = _("Please write at most %(limit_value)d characters: you wrote %(show_value)d.")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_SEPARATORS = str.maketrans("", "", " ./-()")


def new_key() -> str:
    """A word that nobody can guess: it makes a form that is sent twice one request."""
    return secrets.token_urlsafe(32)


class EnquiryForm(forms.Form):
    """The request for information: who, where, how to be reached, what about."""

    enterprise_name = forms.CharField(
        label=_("Enterprise"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    province = forms.ChoiceField(
        label=_("Province"), help_text=_("Where the people would work: it decides who calls you back.")
    )
    division = forms.ChoiceField(
        label=_("Sector (ATECO 2025)"),
        help_text=_("In the words of the classification, which is in Italian. Leave it out if in doubt."),
        required=False,
    )
    codice_fiscale = forms.CharField(
        label=_("Codice fiscale of the enterprise"),
        help_text=_("11 digits for a company, 16 letters and digits for a sole trader."),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("With the prefix, such as +39 035 1234567. Without it we answer by e-mail."),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("In which language we speak with you"), choices=settings.LANGUAGES)
    question = forms.CharField(
        label=_("Your question"),
        help_text=_("Which profiles, how many people, from when: what you know already. Nothing secret."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        # Not `max_length`: browsers would cut a pasted text without a word.
        validators=[MaxLengthValidator(MOST, _TOO_LONG)],
    )
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = province_names()
        here = [code for code in names if code in call.region.provinces]
        elsewhere = [code for code in names if code not in call.region.provinces]
        _offer(self.fields["province"], [
            ("", _("Choose a province")),
            (_("In the region of the call"), _named(here, names)),
            (_("Elsewhere"), _named(elsewhere, names)),
        ])  # fmt: skip
        _offer(self.fields["division"], [
            ("", _("Not said")),
            *((f"{each.code} {each.title}", [(code, f"{code} {title}") for code, title in each.divisions])
              for each in sections()),
        ])  # fmt: skip

    def clean_codice_fiscale(self) -> str:
        """The number in its one form; one whose check digits do not fit is asked for again."""
        number = "".join(str(self.cleaned_data["codice_fiscale"]).split()).upper()
        if number and not (is_company_number(number) or is_personal_number(number)):
            text = _("This number does not pass its own check: look at it again, or leave it out.")
            raise forms.ValidationError(text)
        return number

    def clean_contact_phone(self) -> str:
        """The number without what is only there for the eye."""
        number = str(self.cleaned_data["contact_phone"]).translate(_SEPARATORS)
        if number and not _PHONE.fullmatch(number):
            raise forms.ValidationError(_("Write the number with digits alone, such as +39 035 1234567."))
        return number

    def clean_key(self) -> str:
        """The word this house put into the form."""
        key: str = self.cleaned_data["key"]
        if not _KEY.fullmatch(key):
            raise forms.ValidationError(_("Please open the page again and send the form once more."))
        return key

    def asking(self) -> Asking:
        """The answers as the action takes them; only after the form was found valid."""
        return Asking(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


def _named(codes: list[str], names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(((code, f"{names[code]} ({code})") for code in codes), key=lambda pair: pair[1])


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
