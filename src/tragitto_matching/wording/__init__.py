"""Sentences for people: reasons, contributions, changes and moves, in Italian, French, Arabic and English.

The engine is used alone too, so its sentences are data of its own: one JSON file for each language.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tragitto_matching.explaining import Change, Contribution, Reason
from tragitto_matching.rematching import Move

Audience = Literal["candidate", "employer", "office"]
Language = Literal["it", "fr", "ar", "en"]
AUDIENCES: tuple[Audience, ...] = ("candidate", "employer", "office")
LANGUAGES: tuple[Language, ...] = ("it", "fr", "ar", "en")
#: First strong isolate and its end: a Latin name inside an Arabic sentence stays in one piece.
_ISOLATED = "\u2068{}\u2069"


def say(
    what: Reason | Contribution | Change,
    audience: Audience,
    language: Language,
    names: Mapping[str, str] | None = None,
) -> str:
    """One sentence. `names` gives names of the instance (profiles, regions, posts …) their words for people.

    A change speaks to the candidate, for only they can act on it; to others it is said as its reason.
    """
    words = sentences(language)
    if isinstance(what, Contribution):
        sentence: str = words["contribution"][what.criterion][audience]
        return sentence.format(units=what.units, points=what.points, score=what.score)
    if isinstance(what, Change):
        if audience != "candidate":
            return say(what.reason, audience, language, names)
        reason, sentence = what.reason, words["change"][what.reason.code]
    else:
        reason, sentence = what, words["reason"][what.code][audience]
    known = names or {}
    shown = _as_days if reason.code == "availability" else tuple
    return sentence.format(
        wanted=_listed(shown(reason.wanted), language, known),
        has=_listed(shown(reason.has), language, known),
        of=_listed((reason.of,), language, known),
    )


def say_move(
    move: Move, audience: Audience, language: Language, *, posts: Sequence[str], people: Sequence[str]
) -> str:
    """Why somebody's post is another than before. `posts` and `people` are the words for each, by number.

    Only the office is told who made room or came instead, and an employer is told of no other post.
    """
    why = "seat_new" if move.why == "seat_free" and move.because_of < 0 else move.why
    sentence: str = sentences(language)["move"][why][audience]
    had, has = ((posts[post],) if post >= 0 else () for post in (move.had, move.has))
    who = (people[move.because_of],) if move.because_of >= 0 else ()
    return sentence.format(
        had=_listed(had, language, {}), has=_listed(has, language, {}), who=_listed(who, language, {})
    )


@cache
def sentences(language: Language) -> dict[str, Any]:
    """The sentences of a language."""
    if language not in LANGUAGES:
        raise ValueError(f"There are sentences in {', '.join(LANGUAGES)}, not in {language}.")
    found: dict[str, Any] = json.loads((Path(__file__).parent / f"{language}.json").read_text("utf-8"))
    return found


def _as_days(days: Iterable[str]) -> tuple[str, ...]:
    return tuple(date.fromisoformat(day).strftime("%d/%m/%Y") for day in days)


def _listed(texts: tuple[str, ...], language: Language, names: Mapping[str, str]) -> str:
    words = sentences(language)
    if not texts:
        return str(words["none"])
    shown = [names.get(text, text) for text in texts]
    if language == "ar":
        shown = [_ISOLATED.format(text) for text in shown]
    return str(words["separator"]).join(shown)
