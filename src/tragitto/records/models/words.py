"""Columns that hold one word of a closed list, and the constraint behind them."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


def word_field(words: type[StrEnum], *, blank: bool = False) -> "models.CharField[str, str]":
    """A column for one word of `words`, or for none as long as nothing is known (`blank`)."""
    choices = [(word.value, word.value) for word in words]
    if blank:
        return models.CharField(max_length=32, choices=choices, blank=True, default="")
    return models.CharField(max_length=32, choices=choices)


def one_of(field: str, words: type[StrEnum], *, name: str, blank: bool = False) -> models.CheckConstraint:
    """The constraint that the column holds no other word."""
    allowed = [word.value for word in words] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=name)
