"""Identity documents: what cannot stand on one, what is doubtful, and when to say that one is running out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tragitto.candidates.rules import comparing, letters
from tragitto.candidates.rules.mrz import Layout, MrzReading, Part
from tragitto.candidates.vocabulary import ReadBy
from tragitto.schemes.pack.rosters import IdentityRuleSpec
from tragitto.schemes.vocabulary import IdentityKind

#: Codes of nationality that Doc 9303, part 3, section 5, has for people without one, and for refugees.
STATELESS, REFUGEES = "XXA", ("XXB", "XXC")
_STATE = re.compile(r"[A-Z]{1,3}")
_SIGNS = re.compile(r"[A-Z0-9]+")
_SEPARATORS = re.compile(r"[\s./-]+")
#: How the state that issues most of these writes its numbers; other forms are doubted, not refused.
_USUAL: Mapping[tuple[IdentityKind, str], re.Pattern[str]] = {
    (IdentityKind.PASSPORT, "MAR"): re.compile(r"[A-Z]{2}[0-9]{7}"),
}
_CIN = re.compile(r"[A-Z]{1,2}[0-9]{1,7}")
_OF_NATIONALS = (IdentityKind.PASSPORT, IdentityKind.NATIONAL_CARD)


@dataclass(frozen=True)
class Said:
    """What somebody, or a machine, says to stand on a document; `mrz` as typed or read, empty without one."""

    kind: IdentityKind
    number: str
    issuing_state: str
    personal_number: str = ""
    nationality: str = ""
    surnames: str = ""
    given_names: str = ""
    birth_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    mrz: str = ""
    read_by: ReadBy = ReadBy.TYPED


class Fault(StrEnum):
    """Why a document is not written down as it was said."""

    KIND_NOT_TAKEN = "kind_not_taken"
    NUMBER_MISSING = "number_missing"
    NUMBER_SIGNS = "number_signs"
    PERSONAL_SIGNS = "personal_signs"
    STATE_UNKNOWN = "state_unknown"
    STATE_NOT_TAKEN = "state_not_taken"
    NAMES_MISSING = "names_missing"
    NAMES_SIGNS = "names_signs"
    BORN_LATER = "born_later"
    ISSUED_LATER = "issued_later"
    EXPIRES_BEFORE_ISSUE = "expires_before_issue"
    ZONE_UNREADABLE = "zone_unreadable"
    ZONE_NUMBER = "zone_number"
    ZONE_BIRTH = "zone_birth"
    ZONE_EXPIRY = "zone_expiry"


class Doubt(StrEnum):
    """What is worth a second look at a document that is written down all the same."""

    EXPIRED = "expired"
    EXPIRES_SOON = "expires_soon"
    EXPIRY_MISSING = "expiry_missing"
    NO_PHOTO = "no_photo"
    NO_ZONE = "no_zone"
    ZONE_NOT_PROVED = "zone_not_proved"
    ZONE_NAMES = "zone_names"
    PASSPORT_FORM = "passport_form"
    CIN_FORM = "cin_form"
    NOT_OF_REFUGEES = "not_of_refugees"
    NOT_OF_STATELESS = "not_of_stateless"


@dataclass(frozen=True)
class Wrong:
    """A fault, the field it stands in, and what the sentence about it names."""

    fault: Fault
    field: str
    facts: Mapping[str, str | int]


def has_strange(name: str) -> bool:
    """Whether a name has signs that no Latin name on a document has."""
    return bool(letters.strange_to_latin(name))


def tidied_number(text: str) -> str:
    """A number as documents print it: capital letters and digits, nothing between them."""
    return _SEPARATORS.sub("", text.upper())


def faults(said: Said, rule: IdentityRuleSpec | None, zone: MrzReading | None, on: date) -> list[Wrong]:
    """Why `said` cannot be written down on the day `on`, in the order of the form; empty when it can.

    `rule` = what the roster says of this kind, None where it does not take it; `zone` = what was read of
    `said.mrz`. Where a zone holds, number, birth and expiry may not say otherwise: the letter is named.
    """
    if rule is None:
        return [Wrong(Fault.KIND_NOT_TAKEN, "kind", {})]
    found = [*_of_numbers(said), *_of_states(said, rule), *_of_names(said), *_of_days(said, on)]
    if said.mrz and zone is None:
        found.append(Wrong(Fault.ZONE_UNREADABLE, "mrz", {}))
    if zone is not None:
        found.extend(_against(said, zone))
    return found


def _of_numbers(said: Said) -> Iterator[Wrong]:
    if not said.number:
        yield Wrong(Fault.NUMBER_MISSING, "number", {})
    elif not _SIGNS.fullmatch(said.number):
        yield Wrong(Fault.NUMBER_SIGNS, "number", {"signs": _odd(said.number)})
    if said.personal_number and not _SIGNS.fullmatch(said.personal_number):
        yield Wrong(Fault.PERSONAL_SIGNS, "personal_number", {"signs": _odd(said.personal_number)})


def _odd(number: str) -> str:
    return "".join(dict.fromkeys(sign for sign in number if not _SIGNS.fullmatch(sign)))


def _of_states(said: Said, rule: IdentityRuleSpec) -> Iterator[Wrong]:
    if not _STATE.fullmatch(said.issuing_state):
        yield Wrong(Fault.STATE_UNKNOWN, "issuing_state", {})
    elif rule.states and said.issuing_state not in rule.states:
        states = ", ".join(rule.states)
        yield Wrong(Fault.STATE_NOT_TAKEN, "issuing_state", {"states": states})
    if said.nationality and not _STATE.fullmatch(said.nationality):
        yield Wrong(Fault.STATE_UNKNOWN, "nationality", {})


def _of_names(said: Said) -> Iterator[Wrong]:
    if not said.surnames and not said.given_names:
        yield Wrong(Fault.NAMES_MISSING, "surnames", {})
    for place, text in (("surnames", said.surnames), ("given_names", said.given_names)):
        if strange := letters.strange_to_latin(text):
            yield Wrong(Fault.NAMES_SIGNS, place, {"signs": strange})


def _of_days(said: Said, on: date) -> Iterator[Wrong]:
    if said.birth_on and said.birth_on > on:
        yield Wrong(Fault.BORN_LATER, "birth_on", {})
    if said.issued_on and said.issued_on > on:
        yield Wrong(Fault.ISSUED_LATER, "issued_on", {})
    if said.issued_on and said.expires_on and said.expires_on <= said.issued_on:
        yield Wrong(Fault.EXPIRES_BEFORE_ISSUE, "expires_on", {})


def _against(said: Said, zone: MrzReading) -> Iterator[Wrong]:
    compared = (
        (Part.NUMBER, Fault.ZONE_NUMBER, said.number, zone.number),
        (Part.BIRTH, Fault.ZONE_BIRTH, _written(said.birth_on), _written(zone.birth_on)),
        (Part.EXPIRY, Fault.ZONE_EXPIRY, _written(said.expires_on), _written(zone.expires_on)),
    )
    for part, fault, ours, theirs in compared:
        if part in zone.unverified or not ours or not theirs or ours == theirs:
            continue
        if part is Part.NUMBER and zone.layout is Layout.TD1 and ours == zone.personal_number:
            continue  # cards of Morocco are known by the number of the person, which the zone has behind
        yield Wrong(fault, part.value, {"ours": ours, "theirs": theirs})


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def doubts(
    said: Said, rule: IdentityRuleSpec | None, zone: MrzReading | None, *, on: date, has_photo: bool
) -> list[Doubt]:
    """What a keeper looks at twice, the gravest first. The form of a number says nothing of the person."""
    found: list[Doubt | None] = [
        _of_expiry(said, rule, on),
        None if has_photo else Doubt.NO_PHOTO,
        _of_zone(said, rule, zone),
        *_of_form(said),
    ]
    return [each for each in found if each]


def _of_expiry(said: Said, rule: IdentityRuleSpec | None, on: date) -> Doubt | None:
    if said.expires_on is None:
        return Doubt.EXPIRY_MISSING
    if is_over(said.expires_on, on):
        return Doubt.EXPIRED
    return Doubt.EXPIRES_SOON if rule and warned_at(said.expires_on, rule.warn_days, on) else None


def _of_zone(said: Said, rule: IdentityRuleSpec | None, zone: MrzReading | None) -> Doubt | None:
    if zone is None:
        return Doubt.NO_ZONE if rule and rule.has_mrz else None
    if not zone.is_verified:
        return Doubt.ZONE_NOT_PROVED
    return None if comparing.names_agree(said.surnames, said.given_names, zone) else Doubt.ZONE_NAMES


def _of_form(said: Said) -> Iterator[Doubt]:
    usual = _USUAL.get((said.kind, said.issuing_state))
    if usual and not usual.fullmatch(said.number):
        yield Doubt.PASSPORT_FORM
    is_of_own = said.issuing_state == "MAR" and said.kind in _OF_NATIONALS
    if is_of_own and said.personal_number and not _CIN.fullmatch(said.personal_number):
        yield Doubt.CIN_FORM
    if said.kind is IdentityKind.REFUGEE_DOCUMENT and said.nationality == STATELESS:
        yield Doubt.NOT_OF_REFUGEES
    if said.kind is IdentityKind.STATELESS_DOCUMENT and said.nationality not in ("", STATELESS):
        yield Doubt.NOT_OF_STATELESS


def warned_at(expires_on: date, warn_days: Sequence[int], on: date) -> int | None:
    """The last of the days before the expiry at which is warned that has come; 0 once it is over, else None.

    Valid until and with `expires_on`: the day after, the document is over.
    """
    left = (expires_on - on).days
    if left < 0:
        return 0
    return min((days for days in warn_days if left <= days), default=None)


def is_over(expires_on: date | None, on: date) -> bool:
    """Whether a document with this last day is no longer valid on `on`."""
    return expires_on is not None and expires_on + timedelta(days=1) <= on


def kind_of(zone: MrzReading) -> IdentityKind:
    """The kind of document that a zone looks like; a person may know better."""
    if zone.nationality == STATELESS:
        return IdentityKind.STATELESS_DOCUMENT
    if zone.nationality in REFUGEES:
        return IdentityKind.REFUGEE_DOCUMENT
    if zone.layout is not Layout.TD1:
        return IdentityKind.PASSPORT
    is_own = zone.nationality == zone.issuing_state
    return IdentityKind.NATIONAL_CARD if is_own else IdentityKind.RESIDENCE_CARD


def said_by(zone: MrzReading, kind: IdentityKind, read_by: ReadBy) -> Said:
    """What a zone says as somebody would have typed it: only parts that hold; the rest is left to them."""
    holds = {part for part in Part if part not in zone.unverified}
    return Said(
        kind=kind,
        number=zone.number if Part.NUMBER in holds else "",
        personal_number=zone.personal_number if _CIN.fullmatch(zone.personal_number) else "",
        issuing_state=zone.issuing_state,
        nationality=zone.nationality,
        surnames="" if zone.has_odd_names else zone.surnames,
        given_names="" if zone.has_odd_names else zone.given_names,
        birth_on=zone.birth_on if Part.BIRTH in holds else None,
        expires_on=zone.expires_on if Part.EXPIRY in holds else None,
        mrz="\n".join(zone.lines),
        read_by=read_by,
    )
