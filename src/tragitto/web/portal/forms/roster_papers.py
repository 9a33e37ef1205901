"""A certificate or a diploma that somebody shows: its photo, and what stands on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import CandidateSkill, Diploma, LanguageLevel
from tragitto.candidates.rules.abilities import LONGEST_NUMBER, Paper
from tragitto.web.portal.forms.days import DayField, says
from tragitto.web.portal.forms.roster_documents import ACCEPTED


class ShownPaperForm(forms.Form):
    """The photo of a paper, its number, and its last day; a diploma has neither of the two."""

    photo = forms.FileField(
        label=_("Photo of the paper"),
        help_text=_("Lay it flat in good light. All four corners must be in the picture."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a photo, or take one."),
            "empty": _("This file is empty: choose another one."),
        },
    )
    certificate = forms.CharField(
        label=_("Number of the paper"),
        help_text=_("If it has one."),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    valid_until = DayField(
        label=_("Valid until"),
        help_text=_("If a day stands on it."),
        says=says("no_day"),
        required=False,
    )
    use_required_attribute = False
    hides_optional = True

    def __init__(self, *given: Any, row: CandidateSkill | Diploma | LanguageLevel, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["photo"].required = row.file_id is None
        if isinstance(row, Diploma):
            del self.fields["certificate"], self.fields["valid_until"]

    @property
    def paper(self) -> Paper:
        """What stands on it."""
        said = self.cleaned_data
        return Paper(number=said["certificate"].strip(), valid_until=said["valid_until"])
