"""Everything the fuzzing ever found, read once more: see fuzzing/README.md."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fuzzing.findings import MOST_SECONDS
from fuzzing.targets import TARGETS, BrokenPromiseError, Target

FOUND = Path(__file__).parent / "found"
FILES = sorted(path for path in FOUND.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_stopped_a_reader_stops_none_now(path):
    raw, target = path.read_bytes(), TARGETS[path.parent.name]

    begin = time.process_time()
    target.run(raw)

    assert time.process_time() - begin < MOST_SECONDS


def test_every_folder_is_that_of_a_reader():
    assert {path.parent.name for path in FILES} <= set(TARGETS)


def test_an_answer_that_cannot_travel_is_a_finding(tmp_path):
    from fuzzing.findings import Findings

    def broken(raw: bytes) -> None:
        raise BrokenPromiseError("not a promise kept")

    found = Findings(Target("broken", "mail", broken), tmp_path)
    for raw in (b"one", b"two"):
        found.run(raw)

    assert [path.read_bytes() for path in tmp_path.glob("*[!.txt]")] == [b"one"]
