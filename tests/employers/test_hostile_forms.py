"""Whatever somebody writes into a form, the filing is taken, judged and can be admitted: nothing fails."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.employers.making import (
    COMPANY,
    HOUSE,
    finding,
    free_of_conflicts,
    letter,
    modulo,
    states,
    written,
)
from tragitto.employers import actions
from tragitto.employers.models import Employer, Position
from tragitto.employers.reading import Enterprise
from tragitto.employers.rules import identity
from tragitto.employers.vocabulary import State
from tragitto.records import actions as records
from tragitto.records.vocabulary import MessageState
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db
SPELLINGS = ["00743110157:::::", "００７４３１１０１５７", "٠٠٧٤٣١١٠١٥٧", "0074311015 7\u200b"]
#: What the store of the records can keep of a text at all.
KEPT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
#: Words that mean something to some field, and words near a bound.
NEAR = st.sampled_from(
    [
        "31/12/9999",
        "0001-01-01",
        "9999-12-31",
        "40000",
        "-1",
        "²",
        "x" * 5000,
        COMPANY,
        "delegate",
        "BG",
        "/Yes",
    ]
)


@pytest.mark.parametrize(
    ("change", "judge"),
    [
        ({"enterprise_name": "x" * 301}, "forms_complete"),
        ({"constituted_on": "31/12/9999"}, "constituted_and_active"),
        ({"active_since": "01/01/0001"}, "constituted_and_active"),
        ({"profile_workers_1": "40000"}, "forms_complete"),
        ({"profile_workers_1": "9" * 20}, "forms_complete"),
    ],
    ids=["long name", "far day", "first day", "many workers", "very many workers"],
)
def test_what_nobody_can_have_meant_is_unknown_and_stops_no_admission(
    lombardia, settle, carla, dario, change, judge
):
    message = records.place_by_itself(
        code=letter(lombardia, modulo(lombardia, **change)).code, actor=HOUSE, at=NOON
    )
    expression = lombardia.expressions.get()
    found = states(expression)[judge]
    free_of_conflicts(expression)
    settle(expression)
    told = {"expression": expression, "at": NOON}
    actions.propose(**told, outcome=Outcome.ADMITTED, reasons="Looked at.", actor=carla)

    actions.admit(**told, reasons=["Looked at."], actor=dario)

    assert (message.state, found) == (MessageState.FILED, State.UNKNOWN)
    assert Position.objects.count() == 1


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_has_one_spelling(number):
    assert not identity.is_company_number(identity.tidied(number))
    assert not identity.is_personal_number(identity.tidied(number))


def test_a_name_given_by_hand_is_kept_as_far_as_it_goes(lombardia, carla):
    message = letter(lombardia, modulo(lombardia, enterprise_codice_fiscale=None))
    choice = {"call": lombardia.code, "codice_fiscale": COMPANY, "name": "x" * 1000}
    records.place_by_itself(code=message.code, actor=HOUSE, at=NOON)
    message.refresh_from_db()

    records.place(message=message, taker="expression", choice=choice, actor=carla, at=NOON)

    assert Employer.objects.get().name == "x" * 300


def test_a_judge_that_fails_knows_nothing_and_stops_no_filing(file, lombardia, monkeypatch):
    def fails(facts: object, frame: object, wanted: object) -> None:
        raise OverflowError

    entry = CRITERIA.get("sector_hint")
    monkeypatch.setitem(CRITERIA._entries, "sector_hint", type(entry)(entry.name, fails, entry.needs))

    hint = finding(file(), "sector_hint")

    assert (hint.state, hint.explanation) == (State.UNKNOWN, "judge_failed")
    assert hint.parameters == {"error": "OverflowError"}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(data=st.data())
def test_no_words_in_any_field_make_receiving_or_judging_fail(lombardia, carla, data):
    fields = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(written(lombardia), KEPT | NEAR)))
    told: dict[str, Any] = {"actor": carla, "at": NOON}

    with transaction.atomic():
        message = letter(lombardia, modulo(lombardia, **fields))
        filed = actions.receive(
            message=message, call=lombardia, enterprise=Enterprise(COMPANY, "Bruno"), **told
        )
        actions.evaluate(version=filed.version, **told)
        assert not filed.version.findings.filter(explanation="judge_failed").exists()
        transaction.set_rollback(True)
