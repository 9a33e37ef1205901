"""Models: no hidden behaviour, written-out tables, references that follow the stairs, declared fields."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.house.reading import HOUSE, ROOMS, modules
from tragitto.kernel.declarations import declared, declared_impersonal

#: A field whose name says one of these may hold something about a person: declared, or said not to.
PERSONAL = re.compile(
    r"name|mail|phone|address|fiscal|birth|sender|recipient|subject|signer|claims|facts|fields|form|reading|"
    r"ground|reason|evidence|note|language|passport|explanation|parameters|by$"
)


def ours() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model.__module__.startswith("tragitto.")]
    return sorted(found, key=lambda model: model._meta.label)


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def undeclared(model: type[models.Model]) -> list[str]:
    """Fields that look personal and of which nothing is said."""
    label = model._meta.label
    known = {field for name, field in {**declared(), **declared_impersonal()} if name == label}
    return [
        f"{label}.{field.name}"
        for field in model._meta.concrete_fields
        if not field.is_relation and PERSONAL.search(field.name) and field.name not in known
    ]


def upward(model: type[models.Model]) -> list[str]:
    """References to a room that stands higher."""
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model.__module__.startswith("tragitto.")
        and ROOMS.index(room(field.related_model)) > ROOMS.index(room(model))
    ]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_fields_about_people_are_declared(model):
    assert undeclared(model) == []


def test_an_undeclared_field_is_found():
    class Guest(models.Model):
        full_name = models.CharField(max_length=10)
        seats = models.IntegerField()

        class Meta:
            app_label = "house_tests"

    assert undeclared(Guest) == ["house_tests.Guest.full_name"]


def test_declarations_speak_of_fields_that_exist():
    known = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }

    assert [pair for pair in {**declared(), **declared_impersonal()} if pair not in known] == []


def test_references_follow_the_stairs():
    assert [found for model in ours() for found in upward(model)] == []


def test_tables_have_names_of_their_own():
    assert [
        model._meta.label
        for model in ours()
        if model._meta.db_table.startswith(f"{room(model)}_{model._meta.model_name}")
        and room(model) not in {"ledger", "law"}
    ] == []


def test_no_default_ordering():
    assert [model._meta.label for model in ours() if model._meta.ordering] == []


def hidden(source: str) -> list[str]:
    """`save` overrides and model signals."""
    return re.findall(r"def save\(|post_save|pre_save|post_delete|pre_delete|@receiver", source)


def test_no_save_override_and_no_signal():
    assert {str(p.relative_to(HOUSE)): h for p in modules(HOUSE) if (h := hidden(p.read_text()))} == {}


def test_a_save_override_is_found():
    assert hidden("class A:\n    def save(self): ...") == ["def save("]
