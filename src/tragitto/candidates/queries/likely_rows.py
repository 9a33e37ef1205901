"""Whom the rows of a batch look like: one another, and people of the organisation that sent them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tragitto.candidates.models import Registration
from tragitto.candidates.queries.likeness import near
from tragitto.candidates.rules import likeness
from tragitto.candidates.rules.likely_names import names_of
from tragitto.candidates.rules.naming import canonical
from tragitto.candidates.rules.rows import Problem, Row
from tragitto.schemes.models import Scheme

#: In the sentences of a row at most so many others are named.
_MOST_NAMED = 3
_NAMES = ("surnames", "given_names", "arabic_surnames", "arabic_given_names")


class LikelyRows:
    """The rows of a batch laid out to be compared; a row's key is its number below zero."""

    def __init__(self, scheme: Scheme, organisation: str, rows: Iterable[tuple[int, Row]]) -> None:
        self._scheme, self._organisation = scheme, organisation
        self._facts = {number: _of_row(number, row) for number, row in rows}
        self._batch = likeness.Roster(self._facts.values())

    def of(self, numbers: Sequence[int]) -> dict[int, list[Problem]]:
        """What these rows look like, by their number; those that look like nobody are left out.

        Of people whom others registered nothing is said, not even that they are there: the keepers get the
        pair when the batch is entered. Five queries.
        """
        wanted = [self._facts[number] for number in numbers]
        roster = near(wanted, scheme=self._scheme.pk)
        alike = {
            -facts.key: [like.second for like in (*roster.like(facts), *self._batch.like(facts))]
            for facts in wanted
        }
        own = self._references(key for keys in alike.values() for key in keys if key > 0)
        told = {number: _told(keys, own) for number, keys in alike.items()}
        return {number: problems for number, problems in told.items() if problems}

    def _references(self, people: Iterable[int]) -> dict[int, str]:
        own = Registration.objects.filter(
            candidate__in=set(people), organisation__code=self._organisation, ended_at=None
        )
        return dict(own.values_list("candidate", "reference"))


def _told(keys: Sequence[int], own: Mapping[int, str]) -> list[Problem]:
    """What is told of those that a row looks like, each thing once."""
    told: list[Problem] = []
    for key in keys:
        if key < 0:
            problem = Problem("reference", "like_row", {"row": -key})
        elif key in own:
            problem = Problem("reference", "like_own", {"reference": own[key]})
        else:
            continue
        if problem not in told:
            told.append(problem)
    return told[:_MOST_NAMED]


def _of_row(number: int, row: Row) -> likeness.Facts:
    said = row.units
    papers = [(unit.partition(":")[2], paper) for unit, paper in said.items() if unit.startswith("document:")]
    return likeness.Facts(
        key=-number,
        names=(names_of(*(said.get(name, "") for name in _NAMES)),),
        birth_on=_day(said.get("birth_on")),
        person_number=next((paper["personal_number"] for _kind, paper in papers), ""),
        papers=tuple(
            likeness.Paper(kind, paper["issuing_state"], paper["number"], None, _day(paper["expires_on"]))
            for kind, paper in papers
        ),
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        town=canonical(said.get("town", "")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
