"""Forms of the keepers' desk that do: lists, changes of many, exports, kept searches."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.models import RosterList
from tragitto.candidates.rules.bulk import Change
from tragitto.candidates.rules.exporting import Form, offered
from tragitto.candidates.vocabulary import Audience, BulkAct, ListKind
from tragitto.candidates.words.exporting import COLUMNS
from tragitto.web.office.roster_desk import Desk

KINDS: dict[str, str | Promise] = {
    ListKind.WORKING: pgettext_lazy("list", "To work through"),
    ListKind.EXCLUSION: pgettext_lazy("list", "Not to be proposed again"),
}
ACTS: dict[str, str | Promise] = {
    BulkAct.MOVE: _("Change the status, for a typed reason"),
    BulkAct.LIST: _("Put on a list"),
    BulkAct.UNLIST: _("Take off a list"),
    BulkAct.ASK: _("Ask whether they are still interested"),
}
_CHOOSE: tuple[str, str | Promise] = ("", pgettext_lazy("choice", "Choose"))
_NAME, _NOTE = 120, 300


class SaveSearchForm(forms.Form):
    """A name for a search."""

    name = forms.CharField(label=_("Name of the search"), max_length=_NAME)
    is_shared = forms.BooleanField(label=_("For everybody in my organisation"), required=False)


class ListForm(forms.Form):
    """A new list."""

    name = forms.CharField(label=_("Name of the list"), max_length=_NAME)
    kind = forms.ChoiceField(label=_("What for"), choices=KINDS.items(), widget=forms.RadioSelect)
    about = forms.CharField(
        label=_("About which call or firm"),
        help_text=_("Its code, where the list is about one."),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class PutForm(forms.Form):
    """One person onto a list."""

    roster_list = forms.ChoiceField(label=_("List"))
    note = forms.CharField(label=_("Note"), required=False, max_length=_NOTE)

    def __init__(self, *args: Any, lists: list[RosterList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {each.code: each for each in lists}
        _offer(self.fields["roster_list"], [(each.code, each.name) for each in lists])

    @property
    def chosen(self) -> RosterList:
        """The list; only after the form was found valid."""
        return self.lists[self.cleaned_data["roster_list"]]


class ChangeForm(forms.Form):
    """What is to be done to many people."""

    hides_optional = True
    act = forms.ChoiceField(
        label=_("What is to be done"),
        choices=ACTS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be done.")},
    )
    reason = forms.ChoiceField(
        label=_("Typed reason"), help_text=_("For a change of status."), required=False
    )
    roster_list = forms.ChoiceField(
        label=_("List"), help_text=_("For putting on a list or taking off it."), required=False
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For the keepers: it stands in the history of each of these people, or on the list."),
        required=False,
        max_length=_NOTE,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["reason"], [_CHOOSE, *desk.reasons])
        _offer(self.fields["roster_list"], [_CHOOSE, *((each.code, each.name) for each in desk.lists)])

    def clean(self) -> dict[str, Any]:
        """The answers; a change of status has a reason, a list its name."""
        data = super().clean() or {}
        act = data.get("act")
        if act == BulkAct.MOVE and not data.get("reason"):
            self.add_error("reason", _("Choose the reason for the change of status."))
        if act in {BulkAct.LIST, BulkAct.UNLIST} and not data.get("roster_list"):
            self.add_error("roster_list", _("Choose the list."))
        return data

    def change(self) -> Change:
        """The change; only after the form was found valid."""
        data = self.cleaned_data
        act = BulkAct(data["act"])
        moves, lists = act == BulkAct.MOVE, act in {BulkAct.LIST, BulkAct.UNLIST}
        return Change(
            act=act,
            reason=data["reason"] if moves else "",
            note=data["note"] if moves or lists else "",
            roster_list=data["roster_list"] if lists else "",
        )


class ExportForm(forms.Form):
    """Which columns, in which form."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )
    form = forms.ChoiceField(
        label=_("Form of the file"),
        choices=[(Form.XLSX, _("Spreadsheet (XLSX)")), (Form.CSV, _("Text with commas (CSV)"))],
        initial=Form.XLSX,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        columns = offered(Audience.KEEPER)
        kwargs.setdefault("initial", {"columns": [each.code for each in columns if each.is_usual]})
        super().__init__(*args, **kwargs)
        _offer(self.fields["columns"], [(each.code, COLUMNS[each.code]) for each in columns])


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
