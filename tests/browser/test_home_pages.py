"""The employer's pages at home in a browser: without barriers, on a telephone, from right to left."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.conftest import NOON
from tests.employers.making import HOUSE, PERSON, Sent, letter, modulo
from tests.web.calls import load_the_shipped_calls, publish_all
from tests.web.office.world import enter
from tragitto.employers import actions
from tragitto.employers.actions import Declaration
from tragitto.employers.models import Expression, FilingDraft, Representation
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_holidays
from tragitto.schemes.queries import openings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def nina(client: Client) -> tuple[Client, Actor]:
    """Nina, who acts for an enterprise, signed in."""
    user = make_person("Nina")
    return enter(client, user), Actor(user.code, door="portal")


@pytest.fixture
def addresses(nina) -> list[str]:
    """Home with something of everything: a late supplement, a draft, a delegation not yet confirmed."""
    _client, actor = nina
    call = publish_all(load_the_shipped_calls())[0]
    load_holidays(years=range(2024, 2029), actor=HOUSE, at=NOON)
    closes = max(window.closes_at for window in openings(call))
    for at, name in ((closes - timedelta(days=2), "Officine Bruno srl"), (closes, "Officine Bruno spa")):
        message = letter(call, modulo(call, enterprise_name=name), sent=Sent(at=at))
        actions.receive(message=message, call=call, actor=HOUSE, at=at)
    expression = Expression.objects.get()
    Representation.objects.create(
        code="R-3467ACD",
        employer=expression.employer,
        account=actor.code,
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        powers=sorted(Power),
        starts_on=expression.case.filed_at.date(),
        declared_at=clock.now(),
        confirmed=Confirmed.OFFICE,
        confirmed_by="U-CARLA",
        confirmed_at=clock.now(),
    )
    begun = closes - timedelta(hours=9)
    FilingDraft.objects.create(
        code="D-AAAAAAA", call=call, account=actor.code, language="it", started_at=begun, saved_at=begun
    )
    declared = actions.declare_representation(
        declaration=Declaration(
            codice_fiscale=PERSON,
            enterprise_name="Panificio Rossi di Mario Rossi",
            capacity=Capacity.DELEGATE,
            principal_name="Mario Rossi",
            principal_codice_fiscale=PERSON,
            starts_on=clock.now().date(),
        ),
        actor=actor,
        at=clock.now(),
    )
    return [
        reverse("portal:home"),
        reverse("portal:expression", args=[expression.code]),
        reverse("portal:withdraw", args=[expression.code]),
        reverse("portal:representations"),
        reverse("portal:representation", args=[declared.code]),
        reverse("portal:declare"),
        reverse("portal:co_signature_ask", args=["D-AAAAAAA"]),
        reverse("account_login"),
        reverse("sign_up"),
        reverse("sign_up_sent"),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_at_home(addresses, nina, open_page, language):
    found = {
        address: axe_violations(open_page(address, language=language, client=nina[0]))
        for address in addresses
    }

    assert found == {address: [] for address in addresses}


def test_home_does_not_scroll_sideways_at_400_percent(addresses, nina, open_page):
    wide = {
        address: overflow(open_page(address, language="it", width=REFLOW, client=nina[0]))
        for address in addresses
    }

    assert wide == dict.fromkeys(addresses, 0)
