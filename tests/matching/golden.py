"""Results of stored instances, by their hashes: `python -m tests.matching.golden` needs NumPy alone.

On the first instance every kind of result; on the second, where people and posts wish each other crosswise,
the matches that are best for each side, which differ.

Whoever changes an answer on purpose changes ENGINE_VERSION and writes the new hashes: add `--write`.
"""

import json
import sys
from pathlib import Path

from tragitto_matching import ENGINE_VERSION, commands, files
from tragitto_matching.hashing import instance_hash
from tragitto_matching.kernels import numpy_only

HERE = Path(__file__).parent / "golden"
ASKED: dict[str, tuple[str, dict]] = {
    "pairs": ("pairs", {}),
    "shortlists": ("shortlists", {"per_seat": 3}),
    "assign": ("assign", {}),
    "match": ("match", {"proposing": "candidates", "ties": "lottery", "seed": 6}),
    "match of posts": ("match", {"proposing": "posts", "ties": "lottery", "seed": None}),
    "match, largest": ("match", {"proposing": "candidates", "ties": "largest", "seed": None}),
    "timetable": ("timetable", {"slots": 0, "per_seat": 3}),
}
CROSSED: dict[str, tuple[str, dict]] = {
    "crossed: match": ("match", {"proposing": "candidates", "ties": "lottery", "seed": None}),
    "crossed: match of posts": ("match", {"proposing": "posts", "ties": "lottery", "seed": None}),
    "crossed: match, largest": ("match", {"proposing": "candidates", "ties": "largest", "seed": 6}),
}


def hashes() -> dict[str, str]:
    """The version, the instances and each result, by the path that is taken now."""
    instance, crossed = (files.read(HERE / name) for name in ("instance.json", "crossed.json"))
    results = {
        name: commands.answer(given, kind, asked)["result"]
        for given, table in ((instance, ASKED), (crossed, CROSSED))
        for name, (kind, asked) in table.items()
    }
    given = {"instance": instance_hash(instance), "crossed": instance_hash(crossed)}
    return {"engine": ENGINE_VERSION, **given, **results}


def stored() -> dict[str, str]:
    """The hashes that were once written down."""
    return json.loads((HERE / "hashes.json").read_text())


if __name__ == "__main__":
    if "--write" in sys.argv:
        (HERE / "hashes.json").write_text(json.dumps(hashes(), indent=1) + "\n")
    with numpy_only():
        plain = hashes()
    print(json.dumps({"as stored": hashes() == stored(), "NumPy as stored": plain == stored()}))
    sys.exit(hashes() != stored() or plain != stored())
