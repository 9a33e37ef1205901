"""A real Dovecot, shared by all stories of this folder; a user name of its own for each."""

from collections.abc import Iterator

import pytest

from tests.gateways import dovecot as servers
from tests.gateways.dovecot import Dovecot


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    servers.required()
    with servers.running() as server:
        yield server
