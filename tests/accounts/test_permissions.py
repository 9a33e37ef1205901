"""Who may do what with people: every role, every relation, every verb."""

import pytest

from tests.plugin import ROOT
from tragitto.accounts import permissions
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import OrganisationKind, Role
from tragitto.kernel.actors import Actor

OWN = Organisation(code="office", kind=OrganisationKind.OFFICE)
OTHER_OFFICE = Organisation(code="office-2", kind=OrganisationKind.OFFICE)
EMPLOYER = Organisation(code="bruno-srl", kind=OrganisationKind.EMPLOYER)
SOMEBODY, ONESELF = User(code="U-SOMEBODY"), User(code="U-ACTOR")
VERBS = {
    "read people": permissions.may_read_people,
    "add a person": permissions.may_add_person,
    "found an office": lambda actor: permissions.may_found_organisation(actor, OrganisationKind.OFFICE),
    "found an employer": lambda actor: permissions.may_found_organisation(actor, OrganisationKind.EMPLOYER),
    "grant in the own organisation": lambda actor: permissions.may_grant(actor, SOMEBODY, OWN),
    "grant in another office": lambda actor: permissions.may_grant(actor, SOMEBODY, OTHER_OFFICE),
    "grant at an employer": lambda actor: permissions.may_grant(actor, SOMEBODY, EMPLOYER),
    "grant to oneself": lambda actor: permissions.may_grant(actor, ONESELF, OWN),
    "renew keys of a colleague": lambda actor: permissions.may_renew_keys(actor, SOMEBODY, [OWN]),
    "renew keys of another office": lambda actor: permissions.may_renew_keys(actor, SOMEBODY, [OTHER_OFFICE]),
    "renew keys that open both": lambda actor: permissions.may_renew_keys(
        actor, SOMEBODY, [OWN, OTHER_OFFICE]
    ),
    "renew one's own keys": lambda actor: permissions.may_renew_keys(actor, ONESELF, [OWN]),
    "switch somebody else": lambda actor: permissions.may_switch(actor, SOMEBODY),
    "switch oneself": lambda actor: permissions.may_switch(actor, ONESELF),
    "enrol for another": permissions.may_enrol_for_another,
}
ADMINISTRATOR = {
    "read people",
    "add a person",
    "found an employer",
    "grant in the own organisation",
    "grant at an employer",
    "renew keys of a colleague",
    "switch oneself",
}
MATRIX = {role: {"switch oneself"} for role in Role} | {Role.ADMINISTRATOR: ADMINISTRATOR}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role, verb):
    actor = Actor(code=ONESELF.code, organisation=OWN.code, roles=frozenset({role}), door="office")

    assert VERBS[verb](actor) is (verb in MATRIX[role])


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_may_do_nothing(verb, stranger):
    assert VERBS[verb](stranger) is False


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"switch somebody else", "switch oneself"}))
def test_the_house_itself_may_do_all_but_choose_for_somebody(verb):
    assert VERBS[verb](Actor.system("cli")) is True


def row(verb: str) -> str:
    house = VERBS[verb](Actor.system("cli"))
    answers = (house, verb in ADMINISTRATOR, verb in MATRIX[Role.OFFICER])
    return f"| {verb} | " + " | ".join("yes" if answer else "no" for answer in answers) + " |"


def test_the_docs_show_this_very_table():
    written = (ROOT / "docs" / "accounts.md").read_text().splitlines()

    assert [line for line in written if line.startswith("| ")][2:] == [row(verb) for verb in VERBS]
