"""The commands about schemes, as somebody types them."""

import json
import shutil

import pytest
from click.testing import CliRunner
from django.utils.translation import override
from pypdf import PdfReader

from tragitto.cli import scheme
from tragitto.schemes.models import Call


def run(command, *words):
    # As the house does for every command: a terminal is spoken to in English.
    with override("en"):
        return CliRunner().invoke(command, [str(word) for word in words])


def test_the_shipped_scheme_passes_its_check(shipped):
    result = run(scheme.check)

    assert result.exit_code == 0
    assert f"{shipped.scheme.code}: 0 errors, 0 warnings without a choice" in result.output


def test_a_rehearsal_passes_too():
    assert run(scheme.check, "--rehearsal").exit_code == 0


def test_an_altered_notice_fails_with_its_warning(shipped_folder, tmp_path):
    folder = shutil.copytree(shipped_folder, tmp_path / "pack")
    (notice,) = (folder / "calls").glob("*.notice.md")
    notice.write_text(notice.read_text().replace("dei dati predetti", "della gara d'appalto"))

    result = run(scheme.check, folder, "--json")

    lines = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert [line["about"] for line in lines if line["state"] == "warning"] == [
        "words_of_another_procedure:§7.1 gara d'appalto"
    ]


def test_a_pack_that_cannot_be_read_says_where(shipped_folder, tmp_path):
    folder = shutil.copytree(shipped_folder, tmp_path / "pack")
    (folder / "scheme.toml").write_text("code = ")

    result = run(scheme.check, folder)

    assert result.exit_code == 1
    assert "scheme.toml" in result.output


def test_an_unknown_pack_names_the_known_ones(shipped):
    result = run(scheme.check, "no-such-pack")

    assert result.exit_code == 2
    assert shipped.scheme.code in result.output


@pytest.mark.django_db
def test_what_is_loaded_is_listed(law_loaded, settings):
    settings.IS_DEMONSTRATION = True

    assert run(scheme.load, "--rehearsal").exit_code == 0

    listed = run(scheme.list_schemes, "--language", "en").output
    assert all(call.code in listed for call in Call.objects.all())
    assert listed.count("draft (rehearsal)") == 3


@pytest.mark.django_db
def test_where_nothing_is_loaded_the_command_that_loads_is_named():
    assert run(scheme.list_schemes).output == "No call is loaded yet: run `tragitto scheme load`.\n"


@pytest.mark.django_db
def test_a_deadline_is_listed_as_its_last_second_in_the_zone_of_the_call(law_loaded):
    run(scheme.load)

    assert "until 31 July 2025, 23:59:59 Europe/Rome" in run(scheme.list_schemes).output


@pytest.mark.django_db
def test_a_rehearsal_is_for_demonstrations_only(law_loaded, settings):
    settings.IS_DEMONSTRATION = False

    result = run(scheme.load, "--rehearsal")

    assert (result.exit_code, Call.objects.count()) == (1, 0)
    assert "TRAGITTO_DEMONSTRATION=yes" in result.stderr


@pytest.mark.django_db
def test_a_database_without_law_is_told_which_command_comes_first():
    result = run(scheme.load)

    assert (result.exit_code, result.stderr) == (
        1,
        "Error: No law is loaded yet: run `tragitto law load` first.\n",
    )


def test_gaps_are_named(shipped):
    (gap, *_) = next(call.gaps for call in shipped.calls if call.gaps)

    lines = run(scheme.check).output.splitlines()

    assert any(line.startswith("gap") and gap.path in line and gap.what["en"] in line for line in lines)


def test_a_journey_is_drawn_into_a_file(shipped, tmp_path):
    one, *_ = shipped.journeys
    target = tmp_path / "journey.svg"

    result = run(scheme.draw, shipped.scheme.code, "--journey", one.code, "--language", "ar", "-o", target)

    assert result.exit_code == 0
    assert one.title["ar"] in target.read_text(encoding="utf-8")


def test_an_unknown_journey_is_refused(shipped):
    assert run(scheme.draw, shipped.scheme.code, "--journey", "no-way").exit_code == 2


def test_a_form_is_made(shipped, tmp_path):
    (call,) = [each for each in shipped.calls if each.notice]
    target = tmp_path / "form.pdf"

    result = run(scheme.form, call.code, call.forms[0], "-o", target)

    assert result.exit_code == 0
    assert (PdfReader(target).get_fields() or {})["call"]["/V"] == call.code


@pytest.mark.parametrize("words", [("no-call", "no-form"), ("CALL", "no-form")])
def test_an_unknown_form_is_refused(shipped, words):
    (call,) = [each for each in shipped.calls if each.notice]
    given = [call.code if word == "CALL" else word for word in words]

    assert run(scheme.form, *given).exit_code == 2


def test_an_unknown_call_names_the_known_ones(shipped):
    assert all(call.code in run(scheme.form, "no-call", "x").output for call in shipped.calls)
