"""Results of one stored instance, by their hashes: `python -m tests.matching.golden` needs NumPy alone.

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


def hashes() -> dict[str, str]:
    """The version, the instance and each result, by the path that is taken now."""
    instance = files.read(HERE / "instance.json")
    results = {
        name: commands.answer(instance, kind, asked)["result"] for name, (kind, asked) in ASKED.items()
    }
    return {"engine": ENGINE_VERSION, "instance": instance_hash(instance), **results}


def stored() -> dict[str, str]:
    """The hashes that were once written down."""
    return json.loads((HERE / "hashes.json").read_text())


if __name__ == "__main__":
    if "--write" in sys.argv:
        (HERE / "hashes.json").write_text(json.dumps(hashes(), indent=1) + "\n")
    with numpy_only():
        plain = hashes()
    print(json.dumps({"as stored": hashes() == stored(), "NumPy as stored": plain == stored()}))
