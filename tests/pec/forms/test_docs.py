"""The page of forms says what the reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tragitto_pec.paper import SUSPICIOUS

PAGE = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("flag", sorted(SUSPICIOUS))
def test_every_danger_is_explained(flag):
    assert f"`{flag}`" in PAGE
