"""Makes up Moroccan people for benchmarks: the same seed, the same people, and nobody who exists.

    from made_up_people import people
    for person in people(seed=5, count=150_000): ...

`people(seed, 10)` are the first ten of `people(seed, 1000)`. Nothing here knows Django or a database.
Profiles, skills and diplomas are those of the shipped roster. `made_up_duplicates.py` plants duplicates among
them.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import made_up_names as names

PACK = Path(__file__).resolve().parents[1] / "src" / "tragitto_packs" / "schemes" / "thamm-plus"
TODAY = date(2026, 11, 22)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
REGIONS = ("lombardia", "veneto", "emilia-romagna")
SHIFTS = ("day", "two_shifts", "three_shifts", "night")
LEVELS = ("A1", "A2", "B1", "B2", "C1")
MASTERY = ("begun", "guided", "alone", "teaches")


@dataclass(frozen=True)
class Spelled:
    """A name: its Arabic letters and the Latin spellings of it that are met, the usual one first."""

    arabic: str
    latin: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An identity document; `personal_number` is the CIN of a national card."""

    kind: str
    number: str
    issuing_state: str
    issued_on: date
    expires_on: date
    personal_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Ability:
    """A skill with how well it is mastered and what stands behind it ("said", "paper", "tested")."""

    skill: str
    mastery: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work done somewhere; no end = until now."""

    role: str
    employer: str
    country: str
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """A person as they would register; `spelled` = surname and given names with all their spellings."""

    key: int
    spelled: tuple[Spelled, tuple[Spelled, ...]]
    surnames: str
    given_names: str
    arabic_surnames: str
    arabic_given_names: str
    birth_on: date
    birth_place: str
    nationality: str
    standing: str
    phone: str
    email: str
    town: str
    country: str
    papers: tuple[Paper, ...]
    language: str
    profiles: tuple[str, ...]
    years: int
    abilities: tuple[Ability, ...]
    languages: tuple[tuple[str, str], ...]
    diplomas: tuple[tuple[str, int], ...]
    jobs: tuple[Job, ...]
    regions: tuple[str, ...]
    shifts: tuple[str, ...]
    housing: str
    available_from: date
    registered_on: date
    about: str

    @property
    def cin(self) -> str:
        """The number of the person on a national card, if they gave one."""
        return next((paper.personal_number for paper in self.papers if paper.personal_number), "")


def people(seed: int, count: int) -> Iterator[MadeUp]:
    """`count` people, one after the other; about nine thousand a second."""
    rng = random.Random(seed)
    taken: set[str] = set()
    return (_person(rng, key, taken) for key in range(count))


def listed(text: str) -> tuple[Spelled, ...]:
    """The names of a list of made_up_names.py."""
    found = []
    for entry in text.replace("\n", " | ").split("|"):
        if words := [word.replace("_", " ") for word in entry.split()]:
            found.append(Spelled(words[0], tuple(words[1:])))
    return tuple(found)


@cache
def surnames() -> tuple[Spelled, ...]:
    """Every surname, the most frequent first."""
    article = tuple(
        Spelled(name.arabic, tuple(f"{word}{each}" for each in name.latin for word in ("EL ", "EL", "AL ")))
        for name in listed(names.WITH_ARTICLE)
    )
    parts = (
        listed(names.PLAIN),
        article,
        _prefixed(listed(names.WITH_BEN), "بن", ("BEN ", "BEN")),
        _prefixed(listed(names.WITH_AIT), "آيت", ("AIT ", "AIT")),
        tuple(
            Spelled(f"أو{name.arabic}", tuple(f"OU{each}" for each in name.latin))
            for name in listed(names.WITH_OU)
        ),
    )
    ranked = itertools.zip_longest(*parts)
    return tuple(name for row in ranked for name in row if name)


def _prefixed(stems: tuple[Spelled, ...], arabic: str, latin: tuple[str, ...]) -> tuple[Spelled, ...]:
    return tuple(
        Spelled(f"{arabic} {stem.arabic}", tuple(f"{word}{each}" for each in stem.latin for word in latin))
        for stem in stems
    )


@cache
def weights(count: int) -> list[float]:
    """How often the names of a list of `count` are met, added up: the last a tenth as often as the first."""
    return list(itertools.accumulate(1 / (rank + count / 10) ** 0.9 for rank in range(count)))


@cache
def _given() -> tuple[tuple[Spelled, ...], tuple[Spelled, ...]]:
    return listed(names.MEN), listed(names.WOMEN)


@cache
def _shipped() -> tuple[tuple[str, ...], dict[str, list[str]], tuple[tuple[str, int], ...]]:
    """Profiles, the skills of each, and diplomas with their indicative level, of the shipped pack."""
    scheme = tomllib.loads((PACK / "scheme.toml").read_text())
    roster = tomllib.loads((PACK / "roster.toml").read_text())
    profiles = tuple(profile["code"] for profile in scheme["profiles"])
    skills: dict[str, list[str]] = {profile: [] for profile in profiles}
    for skill in roster.get("skills", ()):
        for profile in skill["profiles"]:
            skills[profile].append(skill["code"])
    return profiles, skills, tuple((level["code"], level["eqf"]) for level in roster.get("diplomas", ()))


def _pick(rng: random.Random, found: tuple[Spelled, ...]) -> Spelled:
    return rng.choices(found, cum_weights=weights(len(found)))[0]


def _person(rng: random.Random, key: int, taken: set[str]) -> MadeUp:
    town = rng.choices(names.TOWNS, weights=[each[3] for each in names.TOWNS])[0]
    surname, given, state = _names(rng)
    latin = (_written(rng, surname), " ".join(_written(rng, name) for name in given))
    birth_on = _birth(rng)
    standing = "national" if state == "MAR" else rng.choices(("resident", "refugee"), (6, 4))[0]
    if state == "SYR" and rng.random() < 0.1:
        standing = "stateless"
    handle = "".join(filter(str.isalpha, given[0].latin[0] + surname.latin[0])).lower()
    return MadeUp(
        key=key,
        spelled=(surname, given),
        surnames=latin[0],
        given_names=latin[1],
        arabic_surnames=surname.arabic,
        arabic_given_names=" ".join(name.arabic for name in given),
        birth_on=birth_on,
        birth_place=rng.choices(names.TOWNS)[0][0] if state == "MAR" else "",
        nationality="XXA" if standing == "stateless" else state,
        standing=standing,
        phone=unused(rng, taken, "+212{}{:08d}", (6, 7), 10**8),
        email=f"{handle}{key}@courriel.example" if rng.random() < 0.4 else "",
        town=town[0],
        country="MAR",
        papers=_papers(rng, state, standing, town[2], taken),
        **_wishes(rng, birth_on),
    )


def _names(rng: random.Random) -> tuple[Spelled, tuple[Spelled, ...], str]:
    if rng.random() < 0.04:
        state, families, firsts = rng.choice(names.ELSEWHERE)
        return rng.choice(listed(families)), (rng.choice(listed(firsts)),), state
    found = _given()[rng.random() < 0.3]
    count = 2 if rng.random() < 0.12 else 1
    given = dict.fromkeys(_pick(rng, found) for _ in range(count))
    family = _pick(rng, surnames())
    return _double(family, _pick(rng, surnames())) if rng.random() < 0.12 else family, tuple(given), "MAR"


def _double(first: Spelled, second: Spelled) -> Spelled:
    """The surnames of two families, as many carry them."""
    return Spelled(f"{first.arabic} {second.arabic}", (f"{first.latin[0]} {second.latin[0]}",))


def _written(rng: random.Random, name: Spelled) -> str:
    """One of the spellings; the usual one in seven cases of ten."""
    return name.latin[0] if rng.random() < 0.7 else rng.choice(name.latin)


def _birth(rng: random.Random) -> date:
    """Of working age; three in a hundred on the 1st of January, as where only the year was known."""
    day = date(1972, 1, 1) + timedelta(days=int(rng.triangular(0, 13_000, 10_500)))
    return day.replace(month=1, day=1) if rng.random() < 0.03 else day


def unused(rng: random.Random, taken: set[str], pattern: str, heads: tuple[object, ...], below: int) -> str:
    """A number that nobody was given yet."""
    while (number := pattern.format(rng.choice(heads), rng.randrange(below))) in taken:
        pass
    taken.add(number)
    return number


def _papers(
    rng: random.Random, state: str, standing: str, letters: tuple[str, ...], taken: set[str]
) -> tuple[Paper, ...]:
    if state != "MAR":
        kind = {"refugee": "refugee_document", "stateless": "stateless_document"}.get(standing, "passport")
        card = paper(rng, "residence_card", "MAR", taken)
        return (card, paper(rng, kind, "MAR" if standing != "resident" else state, taken))
    which = rng.random()
    found = []
    if which < 0.8:
        found.append(national_card(rng, letters, taken))
    if which > 0.5:
        found.append(paper(rng, "passport", "MAR", taken))
    return tuple(found)


def national_card(rng: random.Random, letters: tuple[str, ...], taken: set[str], cin: str = "") -> Paper:
    """A national card, for the person of this CIN or for a new one."""
    cin = cin or unused(rng, taken, "{}{}", letters, 10 ** rng.choice((5, 6, 6)))
    return paper(rng, "national_card", "MAR", taken, cin)


def paper(rng: random.Random, kind: str, state: str, taken: set[str], personal_number: str = "") -> Paper:
    """A document with a number of its own."""
    years = 10 if kind == "national_card" else 5 if kind == "passport" else 3
    issued_on = TODAY - timedelta(days=rng.randrange(1, years * 365 - 30))
    heads = tuple(first + second for first in LETTERS[:6] for second in LETTERS)
    return Paper(
        kind=kind,
        number=unused(rng, taken, "{}{:07d}", heads, 10**7),
        personal_number=personal_number,
        issuing_state=state,
        issued_on=issued_on,
        expires_on=issued_on + timedelta(days=years * 365),
    )


def _wishes(rng: random.Random, birth_on: date) -> dict[str, object]:
    """What the person can do and would like."""
    profiles, skills, levels = _shipped()
    offered = tuple(rng.sample(profiles, rng.choices((1, 2, 3), (7, 2, 1))[0]))
    mine = sorted({skill for profile in offered for skill in skills[profile]})
    known = rng.sample(mine, min(len(mine), rng.randrange(3, 10)))
    years = rng.randrange(0, max(1, min(25, TODAY.year - birth_on.year - 18)))
    italian = [("it", rng.choice(LEVELS[:4]))] if rng.random() < 0.45 else []
    return {
        "language": rng.choices(("ar", "fr", "it", "en"), (55, 35, 7, 3))[0],
        "profiles": offered,
        "years": years,
        "abilities": tuple(_ability(rng, skill) for skill in known),
        "languages": (("ar", "C2"), ("fr", rng.choice(LEVELS)), *italian),
        "diplomas": tuple(rng.sample(levels, 1)) if levels and rng.random() < 0.8 else (),
        "jobs": tuple(_jobs(rng, offered[0], years)),
        "regions": tuple(rng.sample(REGIONS, rng.randrange(1, 4))),
        "shifts": tuple(rng.sample(SHIFTS, rng.randrange(1, 4))),
        "housing": rng.choices(("help", "offered", "own"), (6, 3, 1))[0],
        "available_from": TODAY + timedelta(days=rng.randrange(0, 200)),
        "registered_on": TODAY - timedelta(days=rng.randrange(0, 700)),
        "about": f"{offered[0].replace('-', ' ')}, {years} ans. {rng.choice(_SAID)}",
    }


_SAID = (
    "J'ai travaillé en atelier et sur chantier.",
    "أحب العمل الدقيق وأتعلم بسرعة.",
    "Lavoro volentieri in squadra, anche su turni.",
    "I read drawings and measure my own parts.",
    "Prêt à partir avec ma famille plus tard.",
)


def _ability(rng: random.Random, skill: str) -> Ability:
    proof = rng.choices(("said", "paper", "tested"), (6, 3, 1))[0]
    return Ability(skill=skill, mastery=rng.choice(MASTERY), proof=proof)


def _jobs(rng: random.Random, role: str, years: int) -> Iterator[Job]:
    end: date | None = None
    for number in range(min(3, (years + 3) // 4)):
        last = end or TODAY.replace(day=1)
        begin = last.replace(year=last.year - rng.randrange(1, 4), day=1)
        country = rng.choices(("MAR", "FRA", "ESP"), (17, 2, 1))[0]
        employer = f"Ateliers {rng.choice(names.TOWNS)[0].title()} {rng.randrange(90)}"
        yield Job(
            role=role.replace("-", " "),
            employer=employer,
            country=country,
            begins_on=begin,
            ends_on=end if number or rng.random() < 0.5 else None,
        )
        end = begin
