"""What the page of a transcription shows: each place of the printed form beside what was read in it."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.forms import BoundField

from tragitto.kernel.texts import in_language
from tragitto.records.models import Attachment
from tragitto.records.queries.pictures import Cutting, places_of
from tragitto.schemes.pack import FormSpec
from tragitto.web.office.forms.transcribing import TICKED, Asked, Seen, TranscriptionForm
from tragitto_pec.forms_code import Code, Template

#: From here on a proposal is said to be sure; it is confirmed by a person all the same.
_SURE = 0.8


@dataclass(frozen=True)
class PlaceShown:
    """One place: its field, its picture, and how sure the reading of it is."""

    field: BoundField
    other: BoundField | None = None
    seen: Seen = Seen.ABSENT
    picture: str = ""
    width: int = 0
    height: int = 0
    page: int = 0
    percent: int | None = None
    tone: str = "open"

    @property
    def is_absent(self) -> bool:
        """Whether its page did not come, or could not be made out: there is nothing to compare with."""
        return self.seen is Seen.ABSENT and not self.field.value() and not self.field.errors

    @property
    def is_empty(self) -> bool:
        """Whether nothing seems to be written there, for sure: it need not be looked at one by one."""
        is_sure = self.seen is Seen.TOLD and self.tone == "good"
        said = self.field.value() or (self.other and self.other.value())
        return is_sure and not said and not self.field.errors


@dataclass(frozen=True)
class SectionShown:
    """A part of the form with its places."""

    title: str
    places: Sequence[PlaceShown]

    @property
    def written(self) -> Sequence[PlaceShown]:
        """Places with something in them, or of which nobody can tell."""
        return [place for place in self.places if not (place.is_empty or place.is_absent)]

    @property
    def empty(self) -> Sequence[PlaceShown]:
        """Places where nothing seems to be written."""
        return [place for place in self.places if place.is_empty]

    @property
    def absent(self) -> Sequence[PlaceShown]:
        """Places that were not found on the pages."""
        return [place for place in self.places if place.is_absent]


def code_of(scan: Mapping[str, Any]) -> Code:
    """Which printed form a stored reading of a scan speaks of."""
    return msgspec.convert(scan["code"], Code)


def options_of(template: Template | None) -> dict[str, Sequence[tuple[str, str]]]:
    """The words printed to choose from, by the name of the place."""
    places = template.places if template else ()
    return {
        place.name: [(option.value, option.label) for option in place.options]
        for place in places
        if place.options
    }


def seen_of(scan: Mapping[str, Any], template: Template | None) -> dict[str, Seen]:
    """What the machine made of each place, by its name; a place that is not named here was not seen."""
    proposals = scan.get("proposals") or {}
    pages = {page.get("page") for page in scan.get("pages") or () if not page.get("problem")}
    on_pages = [place.name for place in template.places if place.page in pages] if template else []
    return {
        name: Seen.TOLD if _tells(proposals.get(name)) else Seen.UNREAD for name in (*on_pages, *proposals)
    }


def _tells(proposal: Mapping[str, Any] | None) -> bool:
    """Whether a proposal says anything: a box that may be ticked or not has one that does not."""
    return bool(proposal and (proposal.get("text") or proposal.get("confidence")))


def values_of(scan: Mapping[str, Any]) -> dict[str, object]:
    """What the reading of a scan proposes, as values of the form's fields."""
    proposals = scan.get("proposals") or {}
    return {name: _value(proposal) for name, proposal in proposals.items()}


def _value(proposal: Mapping[str, Any]) -> str:
    if proposal.get("ticked") is not None and not proposal.get("text"):
        return TICKED if proposal["ticked"] else ""
    return str(proposal.get("text") or "")


def sections(
    form: TranscriptionForm, spec: FormSpec, scan: Mapping[str, Any], file: Attachment, language: str
) -> list[SectionShown]:
    """The form part by part, each place with its picture. Takes a second for each page."""
    cuttings = places_of(file, code_of(scan))
    proposals = scan.get("proposals") or {}
    shown = {
        one.slot.name: _place(form, one, cuttings.get(one.slot.name), proposals.get(one.slot.name))
        for one in form.asked
    }
    return [
        SectionShown(in_language(group.title, language), places)
        for group in spec.groups
        if (places := list(_of(group.name, form, shown)))
    ]


def _of(group: str, form: TranscriptionForm, shown: Mapping[str, PlaceShown]) -> Iterable[PlaceShown]:
    return (shown[one.slot.name] for one in form.asked if one.slot.group.name == group)


def _place(
    form: TranscriptionForm, one: Asked, cutting: Cutting | None, proposal: Mapping[str, Any] | None
) -> PlaceShown:
    confidence = float((proposal or {}).get("confidence") or 0) if one.seen is Seen.TOLD else None
    shown = PlaceShown(
        field=form[one.field],
        other=form[one.other] if one.other in form.fields else None,
        seen=one.seen,
        percent=None if confidence is None else round(confidence * 100),
        tone="good" if confidence is not None and confidence >= _SURE else "open",
    )
    if cutting is None:
        return shown
    picture = f"data:image/png;base64,{base64.b64encode(cutting.png).decode()}"
    return replace(shown, picture=picture, page=cutting.page, width=cutting.width, height=cutting.height)
