"""What a person decides about a message of ours that went wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.web.office.forms.telling import TellingField


class ResendForm(forms.Form):
    """Why a message is sent once more."""

    reason = TellingField(
        label=_("Why it is sent again"),
        help_text=_("First look into the mailbox whether it has left: then settle it instead."),
    )


class SettleForm(forms.Form):
    """What was done about a message that went wrong."""

    reason = TellingField(label=_("What was done about it"), help_text=_("It stays in the file."))
