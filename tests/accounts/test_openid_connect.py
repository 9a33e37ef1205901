"""Signing in with an identity provider, over real HTTP on the loopback address."""

from urllib.parse import parse_qs, urlencode, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from oidc_provider_mock import User as Identity

from tests.accounts.signing_in import HOUSE, give_second_factor, grant_long_ago, make_organisation
from tests.conftest import NOON
from tragitto.accounts import actions
from tragitto.accounts.models import User
from tragitto.web.signing_in import providers, session

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.accounts.office_pages"),
    pytest.mark.usefixtures("no_counts"),
]
NUMBER = "RSSMRA85T10A562S"
LEVEL_2 = "https://www.spid.gov.it/SpidL2"
IDENTITIES = (
    Identity(sub="spid", claims={"fiscal_number": f"TINIT-{NUMBER}", "acr": LEVEL_2}),
    Identity(sub="cie", claims={"https://attributes.eid.gov.it/fiscal_number": NUMBER}),
    Identity(sub="verified", claims={"email": "Greta@example.test", "email_verified": True}),
    Identity(sub="unverified", claims={"email": "greta@example.test", "email_verified": False}),
    Identity(sub="unknown", claims={"fiscal_number": "TINIT-VRDGPP13R10B293P", "name": "Giuseppe Verdi"}),
    Identity(sub="nameless", claims={}),
)
START = "/account/oidc/identity/login/"


@pytest.fixture(scope="module")
def provider():
    """The provider's address."""
    with oidc_provider_mock.run_server_in_thread(user_claims=IDENTITIES, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configure(settings, provider):
    def configure(**changes: object) -> None:
        given = {"issuer": provider, "client": "tragitto", "secret": "s", **changes}
        settings.SOCIALACCOUNT_PROVIDERS = providers.openid_connect(**given)

    configure()
    return configure


@pytest.fixture
def greta() -> User:
    """Greta, case officer, whose codice fiscale the office knows."""
    greta = actions.add_person(
        email="greta@example.test", full_name="Greta", fiscal_number=NUMBER, actor=HOUSE, at=NOON
    )
    grant_long_ago(greta, ["officer"], make_organisation("office"))
    return greta


def asked(client) -> str:
    """The address at the provider to which the sign-in button leads."""
    return client.post(START)["Location"]


def identify(address: str, sub: str) -> str:
    """The address to which the provider sends somebody back who identified as `sub`."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def changed(address: str, **changes: str) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    return parts._replace(query=urlencode(query)).geturl()


def come_back_as(client, sub: str):
    return client.get(identify(asked(client), sub))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("sub", ["spid", "cie"])
def test_a_person_known_by_codice_fiscale_comes_in(client, configure, greta, sub):
    come_back_as(client, sub)

    assert client.session["_auth_user_id"] == str(greta.pk)


def test_the_second_time_the_same_link_is_used(client, configure, greta):
    for _time in range(2):
        come_back_as(client, "spid")
        client.post(reverse("account_logout"))

    assert list(SocialAccount.objects.values_list("user", "uid", "extra_data")) == [(greta.pk, "spid", {})]


@pytest.mark.parametrize("sub", ["nameless", "verified"])
def test_a_person_without_a_codice_fiscale_is_refused(client, configure, greta, sub):
    answer = come_back_as(client, sub)

    assert answer.status_code == 403
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_person_unknown_by_codice_fiscale_gets_an_account_that_opens_nothing(client, configure, greta):
    come_back_as(client, "unknown")

    nobody = User.objects.get(fiscal_number="VRDGPP13R10B293P")
    assert client.session["_auth_user_id"] == str(nobody.pk)
    assert (nobody.email, nobody.full_name, nobody.memberships.count()) == (None, "Giuseppe Verdi", 0)
    assert client.get("/office/").status_code == 403


def test_the_second_time_it_is_the_same_account(client, configure, greta):
    for _time in range(2):
        come_back_as(client, "unknown")
        client.post(reverse("account_logout"))

    assert User.objects.filter(fiscal_number="VRDGPP13R10B293P").count() == 1


def test_by_address_nobody_gets_an_account(client, configure):
    configure(match="email")

    assert come_back_as(client, "verified").status_code == 403
    assert not User.objects.exists()


def test_by_address_only_a_verified_one_counts(client, configure, greta):
    configure(match="email")

    assert come_back_as(client, "unverified").status_code == 403
    assert not is_signed_in(client)


def test_by_a_verified_address_one_comes_in(client, configure, greta):
    configure(match="email")

    come_back_as(client, "verified")

    assert is_signed_in(client)


def test_a_closed_account_is_refused(client, configure, greta):
    User.objects.filter(pk=greta.pk).update(is_active=False)

    assert come_back_as(client, "spid").status_code == 403


def test_an_identity_linked_to_somebody_else_is_refused(client, configure, greta, dario_himself):
    SocialAccount.objects.create(user=dario_himself, provider="identity", uid="spid")

    assert come_back_as(client, "spid").status_code == 403
    assert not is_signed_in(client)


def test_an_identity_cannot_be_added_from_inside(client, configure, greta):
    address = client.post(f"{START}?process=connect")["Location"]

    assert client.get(identify(address, "spid")).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_changed_state_is_refused(client, configure, greta):
    answer = client.get(changed(identify(asked(client), "spid"), state="another"))

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_the_same_answer_is_not_taken_twice(client, configure, greta):
    back = identify(asked(client), "spid")
    client.get(back)
    client.post(reverse("account_logout"))

    assert client.get(back).status_code == 401
    assert not is_signed_in(client)


def test_an_answer_meant_for_another_browser_is_refused(client, configure, greta):
    back = identify(asked(client), "spid")

    assert type(client)().get(back).status_code == 401


def test_a_wrong_nonce_is_refused(client, configure, greta):
    answer = client.get(identify(changed(asked(client), nonce="another"), "spid"))

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_an_answer_meant_for_another_client_is_refused(client, configure, greta):
    answer = client.get(identify(changed(asked(client), client_id="another"), "spid"))

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_a_provider_that_calls_itself_otherwise_is_refused(client, configure, greta, provider):
    configure(issuer=provider.replace("localhost", "127.0.0.1") + "/")

    assert client.post(START).status_code == 401


def test_a_provider_that_does_not_answer_is_said_in_words(client, configure):
    configure(issuer="http://localhost:9")

    assert client.post(START).status_code == 401


def test_the_way_there_asks_no_more_than_needed(client, configure):
    query = parse_qs(urlsplit(asked(client)).query)

    assert set(query["scope"][0].split()) == {"openid", "profile"}
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["nonce"][0]) >= 32


def test_nobody_can_ask_for_more_by_the_address(client, configure):
    address = client.post(f"{START}?scope=phone&auth_params=prompt%3Dnone%26nonce%3Dx")["Location"]
    query = parse_qs(urlsplit(address).query)

    assert "phone" not in query["scope"][0]
    assert "prompt" not in query


def test_a_foreign_page_cannot_start_the_sign_in(client, configure):
    assert client.get(START).status_code == 200


def test_without_a_provider_there_is_no_such_page(client):
    assert client.post(START).status_code == 404


def test_the_providers_word_is_no_second_factor_unless_configured(client, configure, greta):
    come_back_as(client, "spid")

    assert client.get("/office/")["Location"] == reverse("mfa_index")


def test_a_second_factor_set_up_here_is_asked_for(client, configure, greta):
    give_second_factor(greta)

    assert come_back_as(client, "spid")["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_the_providers_second_factor_counts_where_configured(client, configure, greta):
    configure(second_factor=[LEVEL_2])
    give_second_factor(greta)

    assert parse_qs(urlsplit(asked(client)).query)["acr_values"] == [LEVEL_2]
    come_back_as(client, "spid")

    assert client.get("/office/").status_code == 200


def told_by_the_provider(client) -> list[dict[str, object]]:
    """What the session keeps of the provider's word, but when it was given."""
    records = client.session["account_authentication_methods"]
    return [
        {name: value for name, value in record.items() if name != "at"}
        for record in records
        if record["method"] == session.ASSURED
    ]


def test_at_which_level_and_by_what_somebody_was_known_is_kept(client, configure, greta):
    configure(second_factor=[LEVEL_2])
    come_back_as(client, "spid")

    (told,) = told_by_the_provider(client)
    assert told == {"method": "assured", "provider": "SPID / CIE", "acr": LEVEL_2, "by": "fiscal_number"}


@pytest.mark.parametrize("levels", [[], ["https://www.spid.gov.it/SpidL3"]])
def test_without_a_level_that_was_asked_for_nobody_is_vouched_for(client, configure, greta, levels):
    configure(second_factor=levels)
    come_back_as(client, "spid")

    assert told_by_the_provider(client) == []


def test_a_lower_level_does_not_count(client, configure, greta):
    configure(second_factor=[LEVEL_2])
    come_back_as(client, "cie")

    assert client.get("/office/")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    "changes", [{"issuer": "http://gateway.example.test"}, {"client": ""}, {"match": "name"}], ids=str
)
def test_settings_that_cannot_be_used_are_refused(changes):
    given = {"issuer": "https://gateway.example.test", "client": "tragitto", "secret": "s"}

    with pytest.raises(providers.WrongProvider):
        providers.openid_connect(**given | changes)
