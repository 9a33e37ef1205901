"""Model fields that several rooms share."""

from typing import Any

from django.db import models
from django.db.models import Q

from tragitto.kernel.texts import LANGUAGES


class CodeField(models.CharField[str, str]):
    """A public code, unique in its table; what doors, addresses and the ledger use instead of keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)


class TextsField(models.JSONField):
    """A text in the four languages: an object with the keys it, fr, ar, en."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)


def texts_complete(field: str, name: str) -> models.CheckConstraint:
    """The constraint that `field` holds all four languages."""
    return models.CheckConstraint(condition=Q(**{f"{field}__has_keys": list(LANGUAGES)}), name=name)
