"""The command that says who signed a file."""

import json

import pytest
from click.testing import CliRunner

from tests.house.test_documented import DOCS, unnamed
from tests.pec.signatures.changing import refilled
from tests.pec.signatures.stage import BRUNO, LETTER, MORNING, NOON, XML, signed_form
from tragitto.cli.sign import read_files
from tragitto.cli.signers import signed_lines
from tragitto.records import trusted_list
from tragitto_pec.signatures import FileSigner, FileVerdict, Integrity, SignatureReading


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    """A deployment that has loaded nothing yet."""
    settings.VAR = tmp_path / "var"


@pytest.fixture
def listed(tmp_path):
    """The list of these tests, in a file."""
    (tmp_path / "list.xml").write_bytes(XML)
    return str(tmp_path / "list.xml")


def lines(*arguments, status=0):
    """What the command prints."""
    result = CliRunner().invoke(read_files, [str(argument) for argument in arguments])
    assert result.exit_code == status
    return result.output.splitlines()


def test_a_signed_file_and_its_signer(tmp_path, listed):
    file = tmp_path / "letter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER, at=MORNING))

    found = lines(file, "--trusted-list", listed, "--at", NOON.isoformat())

    assert found == [
        f"{file}: intact cades · 1 layer · {len(LETTER)} bytes signed",
        "  Bruno Bianchi BNCBRN70A01F205X · intact · trusted · qualified · revocation not-checked "
        "· says 2025-03-01T09:00:00+00:00",
    ]


def test_the_list_that_was_loaded_is_the_one_that_counts(tmp_path):
    trusted_list.store(XML)
    file = tmp_path / "letter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER, at=MORNING))

    assert " · qualified · " in lines(file)[1]


def test_without_a_list_it_is_said(tmp_path):
    file = tmp_path / "letter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER, at=MORNING))

    found = lines(file, "--at", NOON.isoformat())

    assert " · not-checked · unknown · " in found[1]
    assert found[2].strip().startswith("No trusted list is at hand")


def test_what_was_changed_is_said(tmp_path, listed):
    file = tmp_path / "form.pdf"
    file.write_bytes(refilled(signed_form(), places="30"))

    found = lines(file, "--trusted-list", listed)

    assert found[0].endswith(f"changed-after pades · {len(signed_form())} bytes signed · afterwards: fields")
    assert "places" in found[1]


def test_json_lines_carry_the_file_and_the_reading(tmp_path, listed):
    file, other = tmp_path / "letter.p7m", tmp_path / "letter.txt"
    file.write_bytes(BRUNO.p7m(LETTER, at=MORNING))
    other.write_bytes(LETTER)

    found, plain = map(json.loads, lines(file, other, "--json", "--trusted-list", listed))

    assert (found["file"], found["verdict"], found["container"]) == (str(file), "intact", "cades")
    assert found["signers"][0]["codice_fiscale"] == BRUNO.codice_fiscale
    assert found["trusted_list"]["sequence"] == 1
    assert (plain["verdict"], plain["signers"]) == ("unsigned", [])


def test_every_key_of_the_line_is_documented(tmp_path, listed):
    file = tmp_path / "letter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER, at=MORNING))

    (line,) = map(json.loads, lines(file, "--json", "--trusted-list", listed))

    keys = [*line, *line["signers"][0], *line["trusted_list"]]
    assert unnamed(keys, (DOCS / "signatures.md").read_text()) == []


def test_a_signature_beside_its_file(tmp_path, listed):
    file, letter = tmp_path / "letter.p7s", tmp_path / "letter.txt"
    file.write_bytes(BRUNO.p7m(LETTER, "detached", at=MORNING))
    letter.write_bytes(LETTER)

    assert "unverified cades" in lines(file, "--trusted-list", listed)[0]
    assert "intact cades" in lines(file, "--detached", letter, "--trusted-list", listed)[0]


def test_a_file_that_cannot_be_opened_answers_too_and_fails(tmp_path):
    found = lines(tmp_path, tmp_path / "none", status=1)

    assert [line.split(": ")[1] for line in found[::2]] == ["unreadable", "unreadable"]
    assert all("could not be opened" in line for line in found[1::2])


@pytest.mark.parametrize("covers", [True, False])
def test_a_signer_of_another_state_is_said_to_be_one(covers):
    signer = FileSigner("Bruno Bianchi", integrity=Integrity.INTACT, covers_content=covers)

    (line,) = signed_lines(SignatureReading(FileVerdict.INTACT, signers=(signer,)))

    assert ("signs another state of the file" in line) is not covers


def test_a_name_cannot_steer_the_terminal(tmp_path):
    file = tmp_path / "\x1b[2Jletter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER))

    assert "\x1b" not in "".join(lines(file)) + "".join(lines(file, "--json"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--at", "yesterday"), "not an instant"),
        (("--at", "2025-03-01T12:00:00"), "offset"),
        (("--detached", "none"), "none"),
        (("--trusted-list", __file__), "not a trusted list"),
        (("--trusted-list", __file__), "TSL-IT.xml"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(tmp_path, arguments, said):
    file = tmp_path / "letter.p7m"
    file.write_bytes(BRUNO.p7m(LETTER))

    result = CliRunner().invoke(read_files, [str(file), *arguments])

    assert result.exit_code != 0
    assert said in result.output


def test_one_file_beside_two_signatures_is_refused(tmp_path):
    result = CliRunner().invoke(read_files, ["a", "b", "--detached", str(tmp_path / "c")])

    assert result.exit_code == 2
