"""Shortlists of three for each seat, as even as can be: the engine, and what evenness costs in scores.

`python -m benchmarks.matching.shortlists L`. No tool known makes such lists; each row says what lists by
score alone would be, and that the judge found no fault.
"""

import argparse
from typing import Any

from benchmarks.matching.made_up import SIZES, of_size, scored
from benchmarks.matching.measuring import Trial, measured
from benchmarks.matching.table import head, row


def engine(size: str) -> Trial:
    """The engine of this project, and its judge."""
    from tragitto_matching import shortlist_check, shortlists

    pairs, small = scored(size), scored("S")
    lengths = shortlists.list_lengths(of_size(size).posts.seats)
    small_lengths = shortlists.list_lengths(of_size("S").posts.seats)

    def read(lists: Any) -> dict[str, Any]:
        found, beside = (
            shortlist_check.faults(pairs, shortlist_check.Rules(per_post=lengths), lists),
            lists.comparison,
        )
        return {
            "faults": len(found),
            "places": int((lists.candidate >= 0).sum()),
            "most looks": f"{beside.most} (by score {beside.best_most})",
            "unseen": f"{beside.unseen} ({beside.best_unseen})",
            "score": f"{beside.score} ({beside.score / max(beside.best_score, 1):.2%} of the best)",
        }

    return Trial(
        lambda: shortlists.shortlist(pairs, lengths),
        read,
        lambda: shortlists.shortlist(small, small_lengths),
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.shortlists", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L"], choices=SIZES, metavar="S M L XL")
    parser.add_argument("--peers", default="", help="not used: nobody else makes such lists")
    asked = parser.parse_args()
    head("Shortlists: three for each seat, looks as even as can be, then the greatest score")
    for size in asked.sizes:
        found = measured("benchmarks.matching.shortlists:engine", size, limit=900)
        words = found.trouble or ", ".join(f"{key} {value}" for key, value in (found.answer or {}).items())
        row(size, "tragitto_matching", found, "", words)


if __name__ == "__main__":
    main()
