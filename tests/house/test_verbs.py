"""Writing happens in actions alone, with an actor and a moment; no clock ticks below the doors."""

import ast
from pathlib import Path

from tests.house.reading import HOUSE, ROOMS, functions, layer, modules, tree

WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
#: Doors and demonstrations go through actions like everybody else.
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def writes(source: str) -> list[str]:
    """Calls that write to the database: `.save()`, `.objects….create()`, `.filter().update()` …"""
    found = []
    for node in ast.walk(tree(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value)
        on_rows = ".objects" in owner or ".all()" in owner or ".filter(" in owner
        # A model's `save` takes no positional argument; a document's takes the place to write to.
        saves = node.func.attr == "save" and not node.args
        if saves or (on_rows and node.func.attr in {*WRITES, "update"}):
            found.append(ast.unparse(node)[:60])
    return found


def clocks(source: str) -> list[str]:
    """Calls that ask what time it is."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]


def offered(package: Path) -> set[str]:
    """The names that a folder `actions/` offers: the rest is its own handiwork."""
    (names,) = [
        ast.literal_eval(node.value)
        for node in tree((package / "__init__.py").read_text()).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return set(names)


def verbs(path: Path) -> list[ast.FunctionDef]:
    """The actions of a module: all public functions, or those its folder offers."""
    found = functions(path.read_text())
    if path.parent.name != "actions":
        return found
    names = offered(path.parent)
    return [function for function in found if function.name in names]


def faults_of_action(function: ast.FunctionDef) -> list[str]:
    """What a public function of `actions` lacks."""
    named = {argument.arg for argument in function.args.kwonlyargs}
    faults = [
        f"{function.name} takes no {wanted} by keyword" for wanted in ("actor", "at") if wanted not in named
    ]
    if not ast.get_docstring(function):
        faults.append(f"{function.name} has no docstring")
    return faults


def test_only_actions_write():
    found = {
        str(path.relative_to(HOUSE)): calls
        for path in modules(HOUSE)
        if layer(path) != "actions" and (calls := writes(path.read_text()))
    }

    assert found == {}


def test_a_write_elsewhere_is_found():
    assert writes("def f(x):\n    x.objects.filter(a=1).update(b=2)\n    x.save()\n    {}.update(a=1)") == [
        "x.objects.filter(a=1).update(b=2)",
        "x.save()",
    ]


def test_every_action_takes_actor_and_moment():
    faults = [
        f"{path.relative_to(HOUSE)}: {fault}"
        for room in ROOMS
        for path in modules(HOUSE / room)
        if layer(path) == "actions"
        for function in verbs(path)
        for fault in faults_of_action(function)
    ]

    assert faults == []


def test_an_action_without_actor_is_found():
    (function,) = functions("def admit(expression, *, at):\n    pass")

    assert faults_of_action(function) == ["admit takes no actor by keyword", "admit has no docstring"]


def test_no_clock_below_the_doors():
    found = {
        str(path.relative_to(HOUSE)): asked
        for room in ("kernel", *ROOMS)
        for path in modules(HOUSE / room)
        if layer(path) not in {"tasks", "clock"} and (asked := clocks(path.read_text()))
    }

    assert found == {}


def test_a_clock_is_found():
    assert clocks("def f():\n    return timezone.now()") == ["timezone.now()"]


def test_questions_and_conditions_explain_themselves():
    silent = [
        f"{path.relative_to(HOUSE)}: {function.name}"
        for path in modules(HOUSE)
        if layer(path) in {"queries", "guards", "effects", "criteria", "permissions", "rules"}
        for function in functions(path.read_text())
        if not ast.get_docstring(function)
    ]

    assert silent == []
