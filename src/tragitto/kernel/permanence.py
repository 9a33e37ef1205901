"""Tables that only grow: the ordinary database role may insert into them and read them, nothing more."""

from django.apps import apps
from django.db import models


def only_grows(model: type[models.Model]) -> bool:
    """Whether the model says `only_grows = True`: no update, no delete, for anybody who is not the owner."""
    return bool(getattr(model, "only_grows", False))


def growing_tables() -> tuple[str, ...]:
    """The tables of all such models."""
    return tuple(sorted(model._meta.db_table for model in apps.get_models() if only_grows(model)))
