"""The form that narrows the agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.web.office.forms.looking import LookingForm

MINE, OVER = "mine", "over"


class AgendaForm(LookingForm):
    """Whose agenda, and whether only what is late."""

    whose = forms.ChoiceField(
        label=pgettext_lazy("agenda", "Whose"),
        required=False,
        choices=[("", _("The whole office")), (MINE, _("What I am responsible for"))],
    )
    show = forms.ChoiceField(
        label=pgettext_lazy("agenda", "Terms"),
        required=False,
        choices=[("", _("All that run")), (OVER, _("Only overdue ones"))],
    )
