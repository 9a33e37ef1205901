"""Work, diplomas, languages and documents of a registration as lines of a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tragitto.candidates.models import CandidateSkill, Diploma, Experience, IdentityDocument, LanguageLevel
from tragitto.candidates.queries.registering import Draft, code_of
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import RosterSpec
from tragitto.web.parts.moments import day_in_words
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster_rows import TONGUES


@dataclass(frozen=True)
class Line:
    """One row: what it is called, what more there is to say, and the code in its address."""

    code: str
    title: str | Promise
    more: str | Promise = ""


def lines_of(draft: Draft, kind: PageKind) -> list[Line]:
    """The rows of a page as lines; nothing for pages that have none."""
    return [_LINES[kind](row, draft.spec) for row in draft.rows[kind]] if kind in _LINES else []


def _work(work: Experience, spec: RosterSpec) -> Line:
    title = f"{work.role} – {work.employer}" if work.employer else work.role
    ends = _month(work.ends_on) if work.ends_on else _("until now")
    return Line(work.code, title, f"{_month(work.begins_on)} – {ends}")


def _diploma(diploma: Diploma, spec: RosterSpec) -> Line:
    levels = {each.code: in_language(each.title, language_now()) for each in spec.diplomas}
    known = [levels.get(diploma.level_code, ""), diploma.institution, str(diploma.year or "")]
    return Line(diploma.code, diploma.title, " · ".join(each for each in known if each))


def _language(said: LanguageLevel, spec: RosterSpec) -> Line:
    more = [str(words.CEFR[said.level]), said.certificate]
    return Line(said.tongue, TONGUES.get(said.tongue, said.tongue), " · ".join(each for each in more if each))


def _document(document: IdentityDocument, spec: RosterSpec) -> Line:
    rule = spec.identity(document.kind)
    title = in_language(rule.title, language_now()) if rule else document.kind
    until = document.expires_on
    says = _("valid until {day}").format(day=day_in_words(until)) if until else ""
    return Line(document.code, f"{title} {document.number}", says)


def _paper(row: CandidateSkill | Diploma | LanguageLevel, spec: RosterSpec) -> Line:
    if isinstance(row, Diploma):
        return Line(row.code, row.title)
    until = row.valid_until
    more = [row.certificate, _("valid until {day}").format(day=day_in_words(until)) if until else ""]
    return Line(code_of(row), paper_title(row, spec), " · ".join(each for each in more if each))


def paper_title(row: CandidateSkill | Diploma | LanguageLevel, spec: RosterSpec) -> str:
    """What somebody shows with a paper: a skill, a diploma, a language."""
    if isinstance(row, Diploma):
        return row.title
    if isinstance(row, LanguageLevel):
        return str(TONGUES.get(row.tongue, row.tongue))
    skill = spec.skill(row.skill)
    return in_language(skill.title, language_now()) if skill else row.skill


def _month(day: date) -> str:
    return date_format(day, "F Y")


_LINES: Mapping[PageKind, Callable[[Any, RosterSpec], Line]] = {
    PageKind.EXPERIENCE: _work,
    PageKind.DIPLOMAS: _diploma,
    PageKind.LANGUAGES: _language,
    PageKind.DOCUMENT: _document,
    PageKind.PAPERS: _paper,
}
