"""Why a pair is eligible or not, what its score is made of, and what would change it.

The same demands as the kernels', said again for one pair: every reason, never only the first. Sentences for
people are made of these by `wording`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from tragitto_matching.instance import CRITERIA, Criterion, Instance

ReasonCode = Literal[
    "profile",
    "level",
    "schooling",
    "years",
    "skills",
    "licences",
    "region",
    "shifts",
    "availability",
    "excluded",
    "placed",
]
#: Who or what can bring a change about.
Means = Literal["learning", "paper", "choice", "time", "office"]
#: What each reason calls for.
MEANS: dict[ReasonCode, Means] = {
    "profile": "choice",
    "level": "learning",
    "schooling": "paper",
    "years": "time",
    "skills": "learning",
    "licences": "paper",
    "region": "choice",
    "shifts": "choice",
    "availability": "choice",
    "excluded": "office",
    "placed": "office",
}
LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a candidate is not eligible for a post: what the post wants and what the candidate has.

    Names of the instance, levels ("B1"), days (ISO) or numbers, as texts; none stands for nothing. `of` says
    of which language or profile.
    """

    code: ReasonCode
    wanted: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """Units counted of a criterion, points for each, and what that adds to the score."""

    criterion: Criterion | Literal["eligible"]
    units: int
    points: int
    score: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """A reason that would fall away, and by what."""

    reason: Reason
    means: Means


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What would make a pair eligible: all the changes together, and the score that it would then have."""

    changes: tuple[Change, ...]
    score: int


def why_not(instance: Instance, candidate: int, post: int) -> tuple[Reason, ...]:
    """Every reason why the candidate is not eligible for the post; none for an eligible pair."""
    _check(instance, candidate, post)
    return (
        *_of_the_profile(instance, candidate, post),
        *_of_languages(instance, candidate, post),
        *_of_masks(instance, candidate, post),
        *_of_the_start(instance, candidate, post),
        *_of_the_office(instance, candidate, post),
    )


def contributions(instance: Instance, candidate: int, post: int) -> tuple[Contribution, ...]:
    """What the score of an eligible pair is made of; the scores add up exactly to the pair's.

    Raises `ValueError` for a pair that is not eligible: it has no score.
    """
    if why_not(instance, candidate, post):
        raise ValueError("The pair is not eligible, so it has no score.")
    return _made_of(instance, candidate, post)


def what_would_change(instance: Instance, candidate: int, post: int) -> Outlook:
    """What would make the pair eligible, and its score if each change went just as far as is asked."""
    changes = tuple(
        Change(reason=reason, means=MEANS[reason.code]) for reason in why_not(instance, candidate, post)
    )
    return Outlook(changes=changes, score=sum(part.score for part in _made_of(instance, candidate, post)))


def _check(instance: Instance, candidate: int, post: int) -> None:
    if not 0 <= candidate < len(instance.candidates.codes):
        raise ValueError(f"There is no candidate {candidate}.")
    if not 0 <= post < len(instance.posts.codes):
        raise ValueError(f"There is no post {post}.")


def _of_the_profile(instance: Instance, candidate: int, post: int) -> Iterator[Reason]:
    held, asked = instance.candidates, instance.posts
    profile = int(asked.profile[post])
    wanted = instance.profiles[profile]
    if not int(held.profiles[candidate]) >> profile & 1:
        yield Reason(
            code="profile", wanted=(wanted,), has=_named(held.profiles[candidate], instance.profiles)
        )
    if held.years[candidate, profile] < asked.least_years[post]:
        yield Reason(
            code="years",
            wanted=(str(asked.least_years[post]),),
            has=(str(held.years[candidate, profile]),),
            of=wanted,
        )
    if held.schooling[candidate] < asked.least_schooling[post]:
        has = int(held.schooling[candidate])
        yield Reason(
            code="schooling", wanted=(str(asked.least_schooling[post]),), has=(str(has),) if has else ()
        )


def _of_languages(instance: Instance, candidate: int, post: int) -> Iterator[Reason]:
    for language, name in enumerate(instance.languages):
        least = instance.posts.least_levels[post, language]
        has = instance.candidates.levels[candidate, language]
        if has < least:
            yield Reason(code="level", wanted=(LEVELS[least],), has=(LEVELS[has],) if has else (), of=name)


def _of_masks(instance: Instance, candidate: int, post: int) -> Iterator[Reason]:
    """Whatever the post asks as a set; `wanted` names what is missing alone."""
    held, asked = instance.candidates, instance.posts
    region = np.uint64(1) << np.uint64(asked.region[post])
    sets: tuple[tuple[ReasonCode, int, int, tuple[str, ...]], ...] = (
        ("skills", _joined(held.skills[candidate]), _joined(asked.must_skills[post]), instance.skills),
        ("licences", int(held.licences[candidate]), int(asked.must_licences[post]), instance.licences),
        ("region", int(held.regions[candidate]), int(region), instance.regions),
        ("shifts", int(held.shifts[candidate]), int(asked.shifts[post]), instance.shifts),
    )
    for code, has, wanted, names in sets:
        if missing := wanted & ~has:
            # What else a person can do, or where else they would go, is not the business of this post.
            shown = _named(has, names) if code in {"region", "shifts"} else _named(has & wanted, names)
            yield Reason(code=code, wanted=_named(missing, names), has=shown)


def _of_the_start(instance: Instance, candidate: int, post: int) -> Iterator[Reason]:
    starts, free = int(instance.posts.starts_on[post]), int(instance.candidates.available_from[candidate])
    if starts and free > starts:
        yield Reason(code="availability", wanted=(_day(starts),), has=(_day(free),))


def _of_the_office(instance: Instance, candidate: int, post: int) -> Iterator[Reason]:
    if (instance.excluded == (candidate, post)).all(axis=1).any():
        yield Reason(code="excluded")
    for where in instance.placed[instance.placed[:, 0] == candidate, 1]:
        yield Reason(code="placed", has=(str(instance.posts.codes[where]),))


def _made_of(instance: Instance, candidate: int, post: int) -> tuple[Contribution, ...]:
    held, asked, weights = instance.candidates, instance.posts, instance.weights
    wanted = asked.least_levels[post].astype(int)
    above = np.where(wanted > 0, held.levels[candidate] - wanted, 0)
    units = (
        int(np.maximum(above, 0).sum()),
        max(0, int(held.years[candidate, asked.profile[post]]) - int(asked.least_years[post])),
        max(0, int(held.schooling[candidate]) - int(asked.least_schooling[post])),
        (_joined(held.skills[candidate]) & _joined(asked.wished_skills[post])).bit_count(),
        int(held.first_region[candidate] == asked.region[post]),
    )
    points, most = weights.points[asked.weights[post]], weights.most[asked.weights[post]]
    parts = [Contribution(criterion="eligible", units=1, points=1, score=1)]
    for criterion, counted, worth, limit in zip(CRITERIA, units, points.tolist(), most.tolist(), strict=True):
        taken = min(counted, limit)
        parts.append(Contribution(criterion=criterion, units=taken, points=worth, score=taken * worth))
    return tuple(parts)


def _joined(masks: np.ndarray) -> int:
    """The masks of 64 bits as one number."""
    return sum(int(mask) << 64 * word for word, mask in enumerate(masks))


def _named(mask: int | np.uint64, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(names) if int(mask) >> bit & 1)


def _day(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).isoformat()
