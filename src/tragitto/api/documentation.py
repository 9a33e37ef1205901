"""The page that explains the API to people, made from the same description that machines read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.api.v1 import api


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    method: str
    path: str
    summary: str
    description: str
    asks: str
    answers: str


@dataclass(frozen=True)
class Shape:
    """One shape of data, with its fields: name, kind, whether it must be there, what it means."""

    name: str
    description: str
    fields: tuple[tuple[str, str, bool, str], ...]


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation and every shape; no script, no sign-in."""
    schema = api.get_openapi_schema()
    shown = {"operations": list(_operations(schema)), "shapes": list(_shapes(schema))}
    return render(request, "api/documentation.html", shown)


def _operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            answered = [_kind(each) for each in _contents(told["responses"].values())]
            asked = [_kind(each) for each in _contents([told.get("requestBody", {})])]
            asked += [parameter["name"] for parameter in told.get("parameters", ())]
            yield Operation(
                method.upper(),
                path,
                told.get("summary", ""),
                told.get("description", ""),
                ", ".join(asked),
                ", ".join(answered),
            )


def _shapes(schema: Mapping[str, Any]) -> Iterator[Shape]:
    for name, told in sorted(schema["components"]["schemas"].items()):
        required = told.get("required", ())
        fields = tuple(
            (field, _kind(of), field in required, of.get("description", ""))
            for field, of in told.get("properties", {}).items()
        )
        yield Shape(name, told.get("description", ""), fields)


def _contents(bodies: Any) -> Iterator[Mapping[str, Any]]:
    for body in bodies:
        for content in body.get("content", {}).values():
            yield content["schema"]


def _kind(of: Mapping[str, Any]) -> str:
    if "$ref" in of:
        return str(of["$ref"]).rpartition("/")[2]
    if "anyOf" in of:
        return " or ".join(_kind(each) for each in of["anyOf"])
    if of.get("type") == "array":
        return f"list of {_kind(of['items'])}"
    if "enum" in of:
        return " or ".join(str(word) for word in of["enum"])
    return str(of.get("format") or of.get("type") or "any")
