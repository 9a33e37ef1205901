"""Sentences of the roster's stories are read in English, whatever language the house begins with."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english(no_language_of_an_earlier_test: None) -> Iterator[None]:
    """The language in which these stories compare what is said."""
    with translation.override("en"):
        yield
