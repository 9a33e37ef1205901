"""Makes up the people whom the registrar of the story lists; the same number is always the same person."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from tragitto.candidates.queries.choices import Lists
from tragitto.candidates.rules.columns import BY_CODE, Kind
from tragitto.candidates.vocabulary import CefrLevel, Housing, Mastery, Shift
from tragitto.demo.roster_story import RosterStory, Trade

type Row = dict[str, str]

LANGUAGE = "fr"
_OLDEST, _DAYS_OF_BIRTHS = date(1983, 1, 1), 7500
_FIRST_EXPIRY, _DAYS_OF_EXPIRIES = date(2026, 2, 1), 1200
_FIRST_START, _DAYS_OF_STARTS = date(2025, 11, 1), 120
_THIS_YEAR = 2025


def reference(number: int) -> str:
    """Under which reference the registrar has the person of this number."""
    return f"AN-{number:04d}"


def row(roster: RosterStory, number: int) -> Row:
    """The person of this number as a row of a list: texts by the codes of their columns."""
    chance = Random(f"person {number}")  # noqa: S311  (made-up people, no secret)
    names = roster.names
    family, family_arabic = names.families[number % len(names.families)]
    first, first_arabic = names.first[(5 * number + number // len(names.families)) % len(names.first)]
    born = _OLDEST + timedelta(days=chance.randrange(_DAYS_OF_BIRTHS))
    town = chance.choice(names.towns)
    expires = _FIRST_EXPIRY + timedelta(days=chance.randrange(_DAYS_OF_EXPIRIES))
    return {
        "reference": reference(number),
        "surnames": family,
        "given_names": first,
        "arabic_surnames": family_arabic,
        "arabic_given_names": first_arabic,
        "birth_on": f"{born:%d/%m/%Y}",
        "birth_place": chance.choice(names.towns),
        "phone": f"06 00 00 {number // 100:02d} {number % 100:02d}",
        "email": f"{first.split()[0].lower()}{number}@courriel.example" if number % 2 else "",
        "language": chance.choice(("fr", "ar", "ar")),
        "standing": "national",
        "nationality": "MAR",
        "town": town,
        "document_kind": "passport",
        "document_number": f"XZ{chance.randrange(10**7):07d}",
        "document_expires_on": f"{expires:%d/%m/%Y}",
        "personal_number": f"XZ{chance.randrange(10**5):05d}",
    } | _abilities(roster, roster.trades[number % len(roster.trades)], born.year, town, chance)


def _abilities(roster: RosterStory, trade: Trade, born: int, town: str, chance: Random) -> Row:
    years = chance.randint(1, max(1, min(15, _THIS_YEAR - born - 20)))
    skills = sorted(chance.sample(trade.skills, chance.randint(3, 6)), key=trade.skills.index)
    levels = [f"ar: {CefrLevel.C2}", f"fr: {chance.choice(('A2', 'B1', 'B2', 'C1'))}"]
    if chance.random() < 0.4:
        levels.append(f"it: {chance.choice(('A1', 'A2', 'A2', 'B1'))}")
    title, level = trade.diploma
    starts = _FIRST_START + timedelta(days=chance.randrange(_DAYS_OF_STARTS))
    return {
        "profile_1": trade.profile,
        "profile_1_years": str(years),
        "skills": "; ".join(f"{skill}: {chance.choice(list(Mastery))}" for skill in skills),
        "languages": "; ".join(levels),
        "diploma_1_title": title,
        "diploma_1_level": level,
        "diploma_1_institution": f"OFPPT {town}",
        "diploma_1_year": str(born + 20),
        "experience_1_role": trade.role,
        "experience_1_profile": trade.profile,
        "experience_1_employer": f"Ateliers de {town}",
        "experience_1_from": f"{chance.randint(1, 12):02d}/{_THIS_YEAR - years}",
        "available_from": f"{starts:%d/%m/%Y}",
        "regions": "; ".join(chance.sample(roster.regions, chance.randint(1, len(roster.regions)))),
        "shifts": "; ".join(chance.sample(list(Shift), 2)),
        "housing": chance.choice(list(Housing)),
    }


def spreadsheet(rows: Sequence[Mapping[str, str]], lists: Lists) -> bytes:
    """The rows as separated values, headings and choices in the words of the registrar's language."""
    codes = [code for code in BY_CODE if any(each.get(code) for each in rows)]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([BY_CODE[code].headings[LANGUAGE] for code in codes])
    writer.writerows([_written(code, each.get(code, ""), lists) for code in codes] for each in rows)
    return file.getvalue().encode("utf-8-sig")


def _written(code: str, text: str, lists: Lists) -> str:
    column = BY_CODE[code]
    titles = dict(lists[column.choices]) if column.kind == Kind.CHOICE else {}
    return titles[text][LANGUAGE] if text in titles else text
