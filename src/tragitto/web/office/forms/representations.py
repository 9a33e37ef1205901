"""Forms about who acts for an enterprise: narrow the list, end it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.web.office.forms.looking import LookingForm
from tragitto.web.office.forms.telling import TellingField


class RepresentationsForm(LookingForm):
    """Which ones."""

    show = forms.ChoiceField(
        label=pgettext_lazy("queue", "Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Not confirmed yet")),
            ("confirmed", _("Confirmed")),
            ("ended", _("Ended")),
        ],
    )


class EndForm(forms.Form):
    """Why the office ends it."""

    reason = TellingField(
        label=_("Reason"), help_text=_("The person and the enterprise see it; it becomes part of the file.")
    )
