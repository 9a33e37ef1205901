"""The commands of the law, as typed."""

import json

import pytest
from click.testing import CliRunner

from tragitto.cli import law
from tragitto.law.models import Holiday, Parameter


def run(command, *words):
    result = CliRunner().invoke(command, words)
    return result.exit_code, result.stdout, result.stderr


def test_show_tells_the_row_of_a_day_with_its_citation():
    status, told, _ = run(law.show, "contract.signature", "--on", "2025-12-02")

    assert status == 0
    assert "value       15 days" in told
    assert "d.lgs. 286/1998 art. 22(6), L. 179/2025 art. 1(1)(a-ter)" in told
    assert "contract.signature@2025-12-02#" in told


def test_show_speaks_arabic():
    _, told, _ = run(law.show, "contract.signature", "--on", "2025-12-02", "--language", "ar")

    assert "توقيع عقد الإقامة" in told


def test_show_tells_a_choice_with_its_reason():
    _, told, _ = run(law.show, "procedure.call_review", "--on", "2025-07-31")

    assert "choice      The avviso of Unioncamere Lombardia sets no term" in told


def test_show_answers_in_json():
    _, told, _ = run(law.show, "nulla_osta.term_article_23", "--on", "2025-12-18", "--json")

    answer = json.loads(told)
    assert (answer["value"], answer["unit"], answer["start"], answer["end"]) == (
        30,
        "days",
        "2025-12-18",
        None,
    )
    assert set(answer["title"]) == {"it", "fr", "ar", "en"}


def test_show_names_the_nearest_codes():
    status, _, error = run(law.show, "visa.aplication", "--on", "2025-12-02")

    assert status == 1
    assert error.startswith(
        "Error: No legal parameter is called visa.aplication. Did you mean visa.application"
    )


def test_show_names_the_gap():
    status, _, error = run(law.show, "nulla_osta.who_may_act", "--on", "2025-12-01")

    assert status == 1
    assert "No period of nulla_osta.who_may_act covers 2025-12-01" in error
    assert "the first known period begins on 2025-12-02." in error


def test_show_says_what_was_not_found():
    status, _, error = run(law.show, "training.attendance", "--on", "2025-12-01")

    assert status == 1
    assert "no threshold of attendance for art. 23 was found" in error


def test_list_gives_the_row_of_the_day_alone():
    _, told, _ = run(law.list_, "--on", "2025-12-01")

    (line,) = [line for line in told.splitlines() if line.startswith("contract.signature\t")]
    assert line.split("\t")[2:] == ["8 days", "Signature of the contratto di soggiorno"]


def test_list_without_a_day_gives_every_row():
    _, told, _ = run(law.list_)

    assert len([line for line in told.splitlines() if line.startswith("visa.application\t")]) == 3


def test_check_finds_the_shipped_pack_sound():
    status, told, _ = run(law.check)

    assert status == 0
    assert told.endswith("0 problems.\n")


def test_term_prints_the_count_with_its_reasons():
    status, told, _ = run(law.term, "permit.request", "--from", "2026-08-14", "--province", "bg")

    assert status == 0
    assert told.splitlines()[1:] == [
        "  The day of the event, 2026-08-14, is not counted. [art. 2963(2) c.c.; art. 155(1) c.p.c.]",
        "  8 working days (free days left out: 3): 2026-08-25. [d.lgs. 286/1998 art. 5(2)]",
        "  The last moment is 2026-08-25T23:59:59+02:00, local time. "
        "[art. 2963(2) c.c.; Cons. Stato VI 8546/2024]",
        "Due on 2026-08-25, 2026-08-25T23:59:59+02:00.",
    ]


def test_term_knows_the_patron_of_the_province():
    _, told, _ = run(law.term, "nulla_osta.term_article_23", "--from", "2026-07-27", "--province", "BG")

    assert "Sant'Alessandro di Bergamo" in told
    assert told.splitlines()[-1].startswith("Due on 2026-08-27")


def test_term_counts_back():
    _, told, _ = run(law.term, "contract.employment_notice", "--from", "2026-01-15")

    assert told.splitlines()[-1].startswith("Due on 2026-01-14")


def test_term_counts_hours_from_an_instant():
    _, told, _ = run(law.term, "housing.hosting_notice", "--from", "2026-01-15T14:00")

    assert told.splitlines()[-1] == "Due on 2026-01-17, 2026-01-17T14:00:00+01:00."


def test_term_answers_in_json():
    _, told, _ = run(law.term, "contract.signature", "--from", "2025-12-02", "--json")

    answer = json.loads(told)
    assert answer["due_on"] == "2025-12-17"
    assert [step["code"] for step in answer["steps"]] == ["first_day", "days", "end_of_day"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("amounts.visa", "--from", "2026-11-22"), "amounts.visa is given in eur and is not a term."),
        (("permit.request", "--from", "2026-11-22", "--province", "ZZ"), "No patron day is known"),
    ],
)
def test_term_refuses_in_words(words, said):
    status, _, error = run(law.term, *words)

    assert status == 1
    assert said in error


@pytest.mark.django_db
def test_load_brings_law_and_holidays():
    status, told, _ = run(law.load, "--years", "0")

    assert status == 0
    assert told.splitlines()[0] == f"Law: {Parameter.objects.count()} rows added, 0 superseded, 0 unchanged."
    assert Holiday.objects.filter(country="MA").exists()
