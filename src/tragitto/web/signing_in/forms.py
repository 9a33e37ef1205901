"""Forms of opening an account: an address, then a name and a password."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import User


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
