"""The law pack that is shipped, told by its changes, and the reading of packs."""

from datetime import date
from decimal import Decimal

import pytest

from tragitto.kernel.texts import missing_languages
from tragitto.law.rules import (
    NoPeriod,
    PackUnreadable,
    ValueNotFound,
    check_pack,
    parameter_on,
    read_pack,
)
from tragitto.law.rules.pack import read_subject
from tragitto.law.vocabulary import Confidence

PACK = read_pack()


def on(code, *day):
    return parameter_on(PACK.rows, code, date(*day))


def test_the_shipped_pack_is_sound():
    assert check_pack(PACK) == []


@pytest.mark.parametrize("row", PACK.rows, ids=lambda row: row.reference)
def test_every_row_speaks_four_languages_cites_and_says_how_sure(row):
    assert missing_languages(row.title) == ()
    assert "" not in (row.act, row.article)
    assert row.confidence in Confidence


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [
        ("contract.signature", (2025, 12, 1), 8),
        ("contract.signature", (2025, 12, 2), 15),
        ("nulla_osta.term_article_23", (2025, 12, 17), 60),
        ("nulla_osta.term_article_23", (2025, 12, 18), 30),
        ("nulla_osta.term_ordinary", (2025, 12, 18), 60),
        ("nulla_osta.validity", (2025, 7, 31), 6),
        ("nulla_osta.employer_confirmation", (2025, 12, 1), 7),
        ("nulla_osta.employer_confirmation", (2025, 12, 2), 15),
        ("visa.application", (2025, 12, 1), 6),
        ("visa.application", (2025, 12, 2), 12),
        ("visa.application", (2027, 12, 31), 12),
        ("visa.application", (2028, 1, 1), 6),
        ("entry_channel.participants_communication", (2025, 9, 1), 7),
        ("permit.request", (2025, 12, 10), 8),
        ("housing.hosting_notice", (2025, 12, 10), 48),
        ("housing.ceiling_height", (2025, 12, 18), Decimal("2.7")),
        ("amounts.permit_up_to_one_year", (2026, 11, 22), Decimal("70.46")),
        ("amounts.employer_income", (2025, 8, 1), 30000),
        ("contract.rent_share", (2025, 8, 1), "1/3"),
        ("procedure.conclusion", (2025, 8, 1), 30),
        ("procedure.obstacles_reply", (2025, 8, 1), 10),
        ("procedure.obstacles_effect", (2020, 9, 14), "interrupts"),
        ("procedure.obstacles_effect", (2020, 9, 15), "suspends"),
        ("housing.standard", (2025, 12, 17), "regional_public_housing_rules_or_hygienic_certificate"),
        ("housing.standard", (2025, 12, 18), "ministerial_decree_of_5_july_1975"),
    ],
)
def test_the_law_of_each_day(code, day, value):
    assert on(code, *day).value == value


def test_the_ordinary_nulla_osta_runs_from_the_quota_since_october_2025():
    assert on("nulla_osta.term_ordinary", 2025, 10, 3).moment == "nulla_osta_requested"
    assert on("nulla_osta.term_ordinary", 2025, 10, 4).moment == "quota_assigned"


def test_employers_join_the_seven_day_list_in_december_2025():
    code = "entry_channel.participants_communication_content"

    assert on(code, 2025, 12, 1).value == "participants"
    assert on(code, 2025, 12, 2).value == "participants_and_known_employers"


def test_professionals_may_confirm_only_since_december_2025():
    with pytest.raises(NoPeriod):
        on("nulla_osta.who_may_act", 2025, 12, 1)

    assert "professionals" in on("nulla_osta.who_may_act", 2025, 12, 2).value


def test_there_was_no_channel_before_the_decree():
    with pytest.raises(NoPeriod):
        on("entry_channel.outside_quotas", 2023, 3, 10)


def test_the_expired_transitional_entry_is_not_answered():
    assert on("entry_channel.entry_under_cnel_agreements", 2024, 12, 31).value == 3
    with pytest.raises(NoPeriod):
        on("entry_channel.entry_under_cnel_agreements", 2025, 1, 1)


def test_hours_of_training_were_not_found():
    with pytest.raises(ValueNotFound) as refusal:
        on("training.least_hours", 2025, 9, 1)

    assert "no minimum of hours was found" in str(refusal.value)


def test_the_review_of_a_call_is_a_choice_with_its_reason():
    row = on("procedure.call_review", 2025, 7, 31)

    assert (row.value, row.choice) == (30, True)
    assert "sets no term" in row.reason


def test_an_amount_without_a_starting_day_does_not_answer_for_the_past():
    with pytest.raises(NoPeriod):
        on("amounts.visa", 2025, 7, 31)


FILE = """
subject = "trial"
[[parameter]]
code = "trial.term"
title.it = "Termine"
unit = "days"
starts = "filed"
[[parameter.period]]
value = 30
from = 2024-01-01
act = "L. 1/2024"
article = "art. 1"
confidence = "S"
"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('unit = "days"', 'unit = "fortnights"', "Invalid enum value 'fortnights'"),
        ('confidence = "S"', 'confidence = "quite"', "Invalid enum value 'quite'"),
        ("from = 2024-01-01\n", "", "missing required field `from`"),
        ("from = 2024-01-01", 'from = "once"', "Invalid RFC3339"),
        ("value = 30\n", "", "missing required field `value`"),
        ("value = 30", "value = 30\nvalues = 31", "unknown field `values`"),
        ('subject = "trial"', "subject = trial", "Invalid value"),
    ],
)
def test_a_file_not_of_the_form_is_refused_by_name(before, after, said):
    with pytest.raises(PackUnreadable) as refusal:
        read_subject("trial.toml", FILE.replace(before, after))

    assert str(refusal.value).startswith("trial.toml: ")
    assert said in str(refusal.value)


def test_a_file_of_the_form_is_read():
    assert read_subject("trial.toml", FILE).parameter[0].period[0].start == date(2024, 1, 1)


def test_a_start_can_be_written_as_unknown():
    read = read_subject("trial.toml", FILE.replace("from = 2024-01-01", 'from = "unknown"'))

    assert read.parameter[0].period[0].start is None


def test_an_empty_folder_is_no_pack(tmp_path):
    with pytest.raises(PackUnreadable):
        read_pack(tmp_path)
