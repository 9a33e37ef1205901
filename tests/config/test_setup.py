"""The first steps before anything of the project can be imported."""

import pytest

from tragitto.config import setup
from tragitto_matching.kernels import building


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A tree that holds the engine alone."""
    kernels = tmp_path / "src" / "tragitto_matching" / "kernels"
    kernels.mkdir(parents=True)
    (tmp_path / "src" / "tragitto_matching" / "__init__.py").touch()
    (kernels / "__init__.py").touch()
    (kernels / "building.py").write_bytes((building.HERE / "building.py").read_bytes())
    (kernels / "one.c").write_text("int one(void) { return 1; }\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    return kernels


def made(kernels) -> int:
    return len(list(kernels.glob("compiled/kernels-*")))


def test_the_kernels_are_made_beside_what_waits(root, capfd):
    setup.end_kernels(setup.begin_kernels())

    assert made(root) == 1
    assert capfd.readouterr() == ("", "")


def test_without_a_compiler_nothing_is_said(root, monkeypatch, capfd):
    monkeypatch.setenv("PATH", "")

    setup.end_kernels(setup.begin_kernels())

    assert made(root) == 0
    assert capfd.readouterr() == ("", "")


def test_kernels_that_cannot_be_made_stop_nobody(root, capfd):
    (root / "one.c").write_text("this is not C\n")

    setup.end_kernels(setup.begin_kernels())

    assert made(root) == 0
    assert capfd.readouterr() == (
        "",
        "The engine's kernels could not be compiled: matching works without them, more slowly.\n",
    )


def test_a_command_that_matches_nothing_makes_no_kernels():
    setup.end_kernels(None)

    assert sorted(setup.NEEDS_KERNELS) == ["demo", "serve", "test"]


@pytest.mark.parametrize(
    ("words", "under_ci", "told"),
    [
        ([], False, ["-m", setup.QUICK_TESTS]),
        (["-x"], False, ["-m", setup.QUICK_TESTS, "-x"]),
        (["--all", "-x"], False, ["-x"]),
        (["tests/browser"], False, ["tests/browser"]),
        (["-k", "passport"], False, ["-k", "passport"]),
        ([], True, []),
    ],
)
def test_without_a_choice_the_quick_tests_run_and_under_ci_all(words, under_ci, told):
    assert setup.test_words(words, under_ci=under_ci)[4:] == told
