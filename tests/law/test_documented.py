"""The page on the law names what a keeper of the pack can write."""

from pathlib import Path

import pytest

from tragitto.law.rules import read_pack
from tragitto.law.vocabulary import Unit

PAGE = (Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8")


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_is_named(unit):
    assert f"`{unit}`" in PAGE


def test_every_subject_is_named():
    assert [subject for subject in set(read_pack().subjects.values()) if f"| `{subject}` |" not in PAGE] == []
