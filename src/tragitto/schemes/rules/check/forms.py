"""Checks a form: field names once, what a field refers to exists, choices have answers."""

import re

from tragitto.schemes.pack import FormSpec, Pack
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import FieldKind

NAME = re.compile(r"[a-z][a-z0-9_]*")
WITH_OPTIONS = (FieldKind.CHOICE, FieldKind.MULTI)
SOURCES_OF_OPTIONS = ("", "profiles")


def check(form: FormSpec, pack: Pack) -> list[Problem]:
    """What is wrong with the groups and fields of ``form``."""
    where = f"forms/{form.code}"
    if form.fields_of and (form.fields_of == form.code or pack.form(form.fields_of) is None):
        return [Problem("unknown_form", where, f"no form {form.fields_of} to take fields from")]
    whole = pack.form(form.code) or form
    names = {field.name for field in whole.fields}
    groups = {group.name for group in whole.groups}
    found = [
        Problem("duplicated_code", where, f"the field {name} is written twice")
        for name in repeated(field.name for field in whole.fields)
    ]
    if not whole.fields:
        found.append(Problem("form_without_fields", where, "the form asks for nothing"))
    for field in whole.fields:
        place = f"{where}.{field.name}"
        if not NAME.fullmatch(field.name):
            found.append(Problem("wrong_name", place, "a field name is lower-case letters, digits and _"))
        if field.section not in groups:
            found.append(Problem("unknown_group", place, f"no group {field.section}"))
        if field.required_when and field.required_when not in names:
            found.append(Problem("unknown_field", place, f"no field {field.required_when}"))
        if field.options_from not in SOURCES_OF_OPTIONS:
            found.append(Problem("unknown_options", place, f"no list {field.options_from} to choose from"))
        if field.kind in WITH_OPTIONS and not field.options and not field.options_from:
            found.append(Problem("choice_without_options", place, "there is nothing to choose from"))
    return found
