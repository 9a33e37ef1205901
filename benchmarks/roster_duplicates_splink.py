"""Splink's turn in roster_duplicates.py: reads people, writes the pairs it finds with their probability.

    PYTHONPATH=where-splink-is python benchmarks/roster_duplicates_splink.py people.csv pairs.csv

Splink is no part of this project: it is installed apart (benchmarks/README.md). It is given what our rules
are given, the blocks that our rules look in, and the comparisons its own documentation recommends for such
columns. It is trained without knowing which pairs are one person, as it would be on a real roster; with
`--told` it is trained by the truth, which no roster has.
"""

from __future__ import annotations

import csv
import sys
import time

import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

#: Below this a pair is not worth writing down.
LEAST = 0.001
MARKS = ("cin", "passport", "residence", "phone", "email", "birth_on")


def settings() -> SettingsCreator:
    """Comparisons and blocks."""
    turned = (
        "substr(l.birth_on, 1, 4) = substr(r.birth_on, 1, 4) AND substr(l.birth_on, 6, 2) = "
        "substr(r.birth_on, 9, 2) AND substr(l.birth_on, 9, 2) = substr(r.birth_on, 6, 2)"
    )
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        blocking_rules_to_generate_predictions=[*(block_on(mark) for mark in MARKS), turned],
        comparisons=[
            cl.NameComparison("surnames").configure(term_frequency_adjustments=True),
            cl.NameComparison("given_names").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("arabic_surnames", [0.92, 0.8]),
            cl.JaroWinklerAtThresholds("arabic_given_names", [0.92, 0.8]),
            cl.DateOfBirthComparison("birth_on", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("cin", [1]),
            cl.DamerauLevenshteinAtThresholds("passport", [1]),
            cl.DamerauLevenshteinAtThresholds("residence", [1]),
            cl.ExactMatch("phone"),
            cl.ExactMatch("email"),
            cl.ExactMatch("town"),
        ],
    )


def pairs(source: str, *, is_told: bool) -> list[dict[str, object]]:
    """Every pair that Splink thinks worth looking at."""
    database = DuckDBAPI()
    rows = database.duckdb_con.read_csv(source, all_varchar=True, header=True)
    linker = Linker(database.register(rows, dataset_display_name="people"), settings())
    certain = [block_on("cin"), block_on("passport"), block_on("surnames", "given_names", "birth_on")]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=5)
    if is_told:
        linker.training.estimate_m_from_label_column("person")
    else:
        for rule in (block_on("birth_on"), block_on("phone"), block_on("surnames", "given_names")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e7)
    found = linker.inference.predict(threshold_match_probability=LEAST)
    return found.as_record_list()


def main() -> None:
    """From file to file; how long it took on the last line."""
    begun = time.perf_counter()
    found = pairs(sys.argv[1], is_told="--told" in sys.argv)
    took = time.perf_counter() - begun
    with open(sys.argv[2], "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows((row["key_l"], row["key_r"], row["match_probability"]) for row in found)
    print(f"{splink.__version__} {took:.1f}")


if __name__ == "__main__":
    main()
