"""One register for each office: each counts for itself, and is written out in files of its own."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from tests.records.conftest import ANOTHER, HOUSE, OFFICE
from tests.records.test_register import plain, registered
from tragitto.cli import register as commands
from tragitto.ledger.models import Entry
from tragitto.records import queries
from tragitto.records.rules.register import GENERAL

pytestmark = pytest.mark.django_db


def test_each_register_counts_for_itself_and_all_are_verified(take):
    taken = [take(plain(str(i)), mailbox=mailbox) for i, mailbox in enumerate((OFFICE, ANOTHER, "", OFFICE))]

    assert [(m.entry.register, m.entry.number) for m in taken] == [
        ("office", 1), ("another-office", 1), (GENERAL, 1), ("office", 2),
    ]  # fmt: skip
    assert queries.registers(actor=HOUSE) == ["another-office", GENERAL, "office"]
    assert list(queries.verify_register()) == []


def test_the_command_line_writes_one_pair_of_files_for_each_register(take, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    take(plain("one"))
    take(plain("two"), mailbox=ANOTHER)

    result = CliRunner().invoke(commands.export, ["--on", "2025-07-01"])

    assert result.exit_code == 0, result.output
    assert sorted(file.name for file in tmp_path.glob("register-*")) == [
        f"register-{code}-2025-07-01.{kind}"
        for code in ("another-office", "office")
        for kind in ("csv", "jsonl")
    ]
    assert "one" not in (tmp_path / "register-another-office-2025-07-01.csv").read_text()


def test_the_command_line_writes_the_register_that_is_named(take, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    take(plain("one"))
    take(plain("two"), mailbox=ANOTHER)

    CliRunner().invoke(commands.export, ["--on", "2025-07-01", "--register", "office"])

    assert [file.name for file in tmp_path.glob("*.csv")] == ["register-office-2025-07-01.csv"]


@pytest.mark.parametrize("more", [["--register", "nowhere"], ["-o", "day.csv"]])
def test_the_command_line_says_which_registers_there_are(take, tmp_path, monkeypatch, more):
    monkeypatch.chdir(tmp_path)
    take(plain("one"))
    take(plain("two"), mailbox=ANOTHER)

    result = CliRunner().invoke(commands.export, ["--on", "2025-07-01", *more])

    assert (result.exit_code, "another-office, office" in result.output) == (2, True)
    assert list(tmp_path.glob("*.csv")) == []


def test_before_anything_is_registered_nothing_is_written(db):
    assert CliRunner().invoke(commands.export, ["--on", "2025-07-01"]).output == (
        "Nothing has been registered yet.\n"
    )


def test_an_export_is_two_files_whose_hashes_the_ledger_knows(take, tmp_path):
    registered(take, "one", "=cmd()")
    target = tmp_path / "day.csv"

    result = CliRunner().invoke(commands.export, ["--on", "2025-07-01", "-o", str(target)])

    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    lines = [json.loads(line) for line in target.with_suffix(".jsonl").read_text().splitlines()]
    assert [row["subject"] for row in rows] == ["one", "'=cmd()"]
    assert [line["subject"] for line in lines] == ["one", "=cmd()"]
    assert Entry.objects.get(verb="register.exported").facts["entries"] == 2
