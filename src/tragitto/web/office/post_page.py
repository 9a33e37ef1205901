"""What a position asks for, in words, and what its employer wrote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from tragitto.candidates import words
from tragitto.schemes.models import Scheme
from tragitto.selection.models import RoundPost
from tragitto.selection.queries.wording import names_in

#: What an employer wrote in its form about a position, in the order of the form.
_WISHES: dict[str, Promise] = {
    "tasks": gettext_lazy("Tasks"),
    "skills": gettext_lazy("Skills"),
    "languages": gettext_lazy("Languages"),
    "shift": gettext_lazy("Hours of work"),
    "contract": gettext_lazy("Contract"),
    "ccnl": gettext_lazy("Collective agreement"),
    "gross_pay": gettext_lazy("Gross pay"),
    "months": gettext_lazy("Months"),
    "start_period": gettext_lazy("Begins"),
}


@dataclass(frozen=True)
class PostAsked:
    """A post, and what it asks for in words; nothing where only its profile counts."""

    post: RoundPost
    asked: tuple[str, ...]


def asked_words(posts: Iterable[RoundPost], scheme: Scheme) -> list[PostAsked]:
    """The posts with what each asks for. Three queries, however many."""
    names = names_in(scheme, (get_language() or "it").split("-")[0])
    return [PostAsked(each, tuple(_asked(each, names))) for each in posts]


def wishes(post: RoundPost) -> list[tuple[str, str]]:
    """What the employer wrote about the position: label and words."""
    said = post.position.wishes
    return [(str(label), str(said[name])) for name, label in _WISHES.items() if said.get(name)]


def _asked(post: RoundPost, names: dict[str, str]) -> list[str]:
    found = [f"{words.TONGUE.get(code, code)} {level}" for code, level in sorted(post.least_levels.items())]
    if post.least_schooling:
        found.append(_("Schooling of level {level}").format(level=post.least_schooling))
    if post.least_years:
        said = ngettext("{count} year of experience", "{count} years of experience", post.least_years)
        found.append(said.format(count=post.least_years))
    found += [names.get(code, code) for code in (*post.must_skills, *post.must_licences)]
    found += [str(words.SHIFT.get(code, code)) for code in post.shifts]
    if post.starts_on:
        day = formats.date_format(post.starts_on)
        found.append(pgettext("position", "Begins on {day}").format(day=day))
    if post.wished_skills:
        wished = ", ".join(names.get(code, code) for code in post.wished_skills)
        found.append(_("welcome: {skills}").format(skills=wished))
    return found
