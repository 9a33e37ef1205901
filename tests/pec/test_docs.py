"""The page of the package says what the package does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tragitto_pec import Automatic, Kind, Verdict, reasons

PAGE = (Path(__file__).parents[2] / "docs" / "pec.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", [*Kind, *Verdict, *filter(None, Automatic)])
def test_every_word_of_a_reading_is_explained(word):
    assert f"`{word}`" in PAGE


def test_every_reason_stands_there_as_it_is_given():
    told = PAGE.split("\n## Reasons\n")[1]

    assert dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", told, re.MULTILINE)) == reasons.codes()


def test_the_examples_run():
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    exec("\n".join(blocks), {})

    assert len(blocks) == 2
