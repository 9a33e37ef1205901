"""A person's own page and the link of a message in a browser: no barrier, light, whole without scripts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.browser.tools import REFLOW, axe_violations, overflow, weight
from tests.candidates.making import CARLA, NOON, make_candidate, make_scheme
from tragitto.candidates import actions
from tragitto.candidates.actions.confirming import token_of
from tragitto.candidates.actions.looking import look
from tragitto.candidates.models import Candidate, Confirmation
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE = 390
#: What a first view may weigh on the wire.
FIRST_VIEW = 100_000


@pytest.fixture
def amina(transactional_db, settings, monkeypatch) -> Candidate:
    """Amina, who is to confirm soon, whose passport runs out, and whose file was looked at."""
    settings.CAN_SEND_MAIL = True
    monkeypatch.setattr(clock, "now", lambda: NOON)
    scheme = make_scheme()
    today = NOON.date()
    person = make_candidate(
        scheme,
        account=make_person("Amina").code,
        email="amina@example.org",
        confirm_by=today + timedelta(days=9),
        valid_until=today + timedelta(days=700),
        profiles=[each.code for each in scheme.profiles.order_by("position")[:2]],
        passport={"expires_on": today + timedelta(days=90)},
    )
    look(candidate=person, what="photo", actor=CARLA, at=NOON - timedelta(hours=1))
    actions.tend(actor=Actor.system("task"), at=NOON)
    return person


@pytest.fixture
def hers(amina) -> Client:
    from tragitto.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(code=amina.account))
    return client


def home(person: Candidate) -> str:
    return reverse("portal:candidate", args=[person.code])


def link() -> str:
    return reverse("public:interest", args=[token_of(Confirmation.objects.get())])


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_no_barrier_and_no_sideways_scrolling(open_page, amina, hers, language):
    turn = reverse("portal:candidate_turn", args=[amina.code, "withdrawal"])
    for path, client in ((home(amina), hers), (turn, hers), (link(), None)):
        page = open_page(path, language=language, width=REFLOW, client=client)

        assert (axe_violations(page), overflow(page)) == ([], 0), path


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_first_view_is_light(open_page, amina, hers, language):
    for path, client in ((home(amina), hers), (link(), None)):
        page = open_page(path, language=language, width=PHONE, client=client)

        assert sum(weight(page).values()) <= FIRST_VIEW, weight(page)


def test_one_tap_answers_without_scripts_or_sign_in(open_page, amina):
    page = open_page(link(), language="ar", width=PHONE, scripts=False)
    page.locator("button[value=yes]").click()

    assert page.locator("button[value=yes]").count() == 0
    assert Confirmation.objects.get().answered_at == NOON


def test_a_pause_is_two_taps_without_scripts(open_page, amina, hers):
    page = open_page(home(amina), language="it", width=PHONE, scripts=False, client=hers)
    page.locator("a[href$='/pause/']").click()
    page.locator("main form button").click()

    assert Candidate.objects.get(pk=amina.pk).status == "paused"
