"""Forms about who works on a case: a conflict of interest, one person, an even share for several."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tragitto.cases.queries import Fellow
from tragitto.web.office.forms.telling import TellingField

NO, YES = "no", "yes"
#: Which filings of the list are given out.
TICKED, NOBODYS = "ticked", "nobodys"


class ConflictForm(forms.Form):
    """Whether the one who signs in has a conflict of interest in a case."""

    hides_optional = True

    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this case?"),
        help_text=_(
            "Also a possible one: family, friendship or enmity, debts or credits, work done for the"
            " enterprise (art. 6-bis L. 241/1990)."
        ),
        widget=forms.RadioSelect,
        choices=[(NO, _("No, none")), (YES, _("Yes, so I abstain"))],
    )
    ground = TellingField(
        label=_("What it is"),
        required=False,
        help_text=_("Needed only if you have one; your office reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "conflict")
        super().__init__(*args, **kwargs)

    def statement(self) -> dict[str, Any]:
        """The answer as the action takes it; only after the form was found valid."""
        return {"has_conflict": self.cleaned_data["answer"] == YES, "ground": self.cleaned_data["ground"]}


class AssignForm(forms.Form):
    """Who is responsible for one case."""

    officer = forms.ChoiceField(label=_("Responsible from now on"))
    reason = TellingField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, fellows: Sequence[Fellow], **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "assign")
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *named(fellows)]


class SpreadForm(forms.Form):
    """Who shares the filings of a list."""

    scope = forms.ChoiceField(label=_("Which filings"), widget=forms.RadioSelect, initial=TICKED)
    officers = forms.MultipleChoiceField(
        label=_("Who gets them"),
        help_text=_("To several people they are given evenly: each to the one with the fewest open filings."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = TellingField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, fellows: Sequence[Fellow], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope, officers = self.fields["scope"], self.fields["officers"]
        assert isinstance(scope, forms.ChoiceField)
        assert isinstance(officers, forms.MultipleChoiceField)
        every = _("All for which nobody is responsible yet, from the top, at most {most} at once")
        scope.choices = [(TICKED, _("Those ticked in the list")), (NOBODYS, every.format(most=most))]
        officers.choices = named(fellows)


class FindForm(forms.Form):
    """What is looked for in a queue. Sent by POST: names and numbers of people stand in no address."""

    words = forms.CharField(
        label=_("Employer, codice fiscale or code"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    hides_optional = True


def named(fellows: Sequence[Fellow]) -> list[tuple[str, str]]:
    """People as choices, each with how much they carry."""
    return [(fellow.code, f"{fellow.name} ({_load(fellow.load)})") for fellow in fellows]


def _load(load: int) -> str:
    return ngettext("%(count)s open filing", "%(count)s open filings", load) % {"count": load}
