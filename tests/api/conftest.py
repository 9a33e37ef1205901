"""Pages without a browser need no hashed static files; each story counts its own requests."""

import pytest
from django.core.cache import cache

from tests.web.conftest import plain_static_files  # noqa: F401


@pytest.fixture(autouse=True)
def no_counts(db):
    """No requests of earlier stories."""
    cache.clear()
    yield
    cache.clear()
