"""Tokens of the API: made for partners, shown once, ended at once."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tragitto.accounts import actions, queries
from tragitto.accounts.models import Organisation, Token
from tragitto.accounts.vocabulary import OrganisationKind, Scope
from tragitto.cli import tokens
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("cli")
TODAY, NEXT_YEAR = date(2025, 7, 1), date(2026, 7, 1)
READ = Scope.ROSTER_READ.value


@pytest.fixture
def anapec() -> Organisation:
    return make_organisation("anapec", OrganisationKind.PARTNER)


@pytest.fixture
def made(anapec) -> tuple[Token, str]:
    return actions.make_token(organisation=anapec, scopes=[READ], ends_on=NEXT_YEAR, actor=HOUSE, at=NOON)


def test_a_token_is_shown_once_and_kept_as_a_hash(made):
    token, secret = made

    assert secret.startswith("tragitto_")
    assert secret not in str(Token.objects.values().get())
    assert queries.token_shown(secret, on=TODAY) == token


@pytest.mark.parametrize("shown", ["", "tragitto_made-up", "\ud800"])
def test_nothing_else_is_a_token(made, shown):
    assert queries.token_shown(shown, on=TODAY) is None


def test_a_token_ends_on_its_day(made):
    _token, secret = made

    assert queries.token_shown(secret, on=NEXT_YEAR - timedelta(days=1)) is not None
    assert queries.token_shown(secret, on=NEXT_YEAR) is None


def test_a_revoked_token_opens_nothing(made):
    token, secret = made
    actions.revoke_token(token=token, actor=HOUSE, at=NOON)

    assert queries.token_shown(secret, on=TODAY) is None
    with pytest.raises(Blocked):
        actions.revoke_token(token=token, actor=HOUSE, at=NOON)


@pytest.mark.parametrize(
    ("kind", "scopes", "ends_on", "code"),
    [
        (OrganisationKind.OFFICE, [READ], NEXT_YEAR, "no-tokens-here"),
        (OrganisationKind.EMPLOYER, [READ], NEXT_YEAR, "no-tokens-here"),
        (OrganisationKind.PARTNER, [], NEXT_YEAR, "scope-unknown"),
        (OrganisationKind.PARTNER, ["everything"], NEXT_YEAR, "scope-unknown"),
        (OrganisationKind.PARTNER, [READ], TODAY, "ends-too-early"),
    ],
)
def test_no_token_where_none_should_be(kind, scopes, ends_on, code):
    there = make_organisation("there", kind)

    with pytest.raises(Blocked) as refused:
        actions.make_token(organisation=there, scopes=scopes, ends_on=ends_on, actor=HOUSE, at=NOON)

    assert [finding.code for finding in refused.value.findings] == [code]


def test_an_administrator_looks_after_partners_tokens(anapec):
    administrator = Actor("U-1", "office", frozenset({"administrator"}), "office")

    token, _secret = actions.make_token(
        organisation=anapec, scopes=[READ], ends_on=NEXT_YEAR, actor=administrator, at=NOON
    )
    assert list(queries.tokens(administrator)) == [token]


def test_nobody_else_makes_sees_or_revokes_tokens(carla, stranger, made):
    token, _secret = made
    for actor in (carla, stranger, Actor("U-ELIF", "anapec", frozenset({"partner"}), "portal")):
        with pytest.raises(NotAllowed):
            actions.make_token(
                organisation=token.organisation, scopes=[READ], ends_on=NEXT_YEAR, actor=actor, at=NOON
            )
        with pytest.raises(NotAllowed):
            actions.revoke_token(token=token, actor=actor, at=NOON)
        with pytest.raises(NotFound):
            queries.token_for(actor, token.code)


def test_use_is_noted_once_a_day(made):
    token, secret = made
    for hours in (0, 1, 24):
        shown = queries.token_shown(secret, on=TODAY)
        actions.note_token_use(token=shown, actor=HOUSE, at=NOON + timedelta(hours=hours))

    assert Entry.objects.filter(verb="token.used", subject=token.code).count() == 2


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"scopes": []}, "api_token_scopes_known"),
        ({"scopes": ["all"]}, "api_token_scopes_known"),
        ({"ends_on": TODAY}, "api_token_ends_after_it_was_made"),
        ({"revoked_at": NOON - timedelta(days=1)}, "api_token_revoked_after_it_was_made"),
    ],
)
def test_the_database_keeps_tokens_in_form(made, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Token.objects.update(**values)


def run(command, *arguments: str):
    with override("en"):
        return CliRunner().invoke(command, arguments)


def test_the_commands_make_list_and_end_a_token(anapec):
    made = run(tokens.make, "anapec", "--scope", READ, "--until", "2999-01-01")
    secret = made.output.split()[-1]
    token = Token.objects.get()
    assert queries.token_shown(secret, on=TODAY) == token

    listed = run(tokens.list_tokens).output
    assert listed == f"{token.code}  anapec  roster.read  until 2999-01-01  never used\n"
    assert run(tokens.revoke, token.code).output == f"{token.code} opens nothing any more.\n"
    assert "revoked" in run(tokens.list_tokens).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "--scope", READ, "--until", "2999-01-01"), "There is no nowhere."),
        (("anapec", "--scope", READ, "--until", "2001-01-01"), "later day than today"),
        (("anapec", "--scope", "all", "--until", "2999-01-01"), "roster.read"),
    ],
)
def test_a_command_that_refuses_says_why(anapec, arguments, said):
    result = run(tokens.make, *arguments)

    assert result.exit_code != 0
    assert said in result.output
