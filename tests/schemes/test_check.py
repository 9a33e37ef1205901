"""The check of a pack: each rule where it complains; the shipped pack, where none does."""

from datetime import date

import msgspec
import pytest

from tests.schemes.making import CLOSED, journey, registry, texts
from tragitto.kernel.periods import Period
from tragitto.schemes.pack import GapSpec, WindowSpec
from tragitto.schemes.rules import check
from tragitto.schemes.rules.check import journeys

OPEN = {"code": "at-the-start"}
ENTRY = {"target": "at-the-start"}
END = {"source": "at-the-start", "target": "at-the-end"}


def codes(problems) -> list[str]:
    return sorted(problem.code for problem in problems)


def wrong(stages, steps, **more):
    return codes(
        journeys.check(
            journey(stages, steps, **more), registry("guard", {"known"}), registry("effect", {"known"})
        )
    )


def test_the_shipped_pack_has_no_error(shipped, law, registries):
    assert [problem for problem in check(shipped, law, registries) if problem.is_error] == []


def test_a_whole_journey_has_no_problem():
    assert wrong([OPEN, CLOSED], [ENTRY, END]) == []


@pytest.mark.parametrize(
    ("stages", "steps", "found"),
    [
        ([OPEN, CLOSED, {"code": "nowhere"}], [ENTRY, END], ["dead_end", "unreachable_stage"]),
        (
            [OPEN, {"code": "stuck"}, CLOSED],
            [ENTRY, END, {"source": "at-the-start", "target": "stuck"}],
            ["dead_end"],
        ),
        ([OPEN, CLOSED], [END], ["no_entry"]),
        ([OPEN, CLOSED], [ENTRY, {**END, "target": "elsewhere"}], ["unknown_stage"]),
        ([OPEN, OPEN, CLOSED], [ENTRY, END], ["duplicated_code"]),
        ([OPEN, CLOSED], [ENTRY, END, {**END, "code": "step-1"}], ["duplicated_code"]),
        ([OPEN, {**CLOSED, "outcome": None}], [ENTRY, END], ["outcome_and_phase"]),
        ([{**OPEN, "outcome": "admitted"}, CLOSED], [ENTRY, END], ["outcome_and_phase"]),
        ([OPEN, {**CLOSED, "term": "a.term"}], [ENTRY, END], ["term_when_closed"]),
        ([{**OPEN, "titles": {"office": texts()}}, CLOSED], [ENTRY, END], ["missing_audience"]),
        ([OPEN, CLOSED], [ENTRY, {**END, "roles": []}], ["step_without_role"]),
        (
            [OPEN, CLOSED],
            [ENTRY, END, {"source": "at-the-end", "target": "at-the-start"}],
            ["closed_stage_left"],
        ),
        ([OPEN, CLOSED], [ENTRY, {**END, "kind": "correction"}], ["correction_without_reason"]),
        ([OPEN, CLOSED], [{**ENTRY, "kind": "return"}, END], ["wrong_entry"]),
        ([OPEN, CLOSED], [ENTRY, {**END, "guards": [{"name": "unknown"}]}], ["unknown_guard"]),
        ([OPEN, CLOSED], [ENTRY, {**END, "effects": [{"name": "unknown"}]}], ["unknown_effect"]),
    ],
)
def test_what_is_wrong_with_a_journey(stages, steps, found):
    assert wrong(stages, steps) == found


def test_two_stages_that_only_lead_to_each_other_never_close():
    round_and_round = [ENTRY, END, {"source": "at-the-start", "target": "one"}]
    round_and_round += [{"source": "one", "target": "two"}, {"source": "two", "target": "one"}]

    assert wrong([OPEN, {"code": "one"}, {"code": "two"}, CLOSED], round_and_round) == ["never_closes"] * 2


def test_parameters_a_guard_cannot_read():
    class Months(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        months: int

    guards = registry("guard", set())
    guards.register("valid", needs=Months)(lambda: "")
    steps = [ENTRY, {**END, "guards": [{"name": "valid", "parameters": {"months": "three"}}]}]

    found = journeys.check(journey([OPEN, CLOSED], steps), guards, registry("effect", set()))

    assert codes(found) == ["wrong_parameters"]


def test_a_term_no_law_row_covers(shipped, registries):
    found = check(shipped, {}, registries)

    assert {problem.code for problem in found if problem.is_error} == {"term_without_law"}


def test_a_term_whose_rows_end_before_the_window_does(shipped, law, registries, changed):
    before = {code: [Period(None, changed(shipped.scheme).starts_on)] for code in law}

    assert "term_without_law" in codes(check(shipped, before, registries))


def window(number: int, last: int) -> WindowSpec:
    return WindowSpec(number=number, last_day=date(2025, 7, last), opens_on=date(2025, 7, last))


def altered_call(pack, changed, **more):
    call = next(each for each in pack.calls if each.notice)
    return changed(pack, calls=(changed(call, **more),))


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"region": "elsewhere"}, "unknown_region"),
        ({"publisher": "nobody"}, "unknown_organisation"),
        ({"journey": "no-way"}, "unknown_journey"),
        ({"zone": "Europe/Nowhere"}, "unknown_zone"),
        ({"mailbox": ""}, "left_out"),
        ({"texts": {}}, "missing_section"),
        ({"forms": ("no-form",)}, "unknown_form"),
        ({"choices": ()}, None),
        ({"title": {"it": "solo italiano"}}, "missing_language"),
        ({"purposes": ()}, "left_out"),
        ({"act_on": date(2025, 8, 1)}, "act_after_windows"),
        ({"act_on": date(2025, 7, 31)}, None),
        ({"windows": (window(1, 31), window(2, 30))}, "windows_out_of_order"),
        ({"windows": (window(2, 30), window(1, 31))}, "windows_out_of_order"),
        ({"windows": (window(1, 31),)}, None),
    ],
)
def test_what_is_wrong_with_a_call(shipped, law, registries, changed, more, found):
    errors = {p.code for p in check(altered_call(shipped, changed, **more), law, registries) if p.is_error}

    assert (found in errors) if found else errors == set()


def test_an_unknown_judge(shipped, law, registries, changed):
    call = next(each for each in shipped.calls if each.notice)
    unknown = changed(call.criteria[0], judge="no_such_judge")

    found = check(altered_call(shipped, changed, criteria=(unknown,)), law, registries)

    assert "unknown_criterion" in codes(found)


def test_a_choice_about_nothing(shipped, law, registries, changed):
    call = next(each for each in shipped.calls if each.notice)
    stale = changed(call.choices[0], about="deadline_without_hour:1999-01-01")

    found = check(altered_call(shipped, changed, choices=(*call.choices, stale)), law, registries)

    assert "choice_without_question" in codes(found)


def test_a_gap_that_leads_nowhere(shipped, law, registries, changed):
    gap = GapSpec(path="windows.7.opens_on", what=texts(), source="nowhere", stand_in="2025-01-01")

    assert "wrong_gap" in codes(check(altered_call(shipped, changed, gaps=(gap,)), law, registries))


def test_a_province_in_two_regions(shipped, law, registries, changed):
    one, other, *rest = shipped.scheme.regions
    twice = changed(one, provinces=(*one.provinces, other.provinces[0]))
    scheme = changed(shipped.scheme, regions=(twice, other, *rest))

    assert "duplicated_code" in codes(check(changed(shipped, scheme=scheme), law, registries))


def test_a_duty_of_a_body_nobody_knows(shipped, law, registries, changed):
    duty = changed(shipped.scheme.duties[0], organisation="nobody")
    scheme = changed(shipped.scheme, duties=(duty,))

    assert "unknown_organisation" in codes(check(changed(shipped, scheme=scheme), law, registries))


def test_a_form_whose_field_is_in_no_group(shipped, law, registries, changed):
    form = next(each for each in shipped.forms if each.fields)
    adrift = changed(form, fields=(changed(form.fields[0], section="nowhere"), *form.fields[1:]))

    assert "unknown_group" in codes(check(changed(shipped, forms=(adrift,)), law, registries))


def errors_of(pack, law, registries) -> set[str]:
    return {problem.code for problem in check(pack, law, registries) if problem.is_error}


@pytest.mark.parametrize(("places", "found"), [(0, {"no_places"}), (-5, {"no_places"}), (1, set())])
def test_a_scheme_has_places(shipped, law, registries, changed, places, found):
    scheme = changed(shipped.scheme, places=places)

    assert errors_of(changed(shipped, scheme=scheme), law, registries) == found


@pytest.mark.parametrize(("province", "found"), [("XX", {"unknown_province"}), ("TO", set())])
def test_a_province_is_one_of_italy(shipped, law, registries, changed, province, found):
    one, *rest = shipped.scheme.regions
    scheme = changed(shipped.scheme, regions=(changed(one, provinces=(*one.provinces, province)), *rest))

    assert errors_of(changed(shipped, scheme=scheme), law, registries) == found


@pytest.mark.parametrize("part", ["journeys", "calls"])
def test_a_pack_without_a_part_is_empty(shipped, law, registries, changed, part):
    assert "empty_pack" in errors_of(changed(shipped, **{part: ()}), law, registries)


def test_two_calls_with_one_code(shipped, law, registries, changed):
    call = next(each for each in shipped.calls if each.notice)

    found = check(changed(shipped, calls=(call, call)), law, registries)

    assert [problem.text for problem in found if problem.is_error] == [
        f"the call {call.code} is written twice"
    ]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"months": -1}, {"negative_number"}),
        ({"ages": [3, -3]}, {"negative_number"}),
        ({"months": 0}, set()),
    ],
)
def test_a_number_of_a_criterion_is_not_below_zero(shipped, law, registries, changed, parameters, found):
    call = next(each for each in shipped.calls if each.notice)
    one = changed(call.criteria[0], parameters={**call.criteria[0].parameters, **parameters})
    pack = altered_call(shipped, changed, criteria=(one, *call.criteria[1:]))

    assert errors_of(pack, law, registries) == found


def test_a_main_form_says_who_the_employer_is(shipped, law, registries, changed):
    forms = [
        changed(form, fields=tuple(f for f in form.fields if f.fact != "enterprise.codice_fiscale"))
        for form in shipped.forms
    ]

    assert "form_without_employer" in errors_of(changed(shipped, forms=tuple(forms)), law, registries)
