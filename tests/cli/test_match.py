"""The selection on the command line: listed, run, repeated, and files of runs checked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.candidates.calls import published  # noqa: F401
from tests.candidates.making import NOON
from tests.employers.conftest import pack  # noqa: F401
from tests.selection.making import TINA, make_round
from tragitto.cli import match
from tragitto.selection.actions import auditing, running
from tragitto.selection.models import Run
from tragitto.selection.rules import solving
from tragitto.selection.rules.solved import Solved
from tragitto.selection.vocabulary import RunKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(published, db):  # noqa: F811
    return make_round(posts=2, candidates=6)


@pytest.fixture
def run(made) -> Run:
    return running.propose(round=made.round, actor=TINA, at=NOON)


def said(command, *given: str) -> Result:
    return CliRunner().invoke(command, list(given))


def test_rounds_are_listed_with_their_runs(made, run):
    lines = said(match.list_runs).output.splitlines()

    assert [made.round.code in lines[0], run.code in lines[1]] == [True, True]


def test_without_a_round_the_list_says_so(published, db):  # noqa: F811
    assert said(match.list_runs).output == "There is no round of selection.\n"


def test_a_round_is_run(made):
    answer = said(match.run_round, made.round.code)

    assert (answer.exit_code, Run.objects.get().code in answer.output) == (0, True)


def test_what_cannot_be_run_says_why(published, db):  # noqa: F811
    draft = make_round(posts=1, candidates=1, is_published=False)

    assert "There is no round RD-X." in said(match.run_round, "RD-X").output
    assert said(match.run_round, draft.round.code).exit_code == 1


def test_a_run_is_repeated(run, monkeypatch):
    assert said(match.repeat, run.code).exit_code == 0
    assert "There is no run RN-X." in said(match.repeat, "RN-X").output

    monkeypatch.setitem(solving.SOLVERS, RunKind.SHORTLISTS, lambda *_given: Solved({"posts": []}, {}))

    assert said(match.repeat, run.code).exit_code == 1


def test_the_file_of_a_run_is_checked(run, tmp_path: Path):
    file, broken = tmp_path / "run.zip", tmp_path / "broken.zip"
    file.write_bytes(auditing.hand_out(run=run, actor=TINA, at=NOON))
    broken.write_bytes(b"nothing")

    assert said(match.verify, str(file)).exit_code == 0
    assert said(match.verify, str(broken)).exit_code == 1
