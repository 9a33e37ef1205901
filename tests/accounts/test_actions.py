"""People, organisations and who acts for whom: each verb, first seen refusing."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from tests.accounts.signing_in import (
    HOUSE,
    PASSWORD,
    give_password,
    give_second_factor,
    grant_long_ago,
    make_organisation,
    make_person,
    secret_of,
)
from tests.conftest import NOON
from tragitto.accounts import actions, queries
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def greta() -> Actor:
    """Greta, administrator of the office."""
    greta = make_person("Greta", "administrator")
    return queries.actor_for(greta, on=TODAY, door="office")


def reasons(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def last_entry() -> tuple[str, str, str, dict]:
    entry = Entry.objects.order_by("-pk").first()
    return entry.verb, entry.subject, entry.actor, entry.facts


def test_a_case_officer_opens_no_account(carla):
    with pytest.raises(NotAllowed):
        actions.add_person(email="x@example.test", full_name="X", actor=carla, at=NOON)

    assert not User.objects.exists()


def test_a_new_account_opens_nothing(greta):
    nadia = actions.add_person(email="Nadia@Example.Test", full_name="Nadia", actor=greta, at=NOON)

    assert (nadia.email, nadia.has_usable_password()) == ("nadia@example.test", False)
    assert queries.actor_for(nadia, on=TODAY, door="office").roles == frozenset()
    assert last_entry() == ("person.added", nadia.code, greta.code, {"language": "it"})


def test_an_address_has_one_account(greta, carla_herself):
    with pytest.raises(Blocked) as refusal:
        actions.add_person(email="CARLA@example.test", full_name="C", actor=greta, at=NOON)

    assert reasons(refusal) == ["email-taken"]


def test_a_wrong_codice_fiscale_is_refused(greta):
    with pytest.raises(Blocked) as refusal:
        actions.add_person(
            email="n@example.test", full_name="N", fiscal_number="RSSMRA85T10A562T", actor=greta, at=NOON
        )

    assert reasons(refusal) == ["fiscal-number-wrong"]


def test_a_codice_fiscale_has_one_account(greta):
    given = {"full_name": "N", "fiscal_number": "RSSMRA85T10A562S", "actor": greta, "at": NOON}
    actions.add_person(email="n@example.test", **given)

    with pytest.raises(Blocked) as refusal:
        actions.add_person(email="m@example.test", **given)

    assert reasons(refusal) == ["fiscal-number-taken"]


def test_an_administrator_founds_no_office(greta):
    with pytest.raises(NotAllowed):
        actions.found_organisation(code="new", name="New", kind=OrganisationKind.OFFICE, actor=greta, at=NOON)


def test_an_administrator_enters_an_employer(greta):
    actions.found_organisation(
        code="bruno-srl", name="Bruno S.r.l.", kind=OrganisationKind.EMPLOYER, actor=greta, at=NOON
    )

    assert last_entry() == ("organisation.founded", "bruno-srl", greta.code, {"kind": "employer"})


def test_an_organisations_code_is_taken_once(office):
    with pytest.raises(Blocked) as refusal:
        actions.found_organisation(
            code="office", name="X", kind=OrganisationKind.OFFICE, actor=HOUSE, at=NOON
        )

    assert reasons(refusal) == ["code-taken"]


def test_an_administrator_grants_nothing_in_another_office(greta):
    other, nadia = make_organisation("office-2"), make_person("Nadia")

    with pytest.raises(NotAllowed):
        actions.grant(user=nadia, organisation=other, roles=["officer"], actor=greta, at=NOON)


def test_an_administrator_grants_nothing_to_herself(greta, office):
    herself = User.objects.get(code=greta.code)

    with pytest.raises(NotAllowed):
        actions.grant(user=herself, organisation=office, roles=["publisher"], actor=greta, at=NOON)


def test_an_employer_gets_no_role_of_the_office(greta):
    nadia, firm = make_person("Nadia"), make_organisation("bruno-srl", OrganisationKind.EMPLOYER)

    with pytest.raises(Blocked) as refusal:
        actions.grant(user=nadia, organisation=firm, roles=["employer", "officer"], actor=greta, at=NOON)

    assert refusal.value.findings[0].facts == {"roles": ["officer"]}


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"roles": []}, "no-role"), ({"roles": ["officer"], "ends_on": TODAY}, "ends-before-start")],
)
def test_a_membership_needs_a_role_and_a_day(greta, office, given, reason):
    with pytest.raises(Blocked) as refusal:
        actions.grant(user=make_person("Nadia"), organisation=office, actor=greta, at=NOON, **given)

    assert reasons(refusal) == [reason]


def test_roles_begin_on_the_day_in_rome(greta, office):
    nadia, late = make_person("Nadia"), NOON.replace(day=30, month=6, hour=22, minute=30)

    actions.grant(user=nadia, organisation=office, roles=["officer"], actor=greta, at=late)

    assert nadia.memberships.get().starts_on == date(2025, 7, 1)


def test_a_grant_replaces_the_former_one_and_is_written_down(greta, office):
    nadia = make_person("Nadia", "officer")

    actions.grant(user=nadia, organisation=office, roles=["reviewer"], actor=greta, at=NOON)

    assert nadia.memberships.get().roles == ["reviewer"]
    facts = {"organisation": "office", "roles": ["reviewer"], "starts_on": "2025-07-01", "ends_on": None}
    assert last_entry() == ("membership.granted", nadia.code, greta.code, facts)


def test_a_revoked_membership_ends_that_day(greta, office, carla_herself):
    actions.revoke(user=carla_herself, organisation=office, actor=greta, at=NOON)

    assert queries.actor_for(carla_herself, on=TODAY, door="office").roles == frozenset()
    assert queries.actor_for(carla_herself, on=TODAY - timedelta(days=1), door="office").has("officer")


def test_a_membership_that_had_not_begun_is_taken_away(greta, office):
    nadia = make_person("Nadia")
    actions.grant(user=nadia, organisation=office, roles=["officer"], actor=greta, at=NOON)

    actions.revoke(user=nadia, organisation=office, actor=greta, at=NOON)

    assert not nadia.memberships.exists()


def test_a_membership_that_is_not_there_cannot_be_revoked(greta, office):
    with pytest.raises(Blocked) as refusal:
        actions.revoke(user=make_person("Nadia"), organisation=office, actor=greta, at=NOON)

    assert reasons(refusal) == ["no-membership"]


def test_one_switches_only_to_an_organisation_of_ones_own(carla_herself):
    carla = Actor(code=carla_herself.code)

    with pytest.raises(Blocked):
        actions.switch_organisation(
            user=carla_herself, organisation=make_organisation("office-2"), actor=carla, at=NOON
        )


def test_nobody_switches_somebody_else(greta, carla_herself, office):
    with pytest.raises(NotAllowed):
        actions.switch_organisation(user=carla_herself, organisation=office, actor=greta, at=NOON)


def test_after_the_switch_one_acts_for_the_other(carla_herself):
    second = make_organisation("office-2")
    grant_long_ago(carla_herself, ["reviewer"], second)

    actions.switch_organisation(
        user=carla_herself, organisation=second, actor=Actor(code=carla_herself.code), at=NOON
    )

    acting = queries.actor_for(carla_herself, on=TODAY, door="office")
    assert (acting.organisation, acting.roles) == ("office-2", {"reviewer"})


def test_nobody_resets_the_own_second_factor(greta):
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(user=User.objects.get(code=greta.code), actor=greta, at=NOON)


def test_a_case_officer_resets_no_second_factor(carla, dario_himself):
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(user=dario_himself, actor=carla, at=NOON)


def test_keys_to_another_office_are_not_renewed_from_here(greta, carla_herself):
    grant_long_ago(carla_herself, ["officer"], make_organisation("office-2"))

    with pytest.raises(NotAllowed):
        actions.invite(user=carla_herself, actor=greta, at=NOON)


def test_a_reset_takes_factors_and_password(greta, carla_herself):
    give_password(carla_herself)
    give_second_factor(carla_herself)

    actions.reset_second_factor(user=carla_herself, actor=greta, at=NOON)

    assert queries.factor_types(carla_herself) == frozenset()
    assert not carla_herself.has_usable_password()
    assert last_entry() == ("person.factor_reset", carla_herself.code, greta.code, {"removed": 1})


def test_nobody_but_the_house_enrols_a_factor_for_somebody(greta, carla_herself):
    with pytest.raises(NotAllowed):
        actions.enrol_totp(user=carla_herself, secret=secret_of(carla_herself), actor=greta, at=NOON)


def test_a_second_factors_secret_is_kept_encrypted(carla_herself):
    give_second_factor(carla_herself)
    give_second_factor(carla_herself)  # again: replaces the first

    kept = Authenticator.objects.get(user=carla_herself).data["secret"]

    assert secret_of(carla_herself) not in kept
    assert decrypt(kept) == secret_of(carla_herself)


def test_a_secret_survives_a_new_key_while_the_old_one_is_named(settings, carla_herself):
    give_second_factor(carla_herself)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-for-tests"

    kept = Authenticator.objects.get(user=carla_herself).data["secret"]

    assert decrypt(kept) == secret_of(carla_herself)


def test_nobody_sets_somebody_elses_password(greta, carla_herself):
    with pytest.raises(NotAllowed):
        actions.set_password(user=carla_herself, password=PASSWORD, actor=greta, at=NOON)


def test_the_ledger_holds_no_name_and_no_address(greta, carla_herself, office):
    actions.invite(user=carla_herself, actor=greta, at=NOON)
    actions.revoke(user=carla_herself, organisation=office, actor=greta, at=NOON)

    told = " ".join(map(str, Entry.objects.values_list("subject", "actor", "facts")))

    assert "carla" not in told.lower()
