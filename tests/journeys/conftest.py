"""The office's world after every filing of the story has come in."""

from collections.abc import Iterator

import pytest

from tests.web.conftest import plain_static_files  # noqa: F401
from tests.web.office import world as making
from tests.web.office.world import STORY, World, building


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Law, scheme, three published calls and their filings, in a transaction that is never committed."""
    with django_db_blocker.unblock(), building(tmp_path_factory.mktemp("house")) as world:
        for filing in STORY.filings:
            world.post_filing(filing)
        yield world


@pytest.fixture
def world(made, db, settings) -> World:
    """The world on the office's day of the story."""
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    return made
