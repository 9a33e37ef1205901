"""Forms of opening an account: an address, then a name and a password; or a code that was sent."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.actions.reaching import reach_of
from tragitto.accounts.models import User
from tragitto.kernel.refusals import Refusal


class AddressForm(forms.Form):
    """Where to write to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to it with a link to go on. An ordinary address, not certified mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OpenForm(forms.Form):
    """Who the person is, and the password."""

    full_name = forms.CharField(
        label=_("Your name and surname"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Twelve characters or more; a few words that belong to nobody else are best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_password(self) -> str:
        """As good a password as everybody's must be."""
        password: str = self.cleaned_data["password"]
        user = User(email=self._email, full_name=self.cleaned_data.get("full_name", ""))
        return str(get_adapter().clean_password(password, user=user))


class PhoneForm(forms.Form):
    """To which mobile phone a code is sent; an address is understood too."""

    address = forms.CharField(
        label=_("Your mobile number"),
        max_length=254,
        help_text=_("A Moroccan or Italian number as at home; any other with its country, such as +33."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )

    def clean_address(self) -> str:
        """In its one form, by which tries are counted."""
        try:
            return reach_of(self.cleaned_data["address"]).address
        except Refusal as refused:
            raise forms.ValidationError([str(finding.text) for finding in refused.findings]) from refused


class CodeAddressForm(PhoneForm):
    """To which e-mail address a code is sent; a number is understood too."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write to it with a code to go on."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """The code from the message."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "size": 10}
        ),
    )
