"""Forms about what people can do: a text tidied, a paper compared with what was said."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.abilities import LONGEST_NUMBER, Paper
from tragitto.candidates.vocabulary import Proof


class TidyForm(forms.Form):
    """The office's text beside the person's words; `mark` = of the words that were read."""

    text = forms.CharField(
        label=_("Text of the office"),
        help_text=_(
            "Firms read it before they know who the person is: write no name, place of work, telephone number"
            " or address. Say nothing that the person has not said. Leave it empty to show no text."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    mark = forms.CharField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """What stands on a certificate, read by the one who compares it; `mark` = of what was said."""

    certificate = forms.CharField(
        label=_("Number on the paper"),
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    valid_until = forms.DateField(
        label=_("Last day on which it is valid"),
        help_text=_("Of a certificate that has to be prolonged: the last day of its newest prolongation."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, needs: Collection[str] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        for name in needs:
            self.fields[name].required = True

    @property
    def paper(self) -> Paper:
        """What was read."""
        said = self.cleaned_data
        return Paper(number=said["certificate"].strip(), valid_until=said["valid_until"])


class SkillPaperForm(PaperForm):
    """The same of a skill, which may also have been seen at work."""

    proof = forms.ChoiceField(
        label=_("How it was shown"),
        choices=[
            (Proof.PAPER.value, _("I have compared the paper with what is written here")),
            (Proof.TESTED.value, _("It was tested at work, at the level that the person says")),
        ],
        widget=forms.RadioSelect,
        initial=Proof.PAPER.value,
    )
    field_order = ("proof",)


class DiplomaForm(forms.Form):
    """Which level a diploma has, read by the one who compares it; `mark` = of what was said."""

    level_code = forms.ChoiceField(
        label=_("Level of the diploma"),
        help_text=_("The European level beside it is indicative: this is no recognition of the diploma."),
        required=False,
    )
    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, levels: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        choice = self.fields["level_code"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("None of the list")), *levels]
