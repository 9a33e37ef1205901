"""Reasons: stable codes, whole sentences, none forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tragitto_pec
from tragitto_pec import reasons

SOURCES = Path(tragitto_pec.__file__).parent
FACTS = {name: "x" for text in reasons.codes().values() for name in re.findall(r"\{(\w+)\}", text)}


def sources() -> list[Path]:
    """The reader's own files: what gives reasons."""
    return [file for folder in (SOURCES, SOURCES / "adapters") for file in folder.glob("*.py")]


@pytest.mark.parametrize("code", sorted(reasons.codes()))
def test_every_reason_is_a_whole_sentence(code):
    text = reasons.codes()[code].format(**FACTS)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert text[0].isupper()
    assert text.endswith(".")


def test_every_reason_is_given_somewhere_and_every_one_given_is_listed():
    source = "".join(file.read_text() for file in sources() if file.name != "reasons.py")
    command = SOURCES.parent / "tragitto" / "cli" / "mail_reading.py"
    words = set(re.findall(r'"([a-z0-9-]+)"', source + command.read_text()))

    given = set(re.findall(r'(?:deciding|warning|note)\(\s*"([a-z0-9-]+)"', source))

    assert set(reasons.codes()) - words == set()
    assert given - set(reasons.codes()) == set()


def test_an_unlisted_code_is_an_error():
    with pytest.raises(KeyError):
        reasons.deciding("no-such-reason")
