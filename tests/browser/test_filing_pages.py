"""Filing on line in a browser: without barriers, on a telephone, from right to left, without a script."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.employers.sending import answered
from tests.web.calls import load_the_shipped_calls, publish_all
from tests.web.office.world import enter
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.employers import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
MAIN = "domanda-on-line"


@pytest.fixture
def calls() -> dict[str, Call]:
    """The shipped calls, published, by the code of their main form."""
    published = publish_all(load_the_shipped_calls())
    return {call.forms.get(role="main").code: call for call in published}


@pytest.fixture
def bruno(client: Client) -> tuple[Client, Actor]:
    """Bruno, signed in, and as the actions know him."""
    user = make_person("Bruno", "employer", organisation="bruno-srl", kind=OrganisationKind.EMPLOYER)
    return enter(client, user), Actor(user.code, door="portal")


@pytest.fixture
def addresses(calls, bruno) -> list[str]:
    """Every page of a draft in which most is answered, something is wrong, and a delegate signs."""
    _client, actor = bruno
    call = calls[MAIN]
    draft = actions.start_draft(call=call, language="it", actor=actor, at=clock.now())
    answers = answered(call, unit_municipality_1="Milano", signatory_role="delegate", contact_phone=None)
    draft = actions.save_page(
        draft=draft, form=MAIN, answers=answers, revision=0, actor=actor, at=clock.now()
    )
    pages = [("units", 1), ("profiles", 1), ("declarations", 0)]
    return [
        reverse("portal:draft_start", args=[call.code]),
        *(
            reverse(f"portal:draft{name}", args=[draft.code])
            for name in ("", "_check", "_papers", "_discard")
        ),
        *(reverse("portal:draft_page", args=[draft.code, MAIN, *page]) for page in pages),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_in_a_draft(addresses, bruno, open_page, language):
    found = {
        address: axe_violations(open_page(address, language=language, client=bruno[0]))
        for address in addresses
    }

    assert found == {address: [] for address in addresses}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_a_draft_does_not_scroll_sideways_at_400_percent(addresses, bruno, open_page, language):
    wide = {
        address: overflow(open_page(address, language=language, width=REFLOW, client=bruno[0]))
        for address in addresses
    }

    assert wide == dict.fromkeys(addresses, 0)


def test_a_page_is_saved_by_keyboard_alone_without_a_script(addresses, bruno, open_page):
    page = open_page(addresses[-3], language="en", width=390, scripts=False, client=bruno[0])
    page.get_by_label("Municipality").fill("Bologna")

    page.get_by_label("Municipality").press("Enter")

    assert page.url.endswith(f"/{MAIN}/signatory/0/")
