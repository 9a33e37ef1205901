"""Pages of the selection: the published scheme, the house's clock at the noon of the stories, English."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.candidates.calls import published  # noqa: F401
from tests.employers.conftest import pack  # noqa: F401
from tests.selection.making import NOON
from tests.web.office.world import clock_shift


@pytest.fixture(autouse=True)
def in_english(no_language_of_an_earlier_test: None) -> Iterator[None]:
    """The language in which these stories compare what is said."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _in_a_published_scheme(published: None, db: None, settings: Any) -> None:  # noqa: F811
    """Every story happens in the published scheme, at the noon of the stories."""
    settings.CLOCK_SHIFT = clock_shift(NOON)
