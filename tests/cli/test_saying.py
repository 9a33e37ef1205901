"""How the command line says no: a sentence, never a traceback, and nothing half done."""

import os
from datetime import date
from importlib import import_module

import click
import pytest
from click.testing import CliRunner
from django.test import override_settings
from django.utils.translation import override

from tragitto.cli import deployment, ledger, register, scheme
from tragitto.cli.commands import COMMANDS
from tragitto.cli.saying import LOOK_IT_UP, Careful, counted, writable
from tragitto.kernel.refusals import Blocked, Finding, NotFound
from tragitto.ledger.models import Entry

NOON_DAY = date(2025, 7, 1)
DUMMY = "django.core.mail.backends.dummy.EmailBackend"


def run(command, *words):
    # As the house does for every command: a terminal is spoken to in English.
    with override("en"):
        return CliRunner().invoke(command, [str(word) for word in words])


def failing_with(error: BaseException) -> Careful:
    def fail() -> None:
        raise error

    return Careful("fail", callback=fail)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_careful(name):
    module, _, attribute = COMMANDS[name].place.partition(":")

    assert isinstance(getattr(import_module(module), attribute), Careful)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Blocked([Finding("a", "Mend this."), Finding("b", "And that.")]), "Error: Mend this.\nAnd that.\n"),
        (NotFound("U-NOBODY"), f"Error: There is no U-NOBODY. {LOOK_IT_UP}\n"),
        (
            PermissionError(13, "Permission denied", "/a/file"),
            "Error: /a/file: Permission denied. Check that it exists and that you may read and write it.\n",
        ),
    ],
)
def test_what_is_refused_is_said_in_sentences(error, said):
    result = run(failing_with(error))

    assert (result.exit_code, result.stderr) == (1, said)


def test_a_reader_who_leaves_is_no_error():
    result = run(failing_with(BrokenPipeError(32, "Broken pipe")))

    assert result.stderr == ""


def test_a_slip_in_the_program_is_not_dressed_up():
    assert isinstance(run(failing_with(ValueError("ours"))).exception, ValueError)


def test_a_target_in_no_folder_is_refused(tmp_path):
    with pytest.raises(click.ClickException, match="Make it first"):
        writable(tmp_path / "nowhere" / "file")


def test_a_folder_is_no_target(tmp_path):
    with pytest.raises(click.ClickException, match="Name a file"):
        writable(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_target_that_may_not_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(click.ClickException, match="permission denied"):
        writable(tmp_path / "file")


def test_a_target_that_can_be_written_passes(tmp_path):
    assert writable(tmp_path / "file") == tmp_path / "file"


@pytest.mark.parametrize(
    ("command", "words"), [(scheme.draw, ("thamm",)), (scheme.form, ("a-call", "a-form"))]
)
def test_an_output_in_no_folder_is_refused_before_anything_is_made(command, words, tmp_path):
    result = run(command, *words, "-o", tmp_path / "nowhere" / "x")

    assert result.exit_code == 1
    assert "there is no folder" in result.stderr


@pytest.mark.django_db
def test_an_export_that_cannot_be_written_is_not_recorded(tmp_path):
    with pytest.raises(click.ClickException):
        register._write("office", NOON_DAY, tmp_path / "nowhere" / "x.csv")

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_the_lines_are_not_written_over_the_table(tmp_path):
    result = run(register.export, "--on", "2025-07-01", "-o", tmp_path / "x.jsonl")

    assert result.exit_code == 2
    assert "Name the CSV file" in result.stderr


@pytest.mark.parametrize(("number", "said"), [(0, "0 problems"), (1, "1 problem"), (2, "2 problems")])
def test_one_is_singular(number, said):
    assert counted(number, "problem") == said


def test_a_head_has_one_form():
    result = run(ledger.verify, "--head", "nonsense")

    assert result.exit_code == 2
    assert "POSITION:HASH" in result.stderr


@pytest.mark.django_db
def test_the_head_of_an_empty_ledger_is_known():
    head = run(ledger.verify).output.split("head ")[1].strip()

    assert run(ledger.verify, "--head", head).exit_code == 0


@pytest.mark.django_db
def test_a_head_that_was_never_ours_is_betrayed():
    result = run(ledger.verify, "--head", f"7:{'0' * 64}")

    assert result.exit_code == 1
    assert "have been removed or replaced" in result.output


@override_settings(IS_DEMONSTRATION=False, SECURE_SSL_REDIRECT=False, SESSION_COOKIE_SECURE=False)
def test_an_address_in_clear_is_said_once_by_the_name_of_our_variable():
    said = deployment.problems(deploy=True)

    assert said.count(deployment.PLAIN_ADDRESS) == 1
    assert not any("security.W0" in each for each in said)


@override_settings(IS_DEMONSTRATION=False, MAILERS={"default": {"BACKEND": DUMMY}})
def test_a_house_without_a_mail_server_is_told_which_variable():
    assert deployment.NO_SERVER in deployment.problems(deploy=True)


@override_settings(IS_DEMONSTRATION=True, MAILERS={"default": {"BACKEND": DUMMY}})
def test_a_demonstration_is_told_that_it_is_one():
    assert deployment.MADE_UP in deployment.problems(deploy=True)
