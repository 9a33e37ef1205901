"""The commands that load and show the trusted list."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization

from tests.pec.signatures.stage import BRUNO, LISTED, NOON, STRANGER
from tragitto.cli.trust import load, show
from tragitto.kernel import clock
from tragitto.records import trusted_list
from tragitto_pec.rehearsal.trusting import trusted_list_of


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    """A deployment that has loaded nothing yet."""
    settings.VAR = tmp_path / "var"


@pytest.fixture
def signer(tmp_path):
    """Bruno's certificate in a file: in these tests he signs trusted lists."""
    file = tmp_path / "signer.pem"
    file.write_bytes(BRUNO.credentials.certificate.public_bytes(serialization.Encoding.PEM))
    return str(file)


@pytest.fixture
def write(tmp_path):
    """Put a list into a file and return its name."""

    def written(sequence=7, by=BRUNO, at=NOON, territory="IT"):
        file = tmp_path / f"list-{sequence}.xml"
        xml = trusted_list_of(
            [LISTED], issued_at=at, sequence=sequence, territory=territory, signer=by.credentials
        )
        file.write_bytes(xml)
        return str(file)

    return written


def said(command, *arguments):
    """The exit status and what the command says."""
    result = CliRunner().invoke(command, arguments)
    return result.exit_code, result.output


def test_nothing_is_stored_yet():
    status, text = said(show)

    assert (status, trusted_list.stored_list(), dict(trusted_list.held())) == (1, None, {})
    assert "No trusted list is stored" in text


def test_a_list_is_loaded_and_shown(write, signer):
    status, text = said(load, write(), "--signer", signer)

    assert (status, text.split("; ")[0]) == (
        0,
        "Trusted list of IT number 7, issued 2025-03-01, next due 2025-08-28",
    )
    assert said(show)[1].startswith(
        "Trusted list of IT number 7, issued 2025-03-01, next due 2025-08-28; 1 ser"
    )


def test_the_readers_are_given_what_was_loaded(write, signer, tmp_path):
    before = trusted_list.version()
    said(load, write(), "--signer", signer)

    assert trusted_list.held() == {"trusted-list": (tmp_path / "list-7.xml").read_bytes()}
    assert trusted_list.version() != before


def test_a_stale_list_is_shown_with_a_warning(write, signer):
    said(load, write(at=clock.now() - timedelta(days=400)), "--signer", signer)

    assert "Warning: a newer one should be out by now." in said(show)[1]


def test_a_fresh_list_is_shown_without(write, signer):
    said(load, write(at=clock.now()), "--signer", signer)

    assert "Warning" not in said(show)[1]


@pytest.mark.parametrize("by", [BRUNO, STRANGER])
def test_a_list_of_somebody_unknown_is_refused(write, by):
    status, text = said(load, write(by=by))

    assert (status, trusted_list.stored_list()) == (1, None)
    assert by.name in text


def test_the_list_of_another_country_is_refused(write, signer):
    status, text = said(load, write(territory="FR"), "--signer", signer)

    assert (status, trusted_list.stored_list()) == (1, None)
    assert "the list of FR" in text


def test_an_older_list_is_refused_unless_wanted(write, signer):
    said(load, write(8), "--signer", signer)

    status, text = said(load, write(7), "--signer", signer)

    assert (status, trusted_list.summary().sequence) == (1, 8)
    assert "--older" in text
    assert said(load, write(7), "--signer", signer, "--older")[0] == 0
    assert trusted_list.summary().sequence == 7


@pytest.mark.parametrize("content", [b"", b"<a/>", b"\x00\xff"])
def test_other_files_are_refused(tmp_path, content):
    file = tmp_path / "list.xml"
    file.write_bytes(content)

    status, text = said(load, str(file))

    assert (status, "not a" in text) == (1, True)


def test_a_signer_that_is_no_certificate_is_refused(write, tmp_path):
    (tmp_path / "signer.pem").write_text("nobody")

    status, text = said(load, write(), "--signer", str(tmp_path / "signer.pem"))

    assert (status, "holds no certificate" in text) == (1, True)


def test_a_list_of_lists_that_is_none_is_refused(write, tmp_path):
    (tmp_path / "lotl.xml").write_text("<a/>")

    status, text = said(load, write(), "--lotl", str(tmp_path / "lotl.xml"))

    assert (status, "The list of lists" in text) == (1, True)


def test_what_is_stored_and_damaged_is_said(tmp_path):
    trusted_list.store(b"<a/>")

    status, text = said(show)

    assert (status, trusted_list.summary()) == (1, None)
    assert "Load another one" in text
