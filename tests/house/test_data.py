"""Law and calls are data: no code of a pack, and no legal number, in any Python file."""

import ast
import tomllib

from tests.house.reading import HOUSE, SRC, modules, strings, tree
from tragitto.kernel import declarations

PACKS = SRC / "tragitto_packs"
#: Units in which the law counts.
UNITS = {"days", "weeks", "months", "years", "working_days"}


def pack_codes() -> set[str]:
    """Every code of a scheme, region, profile, call, journey, stage or step that a pack gives."""
    codes: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("code"), str):
                codes.add(value["code"])
            for item in value.values():
                gather(item)
        elif isinstance(value, list):
            for item in value:
                gather(item)

    for path in (PACKS / "schemes").rglob("*.toml"):
        gather(tomllib.loads(path.read_text()))
    return codes


def foreign(source: str, codes: set[str]) -> set[str]:
    """Codes of packs that stand in `source` as text constants."""
    return strings(source) & codes


def legal_numbers(source: str) -> list[str]:
    """Terms written in code: `timedelta(days=30)`, `months=6` …; one step of one unit is arithmetic."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in UNITS
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, int)
        and keyword.value.value > 1
    ]


def test_no_code_of_a_pack_in_python():
    codes = pack_codes()

    assert codes
    assert {
        str(p.relative_to(SRC)): sorted(f) for p in modules() if (f := foreign(p.read_text(), codes))
    } == {}


def test_a_code_of_a_pack_is_found():
    assert foreign('if stage == "nulla-osta-granted": ...', {"nulla-osta-granted"}) == {"nulla-osta-granted"}


def test_no_legal_number_in_python():
    rooms = ("law", "agenda", "records", "schemes", "cases", "candidates", "employers", "selection")
    found = {
        str(path.relative_to(HOUSE)): numbers
        for room in rooms
        for path in modules(HOUSE / room)
        if (numbers := legal_numbers(path.read_text()))
    }

    assert found == {}


def test_a_legal_number_is_found():
    assert legal_numbers("due = start + timedelta(days=30)") == ["timedelta(days=30)"]


def test_declarations_use_words_not_sentences():
    wordy = [d for d in declarations.declared().values() if " " in d.purpose + d.controller + d.retention]

    assert wordy == []
