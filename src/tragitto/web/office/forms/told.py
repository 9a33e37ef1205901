"""What somebody without an account told the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.vocabulary import Answer
from tragitto.selection.vocabulary import ToldWay


class ToldForm(forms.Form):
    """Yes or no, how it was said, and by whom to whom."""

    answer = forms.ChoiceField(
        label=_("Their answer"),
        choices=[(Answer.ACCEPTED.value, _("Yes")), (Answer.DECLINED.value, _("No"))],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        label=_("How they told us"),
        choices=[
            (ToldWay.TELEPHONE.value, pgettext_lazy("told", "By telephone")),
            (ToldWay.COUNTER.value, pgettext_lazy("told", "At the counter")),
            (ToldWay.REGISTRAR.value, pgettext_lazy("told", "Through the organisation that registered them")),
        ],
        widget=forms.RadioSelect,
    )
    ground = forms.CharField(
        label=_("Who spoke with whom, and when"),
        help_text=_("It is kept with your name, and the person may read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
