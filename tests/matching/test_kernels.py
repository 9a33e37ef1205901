"""How the kernels are made and found: once, as a whole, and never while somebody waits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import SRC
from tragitto_matching.kernels import building, compiled, numpy_only, uses_compiled


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Kernels of one small file, in a folder of their own."""
    (tmp_path / "one.c").write_text('__attribute__((visibility("default"))) int one(void) { return 1; }\n')
    monkeypatch.setattr(building, "HERE", tmp_path)
    return tmp_path


def test_kernels_are_made_once(elsewhere):
    made = building.build()
    first = made.stat()

    assert made.parent == elsewhere / "compiled"
    assert building.build().stat() == first
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_another_source_is_another_file(elsewhere):
    before = building.place()
    (elsewhere / "one.c").write_text("int two(void) { return 2; }\n")

    assert building.place() != before


def test_a_new_build_clears_what_was_made_of_earlier_sources(elsewhere):
    before = building.build()
    (elsewhere / "one.c").write_text("int two(void) { return 2; }\n")
    made = building.build()

    assert made != before
    assert list(made.parent.iterdir()) == [made]


def test_without_a_compiler_nothing_is_made_and_nothing_said(elsewhere, monkeypatch, capfd):
    monkeypatch.setattr(building.shutil, "which", lambda name: None)
    monkeypatch.setattr(building, "find_spec", lambda name: None)

    assert building.build() is None
    assert not (elsewhere / "compiled").exists()
    assert capfd.readouterr() == ("", "")


def test_the_compiler_of_a_package_is_taken_where_the_machine_has_none(monkeypatch):
    monkeypatch.setattr(building.shutil, "which", lambda name: None)
    monkeypatch.setattr(building, "find_spec", lambda name: name == "ziglang")

    assert building._compiler() == [sys.executable, "-m", "ziglang", "cc"]


def test_a_source_that_does_not_compile_says_so_and_leaves_nothing(elsewhere):
    (elsewhere / "one.c").write_text("this is not C\n")

    with pytest.raises(RuntimeError, match=r"one\.c"):
        building.build()

    assert list((elsewhere / "compiled").iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_left_alone(elsewhere, tmp_path, monkeypatch):
    monkeypatch.setattr(building.os, "access", lambda path, mode: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert building.place().parent == tmp_path / "cache" / "tragitto-matching"


def test_the_numpy_path_can_be_asked_for(monkeypatch):
    assert uses_compiled()
    with numpy_only():
        assert compiled() is None
    assert compiled() is not None
    monkeypatch.setenv("TRAGITTO_MATCHING_KERNELS", "numpy")
    assert compiled() is None


def test_a_process_that_finds_no_kernels_compiles_none(tmp_path):
    """The files alone, without `compiled/`: whoever waits for an answer waits for no compiler."""
    package = tmp_path / "tragitto_matching"
    for path in (SRC / "tragitto_matching").rglob("*"):
        if path.suffix in {".py", ".c", ".h", ".json"}:
            copy = package / path.relative_to(SRC / "tragitto_matching")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    told = "from tragitto_matching.kernels import uses_compiled; print(uses_compiled())"

    answer = subprocess.run(
        [sys.executable, "-c", told],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "False\n"
    assert not (package / "kernels" / "compiled").exists()


def test_a_service_without_a_home_takes_what_is_there_or_the_numpy_path(monkeypatch):
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(building.Path, "home", homeless)
    monkeypatch.setattr(building.os, "access", lambda *_: False)

    assert building.place().parent == building.HERE / "compiled"
