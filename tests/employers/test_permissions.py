"""Role × verb × relation: the table of the room, printed for the docs, and each verb asking it."""

from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.employers.making import finding, letter, modulo
from tragitto.accounts.vocabulary import Role
from tragitto.employers import actions, permissions
from tragitto.employers.models import LateAdmission, Letter
from tragitto.employers.vocabulary import Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotAllowed
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db

#: Verb: the roles that may within the office that reviews, and whether the house itself may.
TABLE = {
    "expression.receive": ({"officer"}, True),
    "expression.evaluate": ({"officer", "reviewer"}, True),
    "expression.judge": ({"reviewer"}, False),
    "expression.propose": ({"officer", "reviewer"}, False),
    "expression.admit": ({"reviewer"}, False),
    "expression.refuse": ({"reviewer"}, False),
    "expression.withdraw": ({"officer", "reviewer"}, False),
    "expression.withdraw_consent": ({"officer", "reviewer"}, False),
    "letter.write": ({"officer", "reviewer"}, False),
    "letter.answer": ({"officer", "reviewer"}, True),
    "expression.propose_late": ({"officer", "reviewer"}, False),
    "expression.decide_late": ({"reviewer"}, False),
}


def test_the_table_lists_every_verb():
    assert set(TABLE) == set(permissions.VERBS)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("verb", sorted(TABLE))
def test_a_role_may_at_the_office_that_reviews_what_the_table_says(verb, role, carla, lombardia):
    actor = replace(carla, roles=frozenset({role}))

    assert permissions.may(actor, verb, lombardia) == (role in TABLE[verb][0])


@pytest.mark.parametrize("verb", sorted(TABLE))
def test_the_same_role_elsewhere_may_nothing(verb, carla, lombardia):
    elsewhere = replace(carla, roles=frozenset(Role.values), organisation="another-office")

    assert not permissions.may(elsewhere, verb, lombardia)


@pytest.mark.parametrize("verb", sorted(TABLE))
def test_the_house_may_only_prepare(verb, lombardia):
    assert permissions.may(Actor.system("task"), verb, lombardia) == TABLE[verb][1]


def attempt(verb: str, expression, actor) -> object:
    """Do `verb` as `actor`."""
    told = {"actor": actor, "at": NOON}
    if verb == "expression.receive":
        message = letter(expression.call, modulo(expression.call))
        return actions.receive(message=message, call=expression.call, **told)
    if verb == "expression.evaluate":
        return actions.evaluate(version=expression.current, **told)
    if verb == "expression.judge":
        found = finding(expression, "in_time")
        return actions.judge(finding=found, verdict=Verdict.CONFIRMED, **told)
    if verb == "expression.propose":
        outcome = Outcome.ADMITTED
        return actions.propose(expression=expression, outcome=outcome, reasons="Yes.", **told)
    if verb == "expression.admit":
        return actions.admit(expression=expression, reasons=["Yes."], **told)
    if verb == "expression.refuse":
        return actions.refuse(expression=expression, ground="No.", **told)
    if verb == "letter.write":
        return actions.start_notice(expression=expression, **told)
    if verb == "letter.answer":
        told["letter"] = Letter(expression=expression)
        return actions.take_observation(text="No.", **told)
    if verb == "expression.propose_late":
        late = {"version": expression.current, "exception": "x", "reason": "Attested."}
        return actions.propose_late_admission(**late, **told)
    if verb == "expression.decide_late":
        late = {"version": expression.current, "exception": "x", "reason": "Attested."}
        proposed = LateAdmission.objects.create(**late, proposed_by="U-CARLA", proposed_at=NOON)
        return actions.decide_late_admission(admission=proposed, is_admitted=True, ground="Yes.", **told)
    if verb == "expression.withdraw_consent":
        return actions.withdraw_consent(expression=expression, withdrawn_at=NOON, **told)
    return actions.withdraw(expression=expression, reason="Asked for.", **told)


@pytest.mark.parametrize("verb", sorted(TABLE))
def test_every_verb_asks_the_table(verb, file, stranger):
    expression = file()
    expression.refresh_from_db()

    with pytest.raises(NotAllowed):
        attempt(verb, expression, stranger)


def test_confirming_all_that_is_met_asks_too(file, carla):
    expression = file()
    expression.refresh_from_db()

    with pytest.raises(NotAllowed):
        actions.confirm_met(version=expression.current, actor=carla, at=NOON)
