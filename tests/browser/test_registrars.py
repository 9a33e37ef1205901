"""The pages of registrars in a browser: no barrier, no sideways scrolling, whole without scripts."""

import os

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.candidates.making import REGISTRAR_ORGANISATION, make_scheme
from tests.candidates.registering_others import applied, row, taken, tried, verdicts, xlsx
from tragitto.accounts.models import Organisation
from tragitto.candidates.models import Batch
from tragitto.schemes.models import Scheme

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE, DESK = 390, 1280


@pytest.fixture
def scheme(transactional_db) -> Scheme:
    return make_scheme()


@pytest.fixture
def elif_in(scheme) -> Client:
    user = make_person("Elif")
    grant_long_ago(user, ["partner"], Organisation.objects.get(code=REGISTRAR_ORGANISATION))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def batch(scheme) -> Batch:
    """A list in which every kind of row is."""
    applied(scheme, [row(1, town="Fès"), row(2)])
    return tried(
        scheme,
        [
            row(1, town="Rabat", housing="help"),
            row(2),
            row(3),
            row(4, birth_on="27 mars", phone="12"),
            row(5),
            row(5, reference="AN-6"),
        ],
    )


def pages(scheme: Scheme, batch: Batch) -> dict[str, str]:
    return {
        "lists": reverse("portal:batches"),
        "list": reverse("portal:batch", args=[batch.code]),
        "moving": reverse("portal:batch", args=[taken(scheme, [row(9)]).code]),
        "people": reverse("portal:batch_people", args=[scheme.code]),
    }


@pytest.mark.parametrize("language", ["it", "ar"])
def test_no_barrier_and_no_sideways_scrolling(open_page, elif_in, scheme, batch, language):
    assert verdicts(batch) == ["changed", "same", "new", "refused", "doubtful", "doubtful"]
    for name, path in pages(scheme, batch).items():
        for width in (REFLOW, PHONE, DESK):
            page = open_page(path, language=language, width=width, client=elif_in)
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/{name}_{language}_{width}.png", full_page=True)
            assert overflow(page) == 0, (name, width)
        assert axe_violations(page) == [], name


def test_a_list_is_sent_without_scripts(open_page, elif_in, scheme, tmp_path):
    file = tmp_path / "anapec.xlsx"
    file.write_bytes(xlsx([row(1), row(2)]))
    page = open_page(reverse("portal:batches"), language="fr", scripts=False, client=elif_in)

    page.set_input_files("input[type=file]", file)
    page.click("main form[enctype] button")

    assert Batch.objects.get().total == 2
    assert page.url.endswith(reverse("portal:batch", args=[Batch.objects.get().code]))
