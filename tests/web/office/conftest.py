"""One world for all stories of the office's pages, built in a transaction that is never committed."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.accounts.signing_in import make_organisation, make_person
from tests.web.office import world as making
from tests.web.office.world import STORY, World, building, enter, person
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.employers.models import ARRIVAL, Expression


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Law, scheme, three published calls, and the messages of the first call's story."""
    with django_db_blocker.unblock(), building(tmp_path_factory.mktemp("house")) as world:
        for filing in [each for each in STORY.filings if each.call == world.call.code][:4]:
            world.post_filing(filing)
        for oddity in STORY.oddities:
            world.post_oddity(oddity)
        yield world


@pytest.fixture
def world(made, db, settings) -> World:
    """The world on the office's day of the story."""
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    return made


@pytest.fixture
def carla_herself(world) -> User:
    """Carla, case officer of the office that reviews."""
    return person("Carla", "officer", office=world.call.publisher)


@pytest.fixture
def dario_himself(world) -> User:
    """Dario, reviewer of the office that reviews."""
    return person("Dario", "reviewer", office=world.call.publisher)


@pytest.fixture
def rita_herself(world) -> User:
    """Rita, the second reviewer."""
    return person("Rita", "reviewer", office=world.call.publisher)


@pytest.fixture
def olga_herself(world) -> User:
    """Olga, who may look and nothing else."""
    return person("Olga", "observer", office=world.call.publisher)


@pytest.fixture
def sara_herself(world) -> User:
    """Sara, reviewer of an office that has no duty in the scheme."""
    return person("Sara", "reviewer", office=make_organisation("another-office"))


@pytest.fixture
def carla_in(client: Client, carla_herself) -> Client:
    return enter(client, carla_herself)


@pytest.fixture
def dario_in(carla_herself, dario_himself) -> Client:
    return enter(Client(), dario_himself)


@pytest.fixture
def rita_in(rita_herself) -> Client:
    return enter(Client(), rita_herself)


@pytest.fixture
def olga_in(olga_herself) -> Client:
    return enter(Client(), olga_herself)


@pytest.fixture
def sara_in(sara_herself) -> Client:
    return enter(Client(), sara_herself)


@pytest.fixture
def expression(world) -> Expression:
    """The first in the queue of the story's first call."""
    return Expression.objects.filter(call=world.call).order_by(*ARRIVAL).first()


@pytest.fixture
def bruno_in(world) -> Client:
    """Bruno, employer, signed in: no business in the office."""
    bruno = make_person("Bruno", "employer", organisation="bruno-srl", kind=OrganisationKind.EMPLOYER)
    return enter(Client(), bruno)
