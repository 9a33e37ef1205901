"""Measures how well people registered twice are found on a roster, and how fast; Splink on the same people.

    python benchmarks/roster_duplicates.py [--people 100000] [--planted 2000] [--seed 11] [--more 46000]
                                           [--splink FOLDER]

Made-up people with second registrations and near-misses among them (made_up_duplicates.py), on a roster in an
embedded database of its own that is gone afterwards. The whole roster is compared as it is every night; then
`--more` people join, and somebody is looked for while being typed, five hundred times. `--splink` names the
folder Splink was installed into. The limits: recall at least 99 %, precision at least 95 %, and 95 of 100
looks within 100 ms with 150,000 people.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from made_up_duplicates import Planted, with_duplicates
from made_up_people import MadeUp, people
from review_pages import open_house

if TYPE_CHECKING:
    from tragitto.candidates.rules.likeness import Facts
    from tragitto.schemes.models import Scheme

type Pair = tuple[int, int]

LOOKS = 500
#: What the codes of made-up people begin with; others are the demonstration's.
MADE_UP = "C-B"
#: A person in a hundred of those written has withdrawn, and is compared with nobody.
WITHDRAWN = 80
COLUMNS = (
    "key person surnames given_names arabic_surnames arabic_given_names birth_on cin passport residence "
    "phone email town"
)


def quality(found: set[Pair], true: set[Pair]) -> tuple[float, float]:
    """Recall and precision."""
    hits = len(found & true)
    return hits / len(true), hits / len(found) if found else 1.0


def compared_pairs(pairs: Mapping[Pair, str]) -> dict[Pair, str]:
    """Those of `pairs` of whom neither has withdrawn."""
    return {pair: story for pair, story in pairs.items() if all(key % 100 != WITHDRAWN for key in pair)}


def ours(planted: Planted) -> None:
    """The whole roster compared, with what was found, what was missed, and who only looks alike."""
    from tragitto.candidates.actions.comparing import compare_every_roster
    from tragitto.candidates.models import LikePair
    from tragitto.kernel import clock
    from tragitto.kernel.actors import Actor

    begun, used = time.perf_counter(), time.process_time()
    compare_every_roster(actor=Actor.system("benchmark"), at=clock.now())
    took, own = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pairs = LikePair.objects.filter(first__code__startswith=MADE_UP, second__code__startswith=MADE_UP)
    codes = pairs.values_list("first__code", "second__code")
    found = {tuple(sorted(int(code.removeprefix(MADE_UP)) for code in pair)) for pair in codes.iterator()}
    same = compared_pairs({tuple(sorted(pair)): story for pair, story in planted.same.items()})
    recall, precision = quality(found, set(same))
    print(f"ours      recall {recall:.4f}  precision {precision:.4f}  pairs {len(found):,}")
    print(
        f"          {took:.0f} s, of it this process {own:.0f} s; peak {peak:.0f} MiB with all made-up people"
    )
    print(f"          missed: {dict(Counter(story for pair, story in same.items() if pair not in found))}")
    wrong = Counter(planted.near.get(pair, "by chance") for pair in found - set(same))
    print(f"          wrongly shown: {dict(wrong)}")


def look_while_typing(typed: Iterable[MadeUp], scheme: Scheme) -> None:
    """Somebody looked for while being typed, as the desk does it."""
    from tragitto.candidates.models import Candidate
    from tragitto.candidates.queries.likeness import like

    times, found = [], 0
    for person in typed:
        draft = facts_of(person)
        begun = time.perf_counter()
        found += bool(like(draft, scheme=scheme.pk))
        times.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(
        f"a look while typing, {Candidate.objects.count():,} people: p50 {cuts[49]:.1f} ms, p95 "
        f"{cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms; {found} of {len(times)} found somebody; load "
        f"{os.getloadavg()[0]:.1f}"
    )


def facts_of(person: MadeUp) -> Facts:
    """What a clerk has typed of a person: names, birth, telephone."""
    from tragitto.candidates.rules.likely_names import names_of
    from tragitto.candidates.rules.likeness import Facts

    names = names_of(person.surnames, person.given_names, person.arabic_surnames, person.arabic_given_names)
    return Facts(key=0, names=(names,), birth_on=person.birth_on, phone=person.phone)


def typed(planted: Planted, seed: int) -> list[MadeUp]:
    """People who are here already, in another spelling and with another telephone."""
    rng = random.Random(seed)
    again = []
    for person in rng.sample(planted.people, LOOKS):
        surname, given = person.spelled
        names = {"surnames": rng.choice(surname.latin), "given_names": given[0].latin[-1]}
        again.append(replace(person, **names, phone="+212600000000"))
    return again


def theirs(planted: Planted, folder: Path, installed: str) -> None:
    """Splink on the same people: as it trains itself, and told the truth to train by."""
    source, target = folder / "people.csv", folder / "pairs.csv"
    write_csv(planted, source)
    same = {tuple(sorted(pair)) for pair in planted.same}
    program = Path(__file__).with_name("roster_duplicates_splink.py")
    for name, option in (("by itself", []), ("told the truth", ["--told"])):
        done = subprocess.run(
            [sys.executable, str(program), str(source), str(target), *option],
            env=os.environ | {"PYTHONPATH": installed},
            check=True,
            capture_output=True,
            text=True,
        )
        version, took = done.stdout.splitlines()[-1].split()
        with target.open(newline="") as file:
            found = {tuple(sorted((int(one), int(two)))): float(p) for one, two, p in csv.reader(file)}
        print(f"Splink {version} {name}, {took} s")
        for least in (0.5, 0.9, 0.99, 0.999):
            recall, precision = quality({pair for pair, p in found.items() if p >= least}, same)
            print(f"          p >= {least:<6} recall {recall:.4f}  precision {precision:.4f}")
        print(f"          best recall where precision is 95 %: {best_recall(found, same):.4f}")


def best_recall(found: Mapping[Pair, float], same: set[Pair]) -> float:
    """The most that is found by any threshold of precision 95 % or more, chosen with the truth known."""
    hits, best = 0, 0.0
    for number, pair in enumerate(sorted(found, key=lambda each: -found[each]), start=1):
        hits += pair in same
        if hits >= 0.95 * number:
            best = max(best, hits / len(same))
    return best


def write_csv(planted: Planted, target: Path) -> None:
    """The people as a table, with who they truly are in a column of its own."""
    who: dict[int, int] = {}
    for first, second in planted.same:
        who[second] = who.get(first, first)
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.split())
        for person in planted.people:
            numbers = {paper.kind: paper.number for paper in person.papers}
            travel = next((numbers[kind] for kind in numbers if not kind.endswith("_card")), "")
            writer.writerow(
                [
                    person.key, who.get(person.key, person.key), person.surnames, person.given_names,
                    person.arabic_surnames, person.arabic_given_names, person.birth_on, person.cin, travel,
                    numbers.get("residence_card", ""), person.phone, person.email, person.town,
                ]
            )  # fmt: skip


def measure(asked: argparse.Namespace) -> None:
    """Everything, with the figures printed."""
    from roster_rows import write

    from tragitto.schemes.queries import schemes_with_roster

    scheme = schemes_with_roster()[0]
    crowd = people(asked.seed, asked.people + asked.more)
    planted = with_duplicates(list(islice(crowd, asked.people)), asked.planted, asked.seed)
    print(
        f"{len(planted.people):,} registrations, {len(planted.same):,} true pairs, {len(planted.near):,} "
        f"near-misses, seed {asked.seed}"
    )
    write(scheme, planted.people)
    ours(planted)
    # Their keys go on behind those of the planted ones.
    behind = 2 * asked.planted
    write(scheme, (replace(person, key=person.key + behind) for person in crowd))
    look_while_typing(typed(planted, asked.seed), scheme)
    if asked.splink:
        with TemporaryDirectory() as folder:
            theirs(planted, Path(folder), asked.splink)
    else:
        print("Splink left out: no folder was named")


def main() -> None:
    """Open a house, measure, close it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--planted", type=int, default=2_000)
    parser.add_argument("--more", type=int, default=46_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--splink", default="")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        house = open_house(Path(folder))
        try:
            measure(asked)
        finally:
            house.close()


if __name__ == "__main__":
    main()
