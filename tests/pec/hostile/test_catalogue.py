"""The catalogue is whole: every number has its verdict, and every test it names is there."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.pec.hostile.catalogue import CATALOGUE, INPUTS

TESTS = Path(__file__).parents[2]


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file, read as text: to know their names nothing need be imported."""
    path = TESTS / file
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else ()
    return frozenset(
        node.name
        for node in found
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def missing(catalogue: dict[int, list[str]]) -> list[str]:
    """What the catalogue names and no file holds."""
    named = [
        (file, name) for tests in catalogue.values() for file, _, name in (t.partition("::") for t in tests)
    ]
    return [f"{file}::{name}" for file, name in named if name not in names_in(file)]


@pytest.mark.parametrize("number", range(1, 38))
def test_every_input_gets_its_verdict_somewhere(number):
    assert INPUTS[number]
    assert CATALOGUE[number]


def test_every_test_it_names_is_there():
    assert missing(CATALOGUE) == []


def test_a_test_that_is_not_there_is_found_missing():
    invented = ["pec/hostile/test_catalogue.py::test_invented", "pec/nowhere.py::test_x"]

    assert missing({1: invented}) == invented


def test_no_number_is_beside_the_catalogue():
    assert set(CATALOGUE) <= set(INPUTS) == set(range(1, 38))
