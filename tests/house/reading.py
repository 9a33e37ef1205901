"""How the house tests read the code: as syntax, never by importing it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
HOUSE = SRC / "tragitto"
ROOMS = (
    *("ledger", "accounts", "law", "agenda", "records", "schemes"),
    *("cases", "candidates", "employers", "selection"),
)


def modules(folder: Path = SRC) -> Iterator[Path]:
    """Every Python file of ours below `folder`, migrations left out."""
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def layer(path: Path) -> str:
    """The layer a room's file belongs to: "actions" for actions.py and for everything in actions/."""
    inside = path.relative_to(HOUSE).parts[1:] if path.is_relative_to(HOUSE) else path.parts
    return inside[0].removesuffix(".py") if inside else ""


def tree(source: str) -> ast.Module:
    """The syntax of a source text."""
    return ast.parse(source)


def functions(source: str) -> list[ast.FunctionDef]:
    """The public functions at the top of a module."""
    return [
        node
        for node in tree(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def strings(source: str) -> set[str]:
    """Every text constant that is not a docstring."""
    module = tree(source)
    documentation = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            documentation.add(id(node.body[0].value))
    return {
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    }
