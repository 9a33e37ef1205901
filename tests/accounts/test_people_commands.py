"""People and organisations on the command line."""

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.utils.translation import override

from tests.accounts.signing_in import (
    PASSWORD,
    give_password,
    give_second_factor,
    make_organisation,
    make_person,
)
from tragitto.accounts import queries
from tragitto.accounts.models import Membership, Organisation, User
from tragitto.cli import people

pytestmark = pytest.mark.django_db
NADIA = ("nadia@example.test", "--name", "Nadia")


def run(command, *arguments: str) -> Result:
    # As the house does for every command: a terminal is spoken to in English.
    with override("en"):
        return CliRunner().invoke(command, arguments)


def link_in(result: Result) -> str:
    (line,) = [line.strip() for line in result.output.splitlines() if "://" in line]
    return line.removeprefix(settings.ADDRESS)


def test_an_organisation_is_entered():
    result = run(people.add_organisation, "office", "The office", "--kind", "office")

    assert (result.exit_code, Organisation.objects.get().name) == (0, "The office")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*NADIA, "--organisation", "nowhere", "--role", "officer"), "There is no nowhere."),
        ((*NADIA, "--organisation", "office", "--role", "employer"), "does not have this role"),
        ((*NADIA, "--organisation", "office", "--role", "king"), "king"),
    ],
)
def test_a_wrong_word_is_answered_and_nothing_is_granted(office, arguments, said):
    result = run(people.add, *arguments)

    assert result.exit_code != 0
    assert said in result.output
    assert not Membership.objects.exists()


def test_a_person_is_added_with_roles_and_a_link_that_works(client, office):
    result = run(people.add, *NADIA, "--organisation", "office", "--role", "officer", "--role", "reviewer")

    page = client.get(link_in(result))
    client.post(page["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    nadia = User.objects.get()
    assert nadia.check_password(PASSWORD)
    assert nadia.memberships.get().roles == ["officer", "reviewer"]


def test_added_again_a_person_gets_the_new_roles_and_no_second_account(office):
    give_password(make_person("Nadia", "officer"))

    result = run(
        people.add, "NADIA@example.test", *NADIA[1:], "--organisation", "office", "--role", "reviewer"
    )

    assert User.objects.get().memberships.get().roles == ["reviewer"]
    assert "://" not in result.output


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [("bad code", "Office", "letters, digits, dots and hyphens"), ("office", " ", "needs a name")],
)
def test_an_organisation_without_a_proper_code_or_name_is_refused(code, name, said):
    result = run(people.add_organisation, code, name, "--kind", "office")

    assert (result.exit_code, Organisation.objects.count()) == (1, 0)
    assert said in result.output


@pytest.mark.parametrize(
    ("email", "name", "said"),
    [("notamail", "Nadia", "not an e-mail address"), ("nadia@example.test", " ", "needs the person's name")],
)
def test_an_account_without_a_proper_address_or_name_is_refused(office, email, name, said):
    result = run(people.add, email, "--name", name, "--organisation", "office", "--role", "officer")

    assert (result.exit_code, User.objects.count()) == (1, 0)
    assert said in result.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--name", "Somebody Else"), "another name"),
        (("--fiscal-number", "RSSMRA85T10A562S"), "another codice fiscale, or none"),
    ],
)
def test_an_account_is_not_changed_by_the_way(office, more, said):
    make_person("Nadia", "officer")

    result = run(people.add, NADIA[0], *more, "--organisation", "office", "--role", "reviewer")

    assert (result.exit_code, User.objects.get().memberships.get().roles) == (1, ["officer"])
    assert said in result.output


def test_a_known_address_needs_no_name(office):
    make_person("Nadia", "officer")

    run(people.add, NADIA[0], "--organisation", "office", "--role", "reviewer")

    assert User.objects.get().memberships.get().roles == ["reviewer"]


def test_a_refused_role_leaves_no_account_behind(office):
    run(people.add, *NADIA, "--organisation", "office", "--role", "employer")

    assert not User.objects.exists()


def test_people_are_listed_with_what_they_hold(carla_herself):
    give_second_factor(carla_herself)

    lines = run(people.list_people).output.splitlines()

    assert lines == [
        f"{carla_herself.code}  carla@example.test  second factor",
        "    office: officer, from 2025-01-01",
    ]


def test_a_person_is_invited_again(carla_herself):
    assert "/password/reset/key/" in link_in(run(people.invite, carla_herself.code))


def test_nobody_is_not_invited(db):
    result = run(people.invite, "U-NOBODY")

    assert (result.exit_code, "Error: There is no U-NOBODY. Look up" in result.output) == (1, True)


def test_a_membership_is_ended(carla_herself):
    run(people.end, carla_herself.code, "office")

    assert carla_herself.memberships.get().ends_on is not None


def test_a_membership_that_is_not_there_cannot_be_ended(carla_herself):
    make_organisation("office-2")

    result = run(people.end, carla_herself.code, "office-2")

    assert (result.exit_code, "does not act" in result.output) == (1, True)


def test_a_second_factor_is_reset_with_a_link_to_begin_anew(carla_herself):
    give_second_factor(carla_herself)

    result = run(people.reset_factor, carla_herself.code)

    assert "/password/reset/key/" in link_in(result)
    assert queries.factor_types(carla_herself) == frozenset()
