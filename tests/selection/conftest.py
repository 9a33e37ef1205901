"""Published calls for every story of the selection; sentences are read in English."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.candidates.calls import published  # noqa: F401
from tests.employers.conftest import pack  # noqa: F401


@pytest.fixture(autouse=True)
def in_english(no_language_of_an_earlier_test: None) -> Iterator[None]:
    """The language in which these stories compare what is said."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _in_a_published_scheme(published: None, db: None) -> None:  # noqa: F811
    """Every story happens in the published scheme."""
