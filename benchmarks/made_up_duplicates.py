"""Plants second registrations of the same people among made-up ones, and people who only look alike.

Each kind of second registration is a story that offices know; so is each kind of near-miss. Which pairs are
one person is told by `Planted.same`, which no program that looks for them may read.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from made_up_names import TOWNS
from made_up_people import LETTERS, MadeUp, Spelled, national_card, paper, unused

Story = Callable[[random.Random, MadeUp, set[str]], MadeUp]


@dataclass(frozen=True)
class Planted:
    """People with duplicates among them; pairs of keys, the lower first: one person, or only alike."""

    people: list[MadeUp]
    same: dict[tuple[int, int], str]
    near: dict[tuple[int, int], str]


def with_duplicates(found: list[MadeUp], planted: int, seed: int) -> Planted:
    """`found` with `planted` second registrations and as many near-misses, in an order that tells nothing.

    One in twenty second registrations is followed by a third of the same person.
    """
    rng = random.Random(seed)
    taken = {number for person in found for number in _numbers(person)}
    added: list[MadeUp] = []
    same: dict[tuple[int, int], str] = {}
    near: dict[tuple[int, int], str] = {}
    chosen = rng.sample(found, 2 * planted)
    key = 1 + max(person.key for person in found)
    family: list[MadeUp] = []
    for number in range(planted):
        family = [*family, added[-1]] if number % 20 == 19 else [chosen[number]]
        story = rng.choices(list(SAME), [weight for _story, weight in SAME.values()])[0]
        added.append(_again(rng, SAME[story][0](rng, family[0], taken), key + number))
        same |= {(each.key, added[-1].key): story for each in family}
        family = family[:1]
    for number in range(planted):
        story = rng.choice(list(NEAR))
        first = chosen[planted + number]
        added.append(replace(NEAR[story](rng, first, taken), key=key + planted + number))
        near[(first.key, added[-1].key)] = story
    together = [*found, *added]
    rng.shuffle(together)
    return Planted(together, same, near)


def _numbers(person: MadeUp) -> set[str]:
    return {person.phone, person.cin, *(each.number for each in person.papers)}


def _again(rng: random.Random, person: MadeUp, key: int) -> MadeUp:
    """What changes at any second registration: perhaps the phone, the town, the address; and the spelling."""
    if rng.random() < 0.15:
        person = replace(person, town=rng.choice(TOWNS)[0])
    if rng.random() < 0.5:
        person = replace(person, email="")
    later = min(date(2026, 11, 21), person.registered_on + timedelta(days=rng.randrange(1, 400)))
    return replace(person, key=key, registered_on=later)


def _spelled_anew(rng: random.Random, person: MadeUp, chance: float = 0.6) -> MadeUp:
    surname, given = person.spelled

    def one(name: Spelled, before: str) -> str:
        return rng.choice(name.latin) if rng.random() < chance else before

    told = " ".join(rng.choice(name.latin) for name in given) if rng.random() < chance else person.given_names
    return replace(person, surnames=one(surname, person.surnames), given_names=told)


def _new_phone(rng: random.Random, person: MadeUp, taken: set[str], chance: float) -> MadeUp:
    if rng.random() >= chance:
        return person
    return replace(person, phone=unused(rng, taken, "+212{}{:08d}", (6, 7), 10**8))


def _same_papers(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    return _new_phone(rng, _spelled_anew(rng, person), taken, 0.5)


def _other_paper(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """The first time with the card, the second with the passport, or the other way round."""
    has_card = any(each.kind == "national_card" for each in person.papers)
    other = paper(rng, "passport", person.nationality[:3], taken) if has_card or not person.cin else None
    other = other or national_card(rng, TOWNS[0][2], taken)
    if any(each.kind == other.kind for each in person.papers):
        other = replace(other, kind="residence_card", personal_number="")
    again = _spelled_anew(rng, replace(person, papers=(other,)))
    return _new_phone(rng, again, taken, 0.6)


def _misread_number(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """One character of every number is wrong or two are turned."""
    papers = tuple(
        replace(
            each,
            number=slipped(rng, each.number),
            personal_number=each.personal_number and slipped(rng, each.personal_number),
        )
        for each in person.papers
    )
    return _new_phone(rng, _spelled_anew(rng, replace(person, papers=papers), 0.4), taken, 0.7)


def slipped(rng: random.Random, number: str) -> str:
    """`number` with one slip of a hand: a digit changed, or two neighbours turned."""
    place = rng.randrange(len(number) - 1, 0, -1)
    before, at, after = number[:place], number[place], number[place + 1 :]
    if rng.random() < 0.3 and before[-1].isdigit() and before[-1] != at:
        return f"{before[:-1]}{at}{before[-1]}{after}"
    others = "0123456789" if at.isdigit() else LETTERS
    return before + rng.choice([each for each in others if each != at]) + after


def _misread_birth(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """Day and month turned, a digit wrong, or only the year; the number or the phone is the same."""
    born = person.birth_on
    turned = born.replace(day=born.month, month=born.day) if born.day <= 12 else born
    choices = [turned, born.replace(month=1, day=1), born.replace(day=min(28, born.day) % 28 + 1)]
    choices += [born.replace(year=born.year + step, day=min(28, born.day)) for step in (-10, -1, 1)]
    wrong = rng.choice([each for each in choices if each != born])
    return _spelled_anew(rng, replace(person, birth_on=wrong), 0.5)


def _renewed_passport(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """The passport before or after this one, which ran out as the other began; one in five was lost."""
    state = "MAR" if person.standing in ("national", "refugee", "stateless") else person.nationality
    other = paper(rng, "passport", state, taken)
    known = next((each for each in person.papers if each.kind == "passport"), None)
    if known and rng.random() < 0.8:
        ended = known.issued_on + timedelta(days=rng.randrange(-200, 300))
        other = replace(other, issued_on=ended - timedelta(days=5 * 365), expires_on=ended)
    again = _spelled_anew(rng, replace(person, papers=(other,)), 0.3)
    return _new_phone(rng, again, taken, 0.4)


def _other_script(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """Names in Arabic letters only, and the same number or the same phone."""
    again = replace(person, surnames="", given_names="")
    if rng.random() < 0.5:
        return _new_phone(rng, again, taken, 1)
    return replace(again, papers=_other_paper(rng, person, taken).papers)


def _turned_names(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """Surnames where given names belong, or a second given name or surname left out; no Arabic."""
    again = replace(_spelled_anew(rng, person, 0.3), arabic_surnames="", arabic_given_names="")
    surname, given = person.spelled
    if len(given) > 1 and rng.random() < 0.7:
        again = replace(again, given_names=given[0].latin[0])
    elif len(surname.latin) == 1 and " " in surname.latin[0]:
        again = replace(again, surnames=again.surnames.split(" ")[-1])
    else:
        again = replace(again, surnames=again.given_names, given_names=again.surnames)
    return _new_phone(rng, again, taken, 0.5)


def _slip_in_name(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """A letter changed, left out or doubled in each name; half of them with another document."""
    again = replace(
        person,
        surnames=_mistyped(rng, person.surnames),
        given_names=_mistyped(rng, person.given_names),
        arabic_surnames="",
        arabic_given_names="",
    )
    if rng.random() < 0.5:
        again = replace(again, papers=_other_paper(rng, person, taken).papers)
    return _new_phone(rng, again, taken, 0.5)


def _mistyped(rng: random.Random, name: str) -> str:
    place = rng.randrange(1, len(name)) if len(name) > 1 else 0
    if name[place] == " ":
        return name.replace(" ", "", 1)
    return name[:place] + rng.choice(("", name[place] * 2, rng.choice("AEIOURLNMST"))) + name[place + 1 :]


def _brother(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """The same family, house and perhaps phone; another given name and another birth."""
    other = _named_otherwise(rng, person)
    born = person.birth_on + timedelta(days=rng.choice((-1, 1)) * rng.randrange(330, 2600))
    return _new_phone(rng, _fresh(rng, replace(other, birth_on=born), taken), taken, 0.5)


def _twin(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    return _new_phone(rng, _fresh(rng, _named_otherwise(rng, person), taken), taken, 0.6)


def _named_otherwise(rng: random.Random, person: MadeUp) -> MadeUp:
    """Another given name of the house; of twins often one that sounds alike."""
    pairs = (
        ("حسن", "HASSAN", "حسين", "HOUSSINE"),
        ("سمير", "SAMIR", "سمية", "SOUMIA"),
        ("أمين", "AMINE", "أمينة", "AMINA"),
        ("كريم", "KARIM", "كريمة", "KARIMA"),
        ("رشيد", "RACHID", "رشيدة", "RACHIDA"),
        ("محمد", "MOHAMED", "أحمد", "AHMED"),
        ("عبد الرحيم", "ABDERRAHIM", "عبد الرحمان", "ABDERRAHMANE"),
    )
    pair = rng.choice(pairs)
    mine = person.spelled[1][0].arabic
    half = 2 if mine == pair[0] else 0
    name = Spelled(pair[half], (pair[half + 1],))
    return replace(
        person,
        spelled=(person.spelled[0], (name,)),
        given_names=name.latin[0],
        arabic_given_names=name.arabic,
    )


def _fresh(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """With documents of their own, of the same kinds, and no address."""
    letters = next(each[2] for each in TOWNS if each[0] == person.town)
    papers = tuple(
        national_card(rng, letters, taken)
        if each.kind == "national_card"
        else paper(rng, each.kind, each.issuing_state, taken)
        for each in person.papers
    )
    return replace(person, papers=papers, email="")


def _namesake(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """The very same names and year, another day, town, phone and documents."""
    born = date(person.birth_on.year, rng.randrange(1, 13), rng.randrange(1, 29))
    if born == person.birth_on:
        born += timedelta(days=40)
    other = replace(person, birth_on=born, town=rng.choice(TOWNS)[0])
    return _new_phone(rng, _fresh(rng, other, taken), taken, 1)


def _namesake_of_the_day(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """The very same names and day; only the numbers of documents of the same kinds tell them apart."""
    return _new_phone(rng, _fresh(rng, replace(person, town=rng.choice(TOWNS)[0]), taken), taken, 1)


def _grandchild(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """Named after a relative, with the same phone; a generation between them."""
    born = person.birth_on.replace(
        year=person.birth_on.year - rng.randrange(20, 32), day=1 + rng.randrange(28)
    )
    return _fresh(rng, replace(person, birth_on=born), taken)


def _next_number(rng: random.Random, person: MadeUp, taken: set[str]) -> MadeUp:
    """A relative whose cards were issued at the same counter: every number one character away."""
    other = _brother(rng, person, taken)
    papers = tuple(
        replace(
            each,
            number=slipped(rng, each.number),
            personal_number=each.personal_number and slipped(rng, each.personal_number),
        )
        for each in person.papers
    )
    return replace(other, papers=papers)


#: Second registrations, with how often each is met.
SAME: dict[str, tuple[Story, int]] = {
    "same papers": (_same_papers, 20),
    "other paper": (_other_paper, 22),
    "misread number": (_misread_number, 10),
    "misread birth": (_misread_birth, 10),
    "renewed passport": (_renewed_passport, 10),
    "other script": (_other_script, 10),
    "turned names": (_turned_names, 8),
    "slip in a name": (_slip_in_name, 10),
}
#: People who only look alike, all as often.
NEAR: dict[str, Story] = {
    "brother": _brother,
    "twin": _twin,
    "namesake of the year": _namesake,
    "namesake of the day": _namesake_of_the_day,
    "grandchild": _grandchild,
    "next number": _next_number,
}
