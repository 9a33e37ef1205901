"""Pages without a browser need no hashed static files."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path  # WhiteNoise warns of a folder that is not there
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
