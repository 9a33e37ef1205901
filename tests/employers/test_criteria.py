"""The judges: each first seen refusing, unknown where nothing can be read, and never without evidence."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.employers.making import COMPANY, PERSON, rome
from tragitto.employers import criteria, explanations
from tragitto.employers.actions import judging as judging_of
from tragitto.employers.criteria import ActiveFor, At, Delegation, Forms, MissingCopy, Sector
from tragitto.employers.rules import FilingFacts, Frame, Judged, Paper, ReadForm
from tragitto.employers.vocabulary import InstantKind, State
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import Opening, closing_instant, opening_instant

NOTHING = NoParameters()
JULY = rome(2025, 7, 1, 12)
FRAME = Frame(
    zone="Europe/Rome",
    openings=(Opening(1, rome(2025, 5, 12), rome(2025, 8, 1)),),
    region="here",
    provinces=frozenset({"BG", "MI"}),
    profiles=frozenset({"welder", "fitter"}),
    main_form="form-a",
)


def main(**facts: object) -> ReadForm:
    """The main form as Bruno fills it in, with these parts changed."""
    whole = {
        "enterprise": {"codice_fiscale": COMPANY, "partita_iva": COMPANY, "ateco": "25.62"},
        "constituted_on": "2010-03-01",
        "active_since": "2010-04-01",
        "units": [{"province": "BG"}],
        "profiles": [{"code": "welder"}],
        "signatory": {"role": "legal_representative", "codice_fiscale": PERSON},
    }
    missing = facts.pop("missing", ())
    unreadable = facts.pop("unreadable", ())
    return ReadForm("form-a", "main", "a.pdf", {**whole, **facts}, {}, missing, unreadable)


def delegation(missing: tuple[str, ...] = (), **facts: object) -> ReadForm:
    whole = {"enterprise_codice_fiscale": COMPANY, "delegate": {"codice_fiscale": PERSON}, **facts}
    return ReadForm("form-b", "delegation", "b.pdf", {"delegation": whole}, {}, missing)


def on_paper(others: bool) -> ReadForm:
    """The delegation as a scan; `others` says whether the file has pages that are none of the form's."""
    return msgspec.structs.replace(delegation(), is_transcribed=True, has_other_pages=others)


def filing(*forms: ReadForm, at: datetime | None = JULY, others: int = 0) -> FilingFacts:
    """A filing with these forms and some files that are no forms."""
    papers = [Paper(form.attachment, "0" * 64, form=form.code) for form in forms]
    papers += [Paper(f"scan{number}.pdf", "1" * 64) for number in range(others)]
    kind = InstantKind.ACCEPTED if at else InstantKind.NONE
    return FilingFacts(at, kind, "id", forms, tuple(papers))


def said(judged: Judged) -> tuple[str, str]:
    return str(judged.state), judged.explanation


# --- an enterprise, not a private person -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "vat", "answer"),
    [
        (PERSON, "", ("unmet", "is_private_person")),
        (PERSON, COMPANY, ("met", "is_sole_trader")),
        (COMPANY, COMPANY, ("met", "is_company")),
        (f"it {COMPANY}", COMPANY, ("met", "is_company")),
        ("00743110158", COMPANY, ("unknown", "codice_fiscale_wrong")),
        (COMPANY, "00743110158", ("unknown", "partita_iva_wrong")),
        (COMPANY, "", ("unknown", "field_not_read")),
        ("", COMPANY, ("unknown", "field_not_read")),
    ],
)
def test_a_private_person_is_no_enterprise(number, vat, answer):
    form = main(enterprise={"codice_fiscale": number, "partita_iva": vat})

    assert said(criteria.enterprise_not_private_person(filing(form), FRAME, NOTHING)) == answer


# --- constituted and active --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constituted", "active", "answer"),
    [
        ("2024-08-01", "2024-08-01", "unmet"),  # eleven months
        ("2024-07-02", "2024-07-02", "unmet"),  # a day too young
        ("2024-07-01", "2024-07-01", "met"),  # a year to the day
        ("2010-03-01", "2024-08-01", "unmet"),  # constituted long ago, active eleven months
        ("2025-08-01", "2025-08-01", "unmet"),  # not yet
    ],
)
def test_a_year_is_a_year_by_the_calendar(constituted, active, answer):
    form = main(constituted_on=constituted, active_since=active)

    judged = criteria.constituted_and_active(filing(form), FRAME, ActiveFor(months=12))

    assert judged.state == answer


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    form = main(constituted_on="2024-02-29", active_since="2024-02-29")
    on_the_day = filing(form, at=rome(2025, 2, 28, 9))
    before = filing(form, at=rome(2025, 2, 27, 9))

    assert criteria.constituted_and_active(on_the_day, FRAME, ActiveFor(months=12)).state == "met"
    assert criteria.constituted_and_active(before, FRAME, ActiveFor(months=12)).state == "unmet"


def test_the_day_of_filing_is_the_day_in_rome():
    """At 22:30 UTC on 30 June it is already 1 July in Rome."""
    form = main(constituted_on="2024-07-01", active_since="2024-07-01")
    late_evening = filing(form, at=rome(2025, 7, 1, 0, 30).astimezone(ZoneInfo("UTC")))

    assert criteria.constituted_and_active(late_evening, FRAME, ActiveFor(months=12)).state == "met"


def test_a_call_may_count_to_the_closing_day():
    form = main(constituted_on="2024-07-31", active_since="2024-07-31")
    wanted = ActiveFor(months=12, at=At.CLOSING)

    assert criteria.constituted_and_active(filing(form), FRAME, wanted).state == "met"
    young = main(constituted_on="2024-08-01", active_since="2024-08-01")
    assert criteria.constituted_and_active(filing(young), FRAME, wanted).state == "unmet"


def test_an_unreadable_date_is_unknown_and_named():
    judged = criteria.constituted_and_active(filing(main(active_since=None)), FRAME, ActiveFor(months=12))

    assert said(judged) == ("unknown", "field_not_read")
    assert judged.parameters["field"] == "active_since"


def test_without_a_certified_instant_age_is_unknown():
    judged = criteria.constituted_and_active(filing(main(), at=None), FRAME, ActiveFor(months=12))

    assert said(judged) == ("unknown", "no_instant")


# --- a unit in the region ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (["NA"], ("unmet", "no_unit_in_the_region")),
        (["NA", "bg "], ("met", "unit_in_the_region")),
        (["Bergamo"], ("unknown", "province_not_understood")),
        (["NA", "XX"], ("unknown", "province_not_understood")),
        ([""], ("unknown", "field_not_read")),
        ([], ("unknown", "field_not_read")),
    ],
)
def test_one_unit_must_lie_in_the_region(written, answer):
    form = main(units=[{"province": province} for province in written])

    assert said(criteria.unit_in_region(filing(form), FRAME, NOTHING)) == answer


# --- profiles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (["baker"], ("unmet", "profiles_outside")),
        (["welder", "baker"], ("unmet", "profiles_outside")),
        ([], ("unmet", "no_profile_asked")),
        (["welder", "fitter"], ("met", "profiles_inside")),
    ],
)
def test_profiles_are_those_of_the_call(asked, answer):
    form = main(profiles=[{"code": code} for code in asked])

    assert said(criteria.profiles_within(filing(form), FRAME, NOTHING)) == answer


# --- delegation ------------------------------------------------------------------------------------------


DELEGATE = main(signatory={"role": "delegate", "codice_fiscale": PERSON})


@pytest.mark.parametrize(
    ("forms", "others", "answer"),
    [
        ([DELEGATE], 0, ("unmet", "form_missing")),
        ([DELEGATE], 1, ("unknown", "form_not_read")),
        ([DELEGATE, delegation(("principal_name",))], 1, ("unmet", "fields_missing")),
        (
            [DELEGATE, delegation(enterprise_codice_fiscale="01234567897")],
            1,
            ("unmet", "delegation_of_another"),
        ),
        ([DELEGATE, delegation(delegate={"codice_fiscale": "X"})], 1, ("unmet", "delegation_to_another")),
        ([DELEGATE, delegation()], 0, ("unmet", "identity_copy_missing")),
        ([DELEGATE, on_paper(others=False)], 0, ("unmet", "identity_copy_missing")),
        ([DELEGATE, on_paper(others=True)], 0, ("unknown", "identity_copy_not_read")),
        ([DELEGATE, delegation()], 1, ("unknown", "identity_copy_not_read")),
        ([main()], 0, ("met", "no_delegation_needed")),
        ([main(signatory={})], 0, ("unknown", "field_not_read")),
    ],
)
def test_a_delegate_brings_delegation_and_identity_copy(forms, others, answer):
    judged = criteria.delegation_complete(filing(*forms, others=others), FRAME, Delegation(form="form-b"))

    assert said(judged) == answer


def test_a_call_may_do_without_the_identity_copy():
    wanted = Delegation(form="form-b", identity_copy=MissingCopy.NOT_ASKED)

    judged = criteria.delegation_complete(filing(DELEGATE, delegation()), FRAME, wanted)

    assert said(judged) == ("met", "delegation_there")


# --- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "others", "answer"),
    [
        ([], 0, ("unmet", "form_missing")),
        ([], 1, ("unknown", "form_not_read")),
        ([main(missing=("seat_address",))], 0, ("unmet", "fields_missing")),
        ([main(unreadable=("signed_on",))], 0, ("unknown", "fields_not_understood")),
        ([main()], 0, ("met", "forms_filled_in")),
    ],
)
def test_compulsory_fields_are_filled_in(forms, others, answer):
    judged = criteria.forms_complete(filing(*forms, others=others), FRAME, Forms(forms=("form-a",)))

    assert said(judged) == answer


@pytest.mark.parametrize(
    "change",
    [{"appearance": {"unit_province_1": "NA"}}, {"flags": ("unseen",)}, {"flags": ("xfa",)}],
    ids=["shows another", "not drawn", "drawn by another program"],
)
def test_a_form_that_shows_something_else_is_not_complete_until_a_person_has_looked(change):
    form = msgspec.structs.replace(main(), **change)

    answer = criteria.forms_complete(filing(form), FRAME, Forms(forms=("form-a",)))

    assert answer.state == "unknown"
    assert answer.explanation in ("seen_otherwise", "pages_not_seen")


@pytest.mark.parametrize(
    ("shown", "answer"),
    [
        ({"unit_province_1": "NA"}, ("unknown", "seen_otherwise")),
        ({"unit_province": "NA"}, ("unknown", "seen_otherwise")),
        ({"unit_address_1": "via Napoli"}, ("met", "unit_in_the_region")),
        ({"unit_province_x": "NA"}, ("met", "unit_in_the_region")),
    ],
)
def test_no_answer_rests_on_a_field_that_shows_something_else(shown, answer):
    """Bruno signed what he saw; the value beneath may be somebody else's."""
    fields = {"units[].province": "unit_province"}
    form = msgspec.structs.replace(main(), fields=fields, appearance=shown)
    facts = filing(form)

    judged = criteria.unit_in_region(facts, FRAME, NOTHING)

    assert said(criteria.unless_unclear(facts, judged)) == answer


@pytest.mark.parametrize(
    ("illegible", "answer"),
    [
        ((), ("unmet", "no_profile_asked")),
        (("profile_1",), ("unknown", "fields_not_understood")),
        (("unit_province_1",), ("unmet", "no_profile_asked")),
    ],
)
def test_nobody_is_refused_for_what_could_not_be_read(illegible, answer):
    fields = {"profiles[].code": "profile", "units[].province": "unit_province"}
    form = msgspec.structs.replace(main(profiles=[], unreadable=illegible), fields=fields)
    facts = filing(form)

    judged = criteria.profiles_within(facts, FRAME, NOTHING)

    assert said(criteria.unless_unclear(facts, judged)) == answer


def test_a_profile_nobody_could_read_may_be_none_of_the_calls():
    form = msgspec.structs.replace(main(unreadable=("profile_2",)), fields={"profiles[].code": "profile"})

    assert said(criteria.profiles_within(filing(form), FRAME, NOTHING)) == (
        "unknown",
        "fields_not_understood",
    )


def test_what_a_person_confirmed_is_what_is_seen():
    form = msgspec.structs.replace(main(), appearance={"unit_province_1": "NA"}, is_transcribed=True)

    assert said(criteria.forms_complete(filing(form), FRAME, Forms(forms=("form-a",)))) == (
        "met",
        "forms_filled_in",
    )


@pytest.mark.parametrize(
    ("judge", "wanted"),
    [
        (criteria.enterprise_not_private_person, NOTHING),
        (criteria.unit_in_region, NOTHING),
        (criteria.profiles_within, NOTHING),
        (criteria.signed_by_the_right_person, criteria.RightSignature()),
    ],
)
def test_without_the_form_nothing_is_held_against_the_employer(judge, wanted):
    assert said(judge(filing(), FRAME, wanted)) == ("unknown", "form_not_read")


# --- in time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (rome(2025, 8, 1, 0, 0, 0), ("unmet", "filed_too_late")),
        (rome(2025, 7, 31, 23, 59, 59), ("met", "filed_in_time")),
        (rome(2025, 5, 11, 23, 59, 59), ("unmet", "filed_too_early")),
        (rome(2025, 5, 12), ("met", "filed_in_time")),
        (None, ("unknown", "no_instant")),
    ],
)
def test_one_second_decides(at, answer):
    assert said(criteria.in_time(filing(at=at), FRAME, NOTHING)) == answer


def test_between_two_windows_is_out():
    windows = (
        Opening(1, rome(2025, 6, 1), rome(2025, 8, 1)),
        Opening(2, rome(2025, 9, 1), rome(2025, 10, 1)),
    )
    frame = Frame(zone="Europe/Rome", openings=windows)

    assert said(criteria.in_time(filing(at=rome(2025, 8, 15)), frame, NOTHING)) == (
        "unmet",
        "filed_between_windows",
    )
    assert criteria.in_time(filing(at=rome(2025, 9, 1)), frame, NOTHING).parameters["window"] == 2


ASKED = FilingFacts(
    instant=rome(2025, 8, 20), instant_kind=InstantKind.ACCEPTED, asked_until=rome(2025, 9, 4, 23, 59, 59)
)


@pytest.mark.parametrize(
    ("begun", "answer"),
    [
        ("met", ("met", "asked_for_in_time")),
        ("unknown", ("unknown", "asked_for_of_unknown_time")),
        ("unmet", ("unmet", "filed_too_late")),
    ],
)
def test_what_was_asked_for_is_as_timely_as_what_it_completes(begun, answer):
    frame = replace(FRAME, begun=State(begun))

    assert said(criteria.in_time(ASKED, frame, NOTHING)) == answer


def test_what_was_asked_for_comes_within_the_term():
    late = msgspec.structs.replace(ASKED, instant=rome(2025, 9, 5))

    assert said(criteria.in_time(late, replace(FRAME, begun=State.MET), NOTHING))[0] == "unmet"


def test_what_two_people_admitted_says_so_and_when_it_came():
    judged = criteria.in_time(filing(at=rome(2025, 8, 1)), replace(FRAME, admitted_for="Attested."), NOTHING)

    assert said(judged) == ("met", "admitted_late")
    assert (judged.parameters["closed"], judged.parameters["ground"]) == (
        "2025-08-01T00:00:00+02:00",
        "Attested.",
    )


@given(
    day=st.dates(min_value=datetime(2024, 1, 1).date(), max_value=datetime(2030, 12, 31).date()),
    seconds=st.integers(min_value=-7200, max_value=7200),
)
def test_the_edge_of_a_window_is_midnight_in_rome_summer_and_winter(day, seconds):
    zone = "Europe/Rome"
    opens = opening_instant(day - timedelta(days=30), zone)
    closes = closing_instant(day, datetime.max.time(), zone)
    frame = Frame(zone=zone, openings=(Opening(1, opens, closes),))
    utc = ZoneInfo("UTC")

    at = closes.astimezone(utc) + timedelta(seconds=seconds)
    judged = criteria.in_time(filing(at=at), frame, NOTHING)

    assert (judged.state == "met") == (seconds < 0)
    assert (at.astimezone(ZoneInfo(zone)).date() <= day) == (judged.state == "met")


# --- sector ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ateco", "answer"),
    [
        ("01.11", ("unmet", "outside_the_sector")),
        ("", ("unknown", "field_not_read")),
        ("25.62", ("met", "in_the_sector")),
    ],
)
def test_the_sector_is_a_hint(ateco, answer):
    form = main(enterprise={"ateco": ateco})

    assert said(criteria.sector_hint(filing(form), FRAME, Sector(("25",)))) == answer


# --- all of them -------------------------------------------------------------------------------------------


def test_every_explanation_of_a_judge_is_a_sentence_and_every_sentence_is_used():
    files = [*Path(criteria.__file__).parent.glob("*.py"), Path(judging_of.__file__)]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    given = set(re.findall(r'State\.\w+, "(\w+)"', source))

    assert sorted(given - set(explanations.SENTENCES)) == []
    assert [code for code in explanations.SENTENCES if f'"{code}"' not in source] == []


def test_a_sentence_is_filled_with_what_was_found():
    judged = criteria.in_time(filing(at=rome(2025, 8, 1)), FRAME, NOTHING)

    text = str(explanations.sentence(judged.explanation, judged.parameters))

    assert "2025-08-01T00:00:00+02:00" in text
    assert "{" not in text


def test_every_judge_says_in_one_sentence_what_it_asks():
    assert all(entry.doc.endswith(".") for entry in CRITERIA.entries())
