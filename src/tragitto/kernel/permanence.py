"""What the ordinary database role may not do to some tables: change or delete rows, or delete them."""

from django.apps import apps
from django.db import models


def only_grows(model: type[models.Model]) -> bool:
    """Whether the model says `only_grows = True`: no update, no delete, for anybody who is not the owner."""
    return bool(getattr(model, "only_grows", False))


def growing_tables() -> tuple[str, ...]:
    """The tables of all such models."""
    return tuple(sorted(model._meta.db_table for model in apps.get_models() if only_grows(model)))


def never_deleted(model: type[models.Model]) -> bool:
    """Whether the model says `never_deleted = True`: rows may change, none may go."""
    return bool(getattr(model, "never_deleted", False))


def lasting_tables() -> tuple[str, ...]:
    """The tables of all such models."""
    return tuple(sorted(model._meta.db_table for model in apps.get_models() if never_deleted(model)))
