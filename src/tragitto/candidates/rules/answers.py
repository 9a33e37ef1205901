"""The answers of a page of registering: tidied into what is kept, and what is wrong with them. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tragitto.accounts.rules import email_address, mobile_number
from tragitto.candidates.rules import letters, naming
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.vocabulary import Housing, Mastery, PageKind, Shift, Standing
from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes.pack import RosterSpec, SkillSpec
from tragitto.schemes.vocabulary import SkillGroup, SkillScale

LONGEST_NAME, LONGEST_TEXT, MOST_PROFILES = 200, 2000, 3
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_STATE = re.compile(r"[A-Z]{3}|D")
_OLDEST, _MOST_YEARS = 100, 60
#: Why a name is refused that has signs which no passport writes.
NAME_SIGNS = "name_signs"
#: What ICAO Doc 9303 part 3, section 5, writes for people without a state.
STATELESS = "XXA"


@dataclass(frozen=True)
class Asked:
    """What answers are held against: the roster, the day, `key` of the page, the codes that may be chosen.

    `sent_on` = the day on which the registration was sent, while it counts.
    """

    spec: RosterSpec
    on: date
    key: str = ""
    profiles: Sequence[str] = ()
    regions: Sequence[str] = ()
    skills: Sequence[str] = ()
    sent_on: date | None = None


@dataclass(frozen=True)
class Tidied:
    """Answers as they are kept, and by place the code of what is wrong with them.

    `signs` = by place those that stand in no name.
    """

    values: Mapping[str, object]
    problems: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)


def tidy(kind: PageKind, answers: Mapping[str, object], asked: Asked) -> Tidied:
    """The answers of a page in the form in which they are kept, and what is wrong with them.

    Raises `KeyError` for a page whose answers are rows of their own: it has no form.
    """
    return _TIDIERS[kind](answers, asked)


def fits_least_age(birth_on: date, asked: Asked) -> bool:
    """Whether who was born on that day is old enough for the roster on the day of asking."""
    return adult_on(birth_on, asked.spec.least_age) <= asked.on


def skills_of(spec: RosterSpec, profile: str) -> tuple[SkillSpec, ...]:
    """The skills that count for a profile, those of a group together, as a workshop would ask for them."""
    groups = list(SkillGroup)
    counting = [skill for skill in spec.skills if profile in skill.profiles]
    return tuple(sorted(counting, key=lambda skill: groups.index(skill.group)))


def levelled(spec: RosterSpec, profile: str, chosen: Sequence[str]) -> tuple[SkillSpec, ...]:
    """Of the skills that somebody chose, those of a profile that are had to a degree."""
    has_level = SkillScale.LEVEL
    return tuple(
        skill for skill in skills_of(spec, profile) if skill.code in chosen and skill.scale is has_level
    )


def _words(answers: Mapping[str, object], place: str) -> str:
    return " ".join(unicodedata.normalize("NFC", str(answers.get(place) or "")).split())


def _name(answers: Mapping[str, object], place: str) -> str:
    """A name without the marks of direction and joining that come along unseen when it is pasted."""
    seen = (each for each in _words(answers, place) if unicodedata.category(each) != "Cf")
    return " ".join("".join(seen).split())


def _paragraph(answers: Mapping[str, object], place: str) -> str:
    lines = unicodedata.normalize("NFC", str(answers.get(place) or "")).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _chosen(answers: Mapping[str, object], place: str) -> list[str]:
    given = answers.get(place)
    return [str(one) for one in given] if isinstance(given, list | tuple) else []


def _too_long(values: Mapping[str, object], most: int) -> dict[str, str]:
    return {place: "too_long" for place, value in values.items() if len(str(value)) > most}


def _language(answers: Mapping[str, object], asked: Asked) -> Tidied:
    language = _words(answers, "language")
    return Tidied({"language": language}, {} if language in LANGUAGES else {"language": "choose"})


def _birth(answers: Mapping[str, object], asked: Asked) -> Tidied:
    birth_on, place = answers.get("birth_on"), _words(answers, "birth_place")
    values = {"birth_on": birth_on, "birth_place": place}
    problems = _too_long({"birth_place": place}, LONGEST_NAME)
    if not isinstance(birth_on, date):
        problems["birth_on"] = "no_day"
    elif birth_on > asked.on or asked.on.year - birth_on.year > _OLDEST:
        problems["birth_on"] = "not_a_birthday"
    elif not fits_least_age(birth_on, asked):
        problems["birth_on"] = "under_age"
    elif asked.sent_on and adult_on(birth_on, asked.spec.least_age) > asked.sent_on:
        problems["birth_on"] = "under_age_when_sent"
    return Tidied(values, problems)


def _latin_names(answers: Mapping[str, object], asked: Asked) -> Tidied:
    written = {place: _name(answers, place) for place in ("surnames", "given_names")}
    signs = {place: odd for place, text in written.items() if (odd := letters.strange_to_latin(text))}
    problems = _too_long(written, LONGEST_NAME) | dict.fromkeys(signs, NAME_SIGNS)
    problems |= {place: "not_latin" for place, text in written.items() if _is_of(text, "ARABIC")}
    values = {place: naming.canonical(text) for place, text in written.items()}
    if not problems and not any(values.values()):
        problems["surnames"] = "no_name"
    return Tidied(values, problems, signs)


def _arabic_names(answers: Mapping[str, object], asked: Asked) -> Tidied:
    values = {place: _name(answers, place) for place in ("arabic_surnames", "arabic_given_names")}
    signs = {place: odd for place, text in values.items() if (odd := letters.strange_to_arabic(text))}
    problems = _too_long(values, LONGEST_NAME) | dict.fromkeys(signs, NAME_SIGNS)
    wrong = {place: "not_arabic" for place, text in values.items() if text and not _is_of(text, "ARABIC")}
    return Tidied(values, problems | wrong, signs)


def _standing(answers: Mapping[str, object], asked: Asked) -> Tidied:
    standing, nationality = _words(answers, "standing"), _words(answers, "nationality")
    if standing == Standing.NATIONAL:
        nationality = asked.spec.origin
    elif standing == Standing.STATELESS:
        nationality = STATELESS
    values = {"standing": standing, "nationality": nationality}
    if standing not in list(Standing):
        return Tidied(values, {"standing": "choose"})
    if standing == Standing.RESIDENT and not nationality:
        return Tidied(values, {"nationality": "no_nationality"})
    is_state = not nationality or _STATE.fullmatch(nationality)
    return Tidied(values, {} if is_state else {"nationality": "choose"})


def _contacts(answers: Mapping[str, object], asked: Asked) -> Tidied:
    phone, email = _words(answers, "phone"), email_address(_words(answers, "email"))
    problems: dict[str, str] = {}
    if phone:
        try:
            phone = mobile_number(phone)
        except ValueError:
            problems["phone"] = "no_phone"
    if email and not _EMAIL.fullmatch(email):
        problems["email"] = "no_address"
    if not phone and not email:
        problems["phone"] = "no_contact"
    return Tidied({"phone": phone, "email": email}, problems | _too_long({"email": email}, LONGEST_NAME))


def _home(answers: Mapping[str, object], asked: Asked) -> Tidied:
    values = {"town": _words(answers, "town"), "country": _words(answers, "country")}
    problems = _too_long({"town": values["town"]}, LONGEST_NAME)
    if not values["town"]:
        problems["town"] = "no_town"
    if not _STATE.fullmatch(values["country"]):
        problems["country"] = "choose"
    return Tidied(values, problems)


def _profiles(answers: Mapping[str, object], asked: Asked) -> Tidied:
    best = _words(answers, "best")
    wanted = sorted(dict.fromkeys(_chosen(answers, "profiles")), key=lambda code: code != best)
    problems: dict[str, str] = {}
    if not wanted or not set(wanted) <= set(asked.profiles):
        problems["profiles"] = "choose"
    elif len(wanted) > MOST_PROFILES:
        problems["profiles"] = "too_many"
    return Tidied({"profiles": wanted}, problems)


def _trade(answers: Mapping[str, object], asked: Asked) -> Tidied:
    years, words = answers.get("years"), _paragraph(answers, "words")
    problems = _too_long({"words": words}, LONGEST_TEXT)
    if not isinstance(years, int) or not 0 <= years <= _MOST_YEARS:
        problems["years"] = "no_years"
    return Tidied({"years": years, "words": words}, problems)


def _skills(answers: Mapping[str, object], asked: Asked) -> Tidied:
    known = [skill.code for skill in skills_of(asked.spec, asked.key)]
    chosen = _chosen(answers, "skills")
    values = {"skills": [code for code in known if code in chosen]}
    return Tidied(values, {} if set(chosen) <= set(known) else {"skills": "choose"})


def _mastery(answers: Mapping[str, object], asked: Asked) -> Tidied:
    places = [skill.code for skill in levelled(asked.spec, asked.key, asked.skills)]
    values = {place: _words(answers, place) for place in places}
    wrong = {place: "choose" for place, word in values.items() if word and word not in list(Mastery)}
    return Tidied(values, wrong)


def _available(answers: Mapping[str, object], asked: Asked) -> Tidied:
    day = answers.get("available_from")
    return Tidied({"available_from": day if isinstance(day, date) else None})


def _regions(answers: Mapping[str, object], asked: Asked) -> Tidied:
    chosen = set(_chosen(answers, "regions"))
    wrong = {} if chosen <= set(asked.regions) else {"regions": "choose"}
    return Tidied({"regions": sorted(chosen)}, wrong)


def _shifts(answers: Mapping[str, object], asked: Asked) -> Tidied:
    chosen = _chosen(answers, "shifts")
    wrong = {} if set(chosen) <= set(Shift) else {"shifts": "choose"}
    return Tidied({"shifts": [word.value for word in Shift if word.value in chosen]}, wrong)


def _housing(answers: Mapping[str, object], asked: Asked) -> Tidied:
    word = _words(answers, "housing")
    return Tidied({"housing": word}, {} if not word or word in list(Housing) else {"housing": "choose"})


def _about(answers: Mapping[str, object], asked: Asked) -> Tidied:
    values = {"about": _paragraph(answers, "about")}
    return Tidied(values, _too_long(values, LONGEST_TEXT))


def _is_of(text: str, script: str) -> bool:
    """Whether a letter of `text` is of this script, as Unicode names it."""
    return any(unicodedata.name(letter, "").startswith(script) for letter in text if letter.isalpha())


_TIDIERS: dict[PageKind, Callable[[Mapping[str, object], Asked], Tidied]] = {
    PageKind.LANGUAGE: _language,
    PageKind.BIRTH: _birth,
    PageKind.LATIN_NAMES: _latin_names,
    PageKind.ARABIC_NAMES: _arabic_names,
    PageKind.STANDING: _standing,
    PageKind.CONTACTS: _contacts,
    PageKind.HOME: _home,
    PageKind.PROFILES: _profiles,
    PageKind.TRADE: _trade,
    PageKind.SKILLS: _skills,
    PageKind.MASTERY: _mastery,
    PageKind.AVAILABLE: _available,
    PageKind.REGIONS: _regions,
    PageKind.SHIFTS: _shifts,
    PageKind.HOUSING: _housing,
    PageKind.ABOUT: _about,
}
