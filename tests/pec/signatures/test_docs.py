"""The page about signed files says what the package does (goes to tests/pec/signatures/test_docs.py)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tragitto_pec.signatures import Chain, Changes, FileVerdict, Revocation, reasons

PAGE = (Path(__file__).parents[3] / "docs" / "signatures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", [*FileVerdict, *Changes, *Chain, *Revocation])
def test_every_word_of_a_reading_is_explained(word):
    assert f"`{word}`" in PAGE


def test_every_reason_stands_there_as_it_is_given():
    _before, _heading, section = PAGE.partition("\n## Reasons\n")

    assert dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", section, re.MULTILINE)) == reasons.codes()


def test_the_example_runs():
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    exec(block, {})
