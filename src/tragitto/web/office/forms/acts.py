"""Forms of the acts of a call: beginning one, verifying it, correcting it, linking it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import LANGUAGES, in_language
from tragitto.schemes.models import Call, Region
from tragitto.schemes.vocabulary import CheckKind, Relation
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.telling import TellingField


def spoken(name: str, label: Any, *, rows: int = 0, required: bool = True) -> dict[str, forms.Field]:
    """A text as one field for each language."""
    made: dict[str, forms.Field] = {}
    for language in LANGUAGES:
        attributes = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        widget = forms.Textarea(attrs={"rows": rows, **attributes}) if rows else forms.TextInput(attributes)
        made[f"{name}-{language}"] = forms.CharField(
            label=format_lazy("{} · {}", label, acts_words.LANGUAGES[language]),
            required=required,
            max_length=4000 if rows else 300,
            widget=widget,
        )
    return made


class SpokenForm(forms.Form):
    """A form with texts in four languages."""

    def text(self, name: str) -> dict[str, str]:
        """The text of this name by language; only after the form was found valid."""
        return {language: self.cleaned_data[f"{name}-{language}"] for language in LANGUAGES}


class BeginForm(SpokenForm):
    """What a new call is called, for which region, and from which other one it is begun."""

    copied_from = forms.ChoiceField(
        label=_("Begin from"),
        required=False,
        help_text=_("A copy takes over everything but the act, its date, the windows and the calendar."),
    )
    region = forms.ChoiceField(label=_("Region"))
    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        validators=[validate_slug],
        help_text=_(
            "It stands in the address of the public page and never changes: small letters, digits, hyphens."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def __init__(
        self,
        *args: Any,
        regions: Sequence[Region],
        calls: Sequence[Call],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {f"{each.scheme.code}.{each.code}": each for each in regions}
        self.calls = {each.code: each for each in calls}
        _choose(self, "region", [(key, _region(each, language)) for key, each in self.regions.items()])
        copies = [(each.code, f"{in_language(each.title, language)} ({each.code})") for each in calls]
        _choose(self, "copied_from", [("", _("Nothing: an empty call")), *copies])
        self.fields |= spoken("title", _("Title")) | spoken("summary", _("Summary"), rows=3)

    def beginning(self) -> dict[str, Any]:
        """The answers as the action takes them; only after the form was found valid."""
        told = self.cleaned_data
        return {
            "code": told["code"],
            "region": self.regions[told["region"]],
            "copied_from": self.calls.get(told["copied_from"]),
            "title": self.text("title"),
            "summary": self.text("summary"),
        }


class VerifyForm(forms.Form):
    """Passed or sent back, and why."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Verification"))
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("passed", _("Passed")), ("back", _("Sent back to the drafter"))],
        widget=forms.RadioSelect,
    )
    note = TellingField(label=_("Note"), help_text=_("Needed when you send it back."), required=False)

    def __init__(self, *args: Any, kinds: Sequence[CheckKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "kind", [(each.value, acts_words.CHECKS[each]) for each in kinds])

    def verification(self) -> dict[str, Any]:
        """The answers as the action takes them; only after the form was found valid."""
        told = self.cleaned_data
        outcome = {"kind": CheckKind(told["kind"]), "is_passed": told["outcome"] == "passed"}
        return {**outcome, "note": told["note"], "seen": told["seen"]}


class CorrectForm(SpokenForm):
    """A section of the public text as it shall read from now on, and the act that says so."""

    act = forms.CharField(
        label=_("Act"),
        help_text=_("Number and date of the act that corrects the text."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reason = TellingField(label=_("Reason"), help_text=_("It is published with the new text."))

    def __init__(self, *args: Any, section: str, present: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {f"text-{language}": text for language, text in present.items()}
        self.fields = spoken("text", acts_words.SECTIONS[section], rows=6) | self.fields


class LinkForm(SpokenForm):
    """Where a link leads, what that is to this call, and how the link is called."""

    relation = forms.ChoiceField(
        label=_("It is"), choices=[(each.value, acts_words.RELATIONS[each]) for each in Relation]
    )
    other = forms.ChoiceField(label=_("Another call"), required=False)
    page = forms.URLField(
        label=_("Or an address elsewhere"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, calls: Sequence[Call], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls = {each.code: each for each in calls}
        named = [(each.code, in_language(each.title, language)) for each in calls]
        _choose(self, "other", [("", "—"), *named])
        self.fields |= spoken("title", _("Name of the link"))

    def link(self) -> dict[str, Any]:
        """The answers as the action takes them; only after the form was found valid."""
        told = self.cleaned_data
        place = {"other": self.calls.get(told["other"]), "page": told["page"]}
        return {"relation": Relation(told["relation"]), "title": self.text("title"), **place}


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _region(region: Region, language: str) -> str:
    return f"{in_language(region.title, language)} · {in_language(region.scheme.title, language)}"
