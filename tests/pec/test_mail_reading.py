"""The command that prints one line a file."""

from __future__ import annotations

import json
import subprocess
import sys

from click.testing import CliRunner

from tests.house.test_documented import DOCS, unnamed
from tests.pec.stage import ENVELOPE, LETTER, NOON
from tragitto.cli.mail_reading import read_files


def lines(*arguments: str, status: int = 0) -> list[str]:
    """What the command prints."""
    result = CliRunner().invoke(read_files, arguments)
    assert result.exit_code == status
    return result.output.splitlines()


def test_each_file_gets_one_line_in_its_order(tmp_path):
    (tmp_path / "pec.eml").write_bytes(ENVELOPE)
    (tmp_path / "mail.eml").write_bytes(LETTER.as_message(NOON))

    names = [str(tmp_path / name) for name in ("mail.eml", "pec.eml", "none.eml")]
    found = lines(*names, status=1)

    assert [line.split(": ", 1)[1].split(" · ")[0] for line in found] == [
        "uncertified ordinaria",
        "untrusted posta-certificata",
        "unreadable illeggibile",
    ]


def test_json_lines_carry_the_file_and_the_reading(tmp_path):
    file = tmp_path / "mail.eml"
    file.write_bytes(LETTER.as_message(NOON))

    (line,) = map(json.loads, lines("--json", str(file)))

    assert (line["file"], line["kind"], line["verdict"]) == (str(file), "ordinaria", "uncertified")
    assert line["attachments"][0]["size"] == len(LETTER.enclosures[0].content)


def test_a_file_that_cannot_be_opened_answers_too_and_fails(tmp_path):
    answers = lines("--json", str(tmp_path), str(tmp_path / "none"), status=1)
    found = [json.loads(line) for line in answers]

    assert [(line["kind"], line["verdict"]) for line in found] == [("illeggibile", "unreadable")] * 2
    assert {line["reasons"][0]["code"] for line in found} == {"file-not-opened"}


def test_a_file_that_is_no_message_is_an_answer_and_no_failure(tmp_path):
    (tmp_path / "empty").write_bytes(b"")

    (line,) = lines(str(tmp_path / "empty"))

    assert "unreadable illeggibile" in line


def test_every_key_of_the_line_is_documented(tmp_path):
    (tmp_path / "pec.eml").write_bytes(ENVELOPE)

    (line,) = map(json.loads, lines("--json", str(tmp_path / "pec.eml")))

    assert unnamed(list(line), (DOCS / "pec.md").read_text()) == []


def test_a_subject_cannot_steer_the_terminal(tmp_path):
    file = tmp_path / "mail.eml"
    file.write_bytes("From: a@b.example\nSubject: \x1b[2J\u202eevil\n\nx".encode())

    (human,), (as_json,) = lines(str(file)), lines("--json", str(file))

    assert "\x1b" not in human + as_json
    assert "\u202e" not in human + as_json


def test_the_command_needs_no_django():
    script = "import sys, tragitto.cli.mail_reading; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
