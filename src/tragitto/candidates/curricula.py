"""A person's sheet in words, on a page or as a curriculum: one source, read for its reader before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tragitto.candidates import words
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.profiles import sheet
from tragitto.candidates.rules.sheets import (
    DiplomaLine,
    ExperienceLine,
    LanguageLine,
    ProfileLine,
    Sheet,
    SkillLine,
)
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel.texts import in_language
from tragitto.records import rendering
from tragitto.schemes.models import Profile, Region, Scheme
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.queries import roster_of

TEMPLATE = "candidates/letters/cv.typ"
#: The languages in which a curriculum is printed: those of the firms and of the people.
LANGUAGES = ("it", "fr")
#: Which curriculum which reader gets.
KINDS: Mapping[str, Audience] = {"anonymous": Audience.EMPLOYER_BEFORE, "full": Audience.EMPLOYER_AFTER}


@dataclass(frozen=True)
class Titles:
    """What the codes of a roster are called in one language."""

    language: str
    roster: RosterSpec
    profiles: Mapping[str, str]
    regions: Mapping[str, str]

    @classmethod
    def of(cls, scheme: Scheme, language: str) -> "Titles":
        """The titles of the roster of `scheme`. Three queries."""
        profiles = Profile.objects.filter(scheme=scheme)
        regions = Region.objects.filter(scheme=scheme)
        return cls(
            language,
            roster_of(scheme),
            {each.code: in_language(each.title, language) for each in profiles},
            {each.code: in_language(each.title, language) for each in regions},
        )

    def skill(self, code: str | None) -> str:
        """The title of a skill, or its code when the roster no longer has it."""
        spec = self.roster.skill(code or "")
        return in_language(spec.title, self.language) if spec else str(code or "")

    def diploma(self, code: str | None) -> str:
        """The title of a level of diplomas; nothing for none."""
        found = (each for each in self.roster.diplomas if each.code == code)
        spec = next(found, None)
        return in_language(spec.title, self.language) if spec else ""


def curriculum(candidate: Candidate, kind: str, *, code: str, language: str, on: date) -> bytes:
    """The curriculum of `candidate` as PDF/UA-1: "anonymous", or "full" with the name.

    `code` stands on it instead of a name: the public code, or that of an invitation. `on` = the day whose
    experience counts. Raises `KeyError` for another kind, `ValueError` for a language it is not printed in.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    seen = sheet(candidate, KINDS[kind], on=on)
    titles = Titles.of(candidate.scheme, language)
    with translation.override(language):
        data = in_words(seen, titles, code)
        return rendering.pdf(TEMPLATE, data, language=language, title=_("Curriculum"))


def in_words(seen: Sheet, titles: Titles, code: str) -> dict[str, object]:
    """`seen` in the words of the language in force, whose titles `titles` are; `code` stands for the person.

    "names", "heads" (pairs), "about", "parts" (each with a title and lines of head, side, said), "basis".
    """
    latin = seen.full_name
    arabic = " ".join(part for part in (seen.arabic_given_names, seen.arabic_surnames) if part)
    parts = (
        (_("What I can do"), [_profile(each, titles) for each in seen.profiles]),
        (_("Skills"), [_skill(each, titles) for each in seen.skills]),
        (_("Experience"), [_experience(each, titles) for each in seen.experiences]),
        (_("Diplomas"), [_diploma(each, titles) for each in seen.diplomas]),
        (_("Languages"), [_language(each) for each in seen.languages]),
    )
    return {
        "names": [name for name in (latin, arabic) if name],
        "heads": _heads(seen, titles, code),
        "about": seen.about_tidied or (seen.about if latin else "") or "",
        "parts": [{"title": title, "lines": lines} for title, lines in parts if lines],
        "foot": code,
        "basis": _(
            "What is marked as stated was said by the person and not checked. Levels of the European"
            " framework are indicative and no recognition. Use this only to choose whom to meet; give it to"
            " nobody else."
        ),
    }


def _heads(seen: Sheet, titles: Titles, code: str) -> list[list[str]]:
    found = [[_("Code"), code]]
    if seen.available_from:
        found.append([_("Available from"), _day(seen.available_from)])
    if seen.regions:
        found.append([_("Regions"), ", ".join(titles.regions.get(each, each) for each in seen.regions)])
    if seen.shifts:
        found.append([_("Working hours"), ", ".join(str(words.SHIFT[each]) for each in seen.shifts)])
    if seen.housing:
        found.append([_("Housing"), str(words.HOUSING[seen.housing])])
    return found


def _line(head: str, side: str = "", *said: str | None) -> dict[str, object]:
    return {"head": head, "side": side, "said": [each for each in said if each]}


def _profile(line: ProfileLine, titles: Titles) -> dict[str, object]:
    years = line.years or 0
    told = ngettext("{years} year", "{years} years", years).format(years=years) if years else ""
    return _line(titles.profiles.get(line.profile or "", ""), told, line.tidied or line.words)


def _skill(line: SkillLine, titles: Titles) -> dict[str, object]:
    mastery = str(words.MASTERY[line.mastery]) if line.mastery else ""
    proof = str(words.PROOF[line.proof or "said"])
    until = ""
    if line.valid_until:
        until = _("valid until {day}").format(day=_day(line.valid_until))
    return _line(titles.skill(line.skill), mastery, ", ".join(filter(None, (proof, line.certificate, until))))


def _experience(line: ExperienceLine, titles: Titles) -> dict[str, object]:
    months = line.months or 0
    told = ngettext("{months} month", "{months} months", months).format(months=months)
    if line.begins_on:
        begins = _month(line.begins_on)
        ends = _month(line.ends_on) if line.ends_on else _("now")
        told = f"{begins} – {ends} ({told})"
    profile = titles.profiles.get(line.profile or "", "")
    head = line.role or profile or pgettext("experience", "Other work")
    return _line(head, told, line.employer, line.tidied or line.words)


def _diploma(line: DiplomaLine, titles: Titles) -> dict[str, object]:
    level = titles.diploma(line.level_code)
    eqf = _("EQF {level}, indicative").format(level=line.eqf) if line.eqf else ""
    side = ", ".join(filter(None, (eqf, str(line.year) if line.year else "")))
    proof = str(words.PROOF[line.proof or "said"])
    said = level if line.title else None
    return _line(line.title or level or _("Diploma"), side, said, line.institution, proof)


def _language(line: LanguageLine) -> dict[str, object]:
    proof = str(words.PROOF[line.proof or "said"])
    name = words.TONGUE.get(line.tongue or "", line.tongue or "")
    return _line(str(name), line.level or "", ", ".join(filter(None, (proof, line.certificate))))


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y").lower()


def _month(day: date) -> str:
    return formats.date_format(day, "F Y").lower()
