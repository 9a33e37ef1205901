"""What was sent on line in a browser: without barriers, on a telephone, from right to left."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.employers.sending import AS_BRUNO, HOUSE, draft
from tests.web.calls import load_the_shipped_calls, publish_all
from tests.web.office.world import enter
from tragitto.accounts.models import User
from tragitto.employers import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def call() -> Call:
    """The call of Emilia-Romagna, published."""
    return next(call for call in publish_all(load_the_shipped_calls()) if "BO" in call.region.provinces)


@pytest.fixture
def pages(call) -> list[tuple[User, str]]:
    """Who looks at what: Bruno at a filing just sent and at one taken in, the office at its message."""
    bruno = make_person("Bruno")
    gina = make_person("Gina", "officer", organisation=call.publisher.code)
    actor, at = Actor(bruno.code, door="portal"), clock.now()
    told = {"identified": AS_BRUNO, "actor": actor, "at": at}
    waiting, done = (
        actions.submit(draft=draft(call, account=bruno.code, at=at - timedelta(minutes=1)), **told)
        for _each in range(2)
    )
    done = actions.take_in_at_once(submission=done, actor=HOUSE, at=at)
    return [
        (bruno, reverse("portal:submission", args=[waiting.code])),
        (bruno, reverse("portal:submission", args=[done.code])),
        (gina, reverse("office:message", args=[done.message.code])),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_in_what_was_sent(pages, open_page, language):
    found = {
        address: axe_violations(open_page(address, language=language, client=enter(Client(), person)))
        for person, address in pages
    }

    assert found == {address: [] for _person, address in pages}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_what_was_sent_does_not_scroll_sideways_at_400_percent(pages, open_page, language):
    wide = {
        address: overflow(open_page(address, language=language, width=REFLOW, client=enter(Client(), person)))
        for person, address in pages
    }

    assert wide == {address: 0 for _person, address in pages}
