"""The things of a draft's lists: their shape, what a new one begins with, what is added at the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.utils import timezone

from tragitto.kernel.actors import Actor
from tragitto.schemes.pack import CallSpec, CriterionSpec
from tragitto.schemes.registries import CRITERIA
from tragitto.web.office.forms.acts_asked import PARAMETERS, Asked, Section
from tragitto.web.office.forms.acts_shapes import row_shape

#: The last second of a day, which most windows end with.
LAST_SECOND = "23:59:59"


def shape_of(section: Section, present: Mapping[str, Any]) -> tuple[type[msgspec.Struct], tuple[Asked, ...]]:
    """The shape of a thing of the list, and what is asked of it; a condition asks what its judge needs."""
    shape = row_shape(CallSpec, section.rows)
    if shape is not CriterionSpec or present["judge"] not in CRITERIA.names():
        return shape, section.asked
    needs = CRITERIA.get(present["judge"]).needs
    asked = [PARAMETERS.get(each.name, Asked(each.name, each.name)) for each in msgspec.structs.fields(needs)]
    inner = tuple(Asked(f"parameters.{each.path}", each.label, each.help, each.kind) for each in asked)
    own: list[tuple[str, Any]] = [
        (each.name, needs if each.name == "parameters" else each.type)
        for each in msgspec.structs.fields(CriterionSpec)
    ]
    return msgspec.defstruct("Condition", own, kw_only=True), (*section.asked, *inner)


def beginning(section: Section, rows: Sequence[Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """What a new thing begins with, before anybody has answered."""
    if section.code == "windows":
        return {"number": len(rows) + 1, "last_time": LAST_SECOND}
    if section.code == "choices":
        return {"about": asked.get("about", "")}
    if section.code != "criteria" or asked["judge"] not in CRITERIA.names():
        return {}
    needs = CRITERIA.get(asked["judge"]).needs
    known = {
        each.name: msgspec.to_builtins(each.default)
        for each in msgspec.structs.fields(needs)
        if each.default is not msgspec.NODEFAULT
    }
    return {"judge": asked["judge"], "parameters": known}


def finished(section: Section, thing: dict[str, Any], actor: Actor, at: datetime) -> dict[str, Any]:
    """The thing with what nobody is asked: who made a choice, and on which day."""
    if section.code != "choices":
        return thing
    return {**thing, "made_by": actor.code, "made_on": timezone.localdate(at).isoformat()}
