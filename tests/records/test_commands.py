"""Mail on the command line: one line for each file, and what waits at the desk."""

import pytest
from click.testing import CliRunner

from tests.conftest import NOON
from tests.records.conftest import letter
from tragitto.cli import mail
from tragitto.records import anchors, queries
from tragitto.records.models import Message
from tragitto_pec.vocabulary import Kind

pytestmark = pytest.mark.django_db


def run(command, *arguments: object):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_each_file_gets_a_line_and_a_second_time_it_is_known(tmp_path, submission):
    file = tmp_path / "one.eml"
    file.write_bytes(submission)

    first, second = run(mail.take, file), run(mail.take, file)

    assert "/0000001  posta-certificata  valid  at the desk: " in first.output
    assert "already kept; M-" in second.output
    assert first.exit_code == second.exit_code == 0


def test_a_copy_says_of_what(tmp_path, submission):
    one, two = tmp_path / "one.eml", tmp_path / "two.eml"
    one.write_bytes(submission)
    two.write_bytes(b"X-Copy: 1\r\n" + submission)

    assert "another copy of M-" in run(mail.take, one, two).output


def test_a_file_that_cannot_be_opened_stops_nothing(tmp_path, submission):
    file = tmp_path / "one.eml"
    file.write_bytes(submission)

    result = run(mail.take, tmp_path / "nowhere.eml", file)

    assert result.exit_code == 1
    assert "not taken in" in result.output.splitlines()[0]
    assert "posta-certificata" in result.output.splitlines()[1]


def test_a_file_that_is_no_message_is_refused_and_stops_nothing(tmp_path, submission):
    text, file = tmp_path / "hello.txt", tmp_path / "one.eml"
    text.write_text("ciao")
    file.write_bytes(submission)

    result = run(mail.take, text, file)

    assert (result.exit_code, Message.objects.count()) == (1, 1)
    assert "not taken in: this is no e-mail message. Save" in result.output.splitlines()[0]
    assert "posta-certificata" in result.output.splitlines()[1]


def test_the_desk_is_listed(tmp_path, provider):
    file = tmp_path / "receipt.eml"
    file.write_bytes(provider.receipt(Kind.ACCETTAZIONE, letter(), accepted_at=NOON))
    run(mail.take, file)

    lines = run(mail.desk).output.splitlines()

    assert "accettazione" in lines[0]
    assert lines[-1] == "1 message at the desk, 0 open troubles"


def test_a_malformed_file_of_anchors_is_not_passed_over(settings):
    (settings.VAR / anchors.FILE_NAME).write_text("anchors = 1")

    with pytest.raises(ValueError, match="anchors"):
        queries.anchors()


def test_a_demonstration_without_its_authority_trusts_the_public_ones(settings):
    (settings.VAR / anchors.FILE_NAME).unlink()

    assert len(queries.anchors().anchors) == 2
