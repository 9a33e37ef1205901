"""Sizes, the kernel, imports inside functions, styles, lock files."""

import ast
import re

import pytest

from tests.house.reading import HOUSE, ROOT, SRC, modules, tree

FILE, FUNCTION, TEMPLATE = 300, 60, 60
REASON = re.compile(r"Longer than the budget")


def inner_imports(source: str) -> list[str]:
    """Project imports inside functions."""
    return [
        ast.unparse(inner)
        for node in ast.walk(tree(source))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("tragitto")
    ]


def test_files_stay_small():
    long = [
        f"{path.relative_to(ROOT)}: {len(text.splitlines())}"
        for path in modules()
        if len((text := path.read_text()).splitlines()) > FILE and not REASON.search(text)
    ]

    assert long == []


def test_functions_stay_small():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    ]

    assert long == []


def test_templates_stay_small():
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in SRC.rglob("*.html")
        if (count := len(path.read_text().splitlines())) > TEMPLATE and not REASON.search(path.read_text())
    ]

    assert long == []


def test_the_kernel_stays_small():
    assert len([path for path in modules(HOUSE / "kernel") if path.stem not in {"__init__", "apps"}]) <= 12


def test_few_imports_inside_functions():
    imports = inside = 0
    for path in modules():
        source = path.read_text()
        imports += sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree(source)))
        inside += len(inner_imports(source))

    assert inside <= imports * 0.02


def test_an_import_inside_a_function_is_found():
    assert inner_imports("def f():\n    from tragitto.law import queries") == [
        "from tragitto.law import queries"
    ]


PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right)\b|(?<![-\w])(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)"
)
INLINE = re.compile(r"\sstyle=|\son\w+=\"|<script(?![^>]*(nonce|src=))|<style(?![^>]*nonce)")


def test_styles_know_no_left_and_right():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in [*(ROOT / "assets").rglob("*.scss"), *(ROOT / "assets").rglob("*.css")]
        for match in PHYSICAL.finditer(path.read_text())
    ]

    assert found == []


def test_a_physical_side_is_found():
    assert PHYSICAL.search("margin-left: 1rem")
    assert not PHYSICAL.search("margin-inline-start: 1rem")


def test_no_inline_style_or_script():
    found = [str(path.relative_to(ROOT)) for path in SRC.rglob("*.html") if INLINE.search(path.read_text())]

    assert found == []


def test_an_inline_style_is_found():
    assert INLINE.search('<p style="color:red">')


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_lock_files_bear_no_addresses(name):
    assert not re.search(r"https?://|file:", (ROOT / name).read_text())


def test_nothing_is_left_undone():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|NotImplemented" + "Error")
    found = [str(path.relative_to(ROOT)) for path in modules() if words.search(path.read_text())]

    assert found == []
