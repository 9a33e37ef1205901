"""The three calls of the shipped scheme, published, for stories of the roster that need one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.employers.conftest import pack, publish_all  # noqa: F401
from tragitto.schemes.models import Call
from tragitto.schemes.pack import Pack


@pytest.fixture(scope="module")
def published(pack: Pack, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: F811
    """The calls, published once for a module: each test works in a savepoint within."""
    with django_db_blocker.unblock(), transaction.atomic():
        publish_all(pack)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def lombardia(published: None, db: None) -> Call:
    """The call that promises firms a list of names."""
    return Call.objects.select_related("scheme", "publisher").get(region__code="lombardia")


@pytest.fixture
def veneto(published: None, db: None) -> Call:
    """A call under which firms see profiles without names until people accept."""
    return Call.objects.select_related("scheme", "publisher").get(region__code="veneto")
