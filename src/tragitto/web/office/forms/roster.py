"""Forms of the keepers' desk that ask: the search with its criteria, and the figures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates import words
from tragitto.candidates.rules.criteria import LANGUAGE, NAMES, Criteria, Identified, Order, pairs
from tragitto.candidates.rules.figures import Dimension
from tragitto.candidates.vocabulary import CefrLevel, Mastery
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.web.office.forms.looking import LookingForm
from tragitto.web.office.roster_desk import Desk, titled

#: What may stand in the address of a search beside its criteria.
BESIDE = frozenset({"scheme", "after", "before"})
_ANY: tuple[str, str | Promise] = ("", pgettext_lazy("choice", "Any"))
_MOST_WORDS = 200


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick, many of them: drawn by one template, not by three for each box."""

    template_name = "office/roster/ticks.html"


class SearchForm(LookingForm):
    """What people are searched by; an answer that is no criterion is refused, whoever wrote the address."""

    name = forms.CharField(
        label=_("Name or number"),
        help_text=_("In any spelling or script; or a code, a telephone or document number."),
        required=False,
        max_length=_MOST_WORDS,
        widget=forms.SearchInput(attrs={"dir": "auto"}),
    )
    words = forms.CharField(
        label=_("Words of the trade"),
        help_text=_("In any of the four languages: what people can do and have done."),
        required=False,
        max_length=_MOST_WORDS,
        widget=forms.SearchInput(attrs={"dir": "auto"}),
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            (Order.SENIORITY, _("Longest waiting first")),
            (Order.FIT, _("Best fit of the words first")),
        ],
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        several = {
            "status": (_("Status"), desk.statuses),
            "profile": (_("Profile"), desk.profiles),
            "region": (_("Would work in"), desk.regions),
            "registrar": (_("Registered by"), desk.registrars),
            "skill": (_("Skills, all of them"), desk.skills),
            "without": (_("Not on these lists"), [(each.code, each.name) for each in desk.lists]),
        }
        for name, (label, choices) in several.items():
            self.fields[name] = _several(label, choices)
        levels = [(level.value, _("at least {level}").format(level=level)) for level in CefrLevel]
        self.tongues = [f"{LANGUAGE}{tongue}" for tongue, _word in desk.tongues]
        for name, (_tongue, word) in zip(self.tongues, desk.tongues, strict=True):
            self.fields[name] = _one(word, levels)
        self.fields["mastery"] = _one(_("Each at least"), words.MASTERY.items())
        self.fields["eqf"] = _one(_("Diploma at least of level"), _diplomas(desk))
        identified = [(Identified.CONFIRMED, _("Confirmed with a document")), (Identified.OPEN, _("Not yet"))]
        self.fields["identity"] = _one(_("Identity"), identified)
        self.fields["on_list"] = _one(_("On the list"), [(each.code, each.name) for each in desk.lists])
        self.fields["available_by"] = _day(_("Available by"))
        self.fields["expiring_by"] = _day(_("A document expires by"))

    def clean(self) -> dict[str, Any]:
        """The answers; one that this roster is not searched by is said, and nothing is searched."""
        data = super().clean() or {}
        known = NAMES | set(self.tongues) | BESIDE
        for name in sorted(set(self.data) - known):
            said = _("People are not searched by “{name}”: take it out of the address.")
            self.add_error(None, said.format(name=name))
        return data

    def criteria(self) -> Criteria:
        """What was asked; only after the form was found valid."""
        data = self.cleaned_data
        return Criteria(
            name=data["name"].strip(),
            words=data["words"].strip(),
            status=tuple(map(RosterStatus, data["status"])),
            profile=tuple(data["profile"]),
            skill=tuple(data["skill"]),
            mastery=Mastery(data["mastery"]) if data["mastery"] and data["skill"] else None,
            languages={
                name.removeprefix(LANGUAGE): CefrLevel(data[name]) for name in self.tongues if data[name]
            },
            eqf=int(data["eqf"] or 0),
            region=tuple(data["region"]),
            available_by=data["available_by"],
            registrar=tuple(data["registrar"]),
            identity=Identified(data["identity"]) if data["identity"] else None,
            expiring_by=data["expiring_by"],
            on_list=data["on_list"],
            without=tuple(data["without"]),
            order=Order(data["order"] or Order.SENIORITY),
        )

    @property
    def groups(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The criteria beside the words, in groups that open one by one."""
        grouped: Sequence[tuple[str | Promise, Iterable[str]]] = (
            (_("Status and identity"), ("status", "identity", "expiring_by")),
            (_("Profile and diploma"), ("profile", "eqf")),
            (_("Skills"), ("skill", "mastery")),
            (_("Languages"), self.tongues),
            (_("Where and when"), ("region", "available_by")),
            (_("Registered by"), ("registrar",)),
            (_("Lists"), ("on_list", "without")),
        )
        shown = grouped if self.desk.lists else grouped[:-1]
        return [(title, [self[name] for name in names]) for title, names in shown]

    @property
    def open_groups(self) -> set[str]:
        """The titles of the groups in which something is asked or wrong."""
        return {
            str(title)
            for title, fields in self.groups
            if any(field.errors or field.value() not in (None, "", []) for field in fields)
        }


class FiguresForm(LookingForm):
    """What people are counted by."""

    by = forms.ChoiceField(label=_("In rows"), required=False)
    across = forms.ChoiceField(label=_("In columns"), required=False)
    tongue = forms.ChoiceField(label=_("Levels of"), required=False)
    status = forms.ChoiceField(label=_("Only those who are"), required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dimensions = list(DIMENSIONS.items())
        offered = {
            "by": dimensions,
            "across": dimensions,
            "tongue": desk.tongues,
            "status": [_ANY, *desk.statuses],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """The answers; one thing across itself says nothing."""
        data = super().clean() or {}
        if data.get("by") and data.get("by") == data.get("across"):
            self.add_error("across", _("Choose another thing for the columns than for the rows."))
        return data


DIMENSIONS: dict[str, str | Promise] = {
    Dimension.PROFILE: _("Profile wished first"),
    Dimension.STATUS: _("Status"),
    Dimension.LEVEL: _("Level of a language"),
    Dimension.REGISTRAR: _("Registered by"),
    Dimension.EQF: _("Highest level (EQF)"),
    Dimension.MONTH: _("Month of registration"),
}


def query_of(criteria: Criteria, desk: Desk) -> list[tuple[str, str]]:
    """The address of a search: its criteria, and the roster where there are several."""
    scheme = [("scheme", desk.scheme.code)] if len(desk.rosters) > 1 else []
    return scheme + [
        (name, value) for name, value in pairs(criteria) if (name, value) != ("order", Order.SENIORITY)
    ]


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=Ticks)


def _one(label: Any, choices: Iterable[tuple[str, str | Promise]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[_ANY, *choices])


def _day(label: Any) -> forms.DateField:
    shown = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=shown)


def _diplomas(desk: Desk) -> list[tuple[str, str]]:
    """The levels of the framework of qualifications, each with the diplomas of the roster that reach it."""
    titles: dict[int, list[str]] = {}
    for each in desk.roster.diplomas:
        titles.setdefault(each.eqf, []).append(titled(each.title))
    return [(str(level), f"EQF {level} · {', '.join(titles[level])}") for level in sorted(titles)]
