"""What happens when a program is not on the machine."""

import os

import pytest


def missing(what: str) -> None:
    """Skips the test; under CI, where everything is installed, fails it."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what}: under CI nothing may be missing", pytrace=False)
    pytest.skip(what)
