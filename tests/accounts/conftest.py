"""The cast with real accounts, and quick hashes."""

import pytest
from django.core.cache import cache

from tests.accounts.signing_in import make_organisation, make_person
from tests.web.conftest import plain_static_files  # noqa: F401
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import OrganisationKind


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """Scrypt takes its time by intention; one test looks at the real one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def no_counts(db):
    """No failed sign-ins and no used codes of earlier tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def office(db) -> Organisation:
    return make_organisation("office")


@pytest.fixture
def carla_herself(db) -> User:
    """Carla, case officer."""
    return make_person("Carla", "officer")


@pytest.fixture
def dario_himself(db) -> User:
    """Dario, reviewer."""
    return make_person("Dario", "reviewer")


@pytest.fixture
def bruno_himself(db) -> User:
    """Bruno, employer."""
    return make_person("Bruno", "employer", organisation="bruno-srl", kind=OrganisationKind.EMPLOYER)


@pytest.fixture
def elif_herself(db) -> User:
    """Elif, partner."""
    return make_person("Elif", "partner", organisation="elif-ong", kind=OrganisationKind.PARTNER)
