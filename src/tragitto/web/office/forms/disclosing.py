"""Forms about what firms see: inviting somebody, drawing up a list of names, taking one back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.declarations import Basis
from tragitto.web.office.disclosing import Firm
from tragitto.web.office.forms.telling import TellingField
from tragitto.web.parts.named_lines import HEADS

_CITATION = 300
BASES = {
    Basis.PUBLIC_TASK: _("public task"),
    Basis.LEGAL_DUTY: _("legal duty"),
    Basis.CONTRACT: _("contract with the person"),
    Basis.CONSENT: _("consent of the person"),
}


class InviteForm(forms.Form):
    """Which firm under which call would like to meet the person, and until when the person may say yes."""

    firm = forms.ChoiceField(
        label=_("Firm"), help_text=_("The firms that were admitted under a call of this scheme.")
    )
    due_on = forms.DateField(
        label=_("Last day to accept"),
        help_text=_("After it the person can still say no. Leave it empty for no term."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *given: Any, firms: Sequence[Firm], **more: Any) -> None:
        super().__init__(*given, **more)
        self.firms = {each.key: each for each in firms}
        choice = self.fields["firm"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(each.key, each.words) for each in firms]

    @property
    def chosen(self) -> Firm:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["firm"]]


class NamedListForm(forms.Form):
    """For which firm, from which list of the desk, what is said of each person, and on what basis."""

    firm = forms.ChoiceField(
        label=_("Firm"), help_text=_("Firms admitted under a call that promises a list of names.")
    )
    people = forms.ChoiceField(label=_("People"), help_text=_("One of your lists, in its order."))
    columns = forms.MultipleChoiceField(
        label=_("What is said of each person"),
        choices=list(HEADS.items()),
        initial=["surnames", "given_names", "profiles"],
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"),
        help_text=_("Article 6 of Regulation (EU) 2016/679."),
        choices=[(str(each), f"{BASES[each]} · {each}") for each in Basis],
        initial=str(Basis.PUBLIC_TASK),
    )
    citation = forms.CharField(
        label=_("Act and article on which it rests"),
        max_length=_CITATION,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self, *given: Any, firms: Sequence[Firm], lists: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.firms = {each.key: each for each in firms}
        for name, choices in (("firm", [(each.key, each.words) for each in firms]), ("people", list(lists))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def chosen(self) -> Firm:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["firm"]]


class RecallNamesForm(forms.Form):
    """Why a list of names is taken back."""

    reason = TellingField(label=_("Reason"), help_text=_("It stays with the list: name no person."))
