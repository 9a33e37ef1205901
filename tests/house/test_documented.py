"""What a person can call, set or name is documented."""

import re

from django.urls import resolve

from tests.house.reading import ROOT
from tragitto.api.v1 import api
from tragitto.cli.commands import COMMANDS
from tragitto.config.variables import page
from tragitto.schemes.registries import CRITERIA, EFFECTS, GUARDS

DOCS = ROOT / "docs"


def unnamed(words: list[str], text: str) -> list[str]:
    """The words that `text` does not name in code type."""
    return [word for word in words if not re.search(rf"`(tragitto )?{re.escape(word)}[ `]", text)]


def test_every_command_is_documented():
    assert unnamed(list(COMMANDS), (DOCS / "commands.md").read_text()) == []


def test_every_setting_is_documented():
    assert (DOCS / "settings.md").read_text() == page()


def test_every_guard_effect_and_criterion_is_documented():
    names = [*GUARDS.names(), *EFFECTS.names(), *CRITERIA.names()]

    assert names
    assert unnamed(names, (DOCS / "scheme-authors.md").read_text()) == []


def test_every_operation_of_the_api_is_documented():
    paths = api.get_openapi_schema()["paths"]
    operations = [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]

    assert resolve("/api/v1/")
    assert unnamed(operations, (DOCS / "api.md").read_text()) == []


def test_an_undocumented_command_is_found():
    assert unnamed(["mail read", "mail lose"], "`tragitto mail read FILE…`") == ["mail lose"]
