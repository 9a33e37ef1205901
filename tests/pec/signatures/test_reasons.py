"""Reasons about signatures: stable codes, whole sentences, none forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tragitto_pec import signatures
from tragitto_pec.signatures import reasons

SOURCES = Path(signatures.__file__).parent
COMMANDS = [SOURCES.parents[1] / "tragitto" / "cli" / name for name in ("sign.py", "signers.py")]
FACTS = {name: "x" for text in reasons.codes().values() for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("code", sorted(reasons.codes()))
def test_every_reason_is_a_whole_sentence(code):
    text = reasons.codes()[code].format(**FACTS)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert text[0].isupper()
    assert text.endswith(".")


def test_every_reason_is_given_somewhere_and_every_one_given_is_listed():
    files = [*(file for file in SOURCES.glob("*.py") if file.name != "reasons.py"), *COMMANDS]
    source = "".join(file.read_text() for file in files)

    given = set(re.findall(r'(?:deciding|warning|note)\(\s*"([a-z0-9-]+)"', source))

    assert given == set(reasons.codes())
