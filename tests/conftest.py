"""The cast and the moments that stories share."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tests.plugin import database_of_the_suite  # noqa: F401
from tragitto.kernel.actors import Actor

#: A working day in the first summer of the scheme.
NOON = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_language_of_an_earlier_test() -> None:
    """A page leaves its language behind in the process: every test begins with the house's own."""
    translation.deactivate()


@pytest.fixture
def carla() -> Actor:
    """Carla, case officer of the office."""
    return Actor(code="U-CARLA", organisation="office", roles=frozenset({"officer"}), door="office")


@pytest.fixture
def dario() -> Actor:
    """Dario, reviewer of the office."""
    return Actor(code="U-DARIO", organisation="office", roles=frozenset({"reviewer"}), door="office")


@pytest.fixture
def stranger() -> Actor:
    """Somebody who has not signed in and must always see nothing."""
    return Actor.stranger()


#: Packages whose world is built once: all their tests go to one process of the suite.
TOGETHER = ("tests/web/office/", "tests/journeys/", "tests/demo/", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each of these packages on one process (`--dist loadgroup`)."""
    for item in items:
        for package in TOGETHER:
            if item.nodeid.startswith(package):
                item.add_marker(pytest.mark.xdist_group(package))
