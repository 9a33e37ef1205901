"""Fields and constraints that hold a column to one of the closed word lists."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


def word_field(words: type[StrEnum], *, blank: bool = False) -> "models.CharField[str, str]":
    """A column for one word of ``words`` (or the empty word, where ``blank``)."""
    choices = [(word.value, word.value) for word in words]
    if blank:
        return models.CharField(max_length=32, choices=choices, blank=True, default="")
    return models.CharField(max_length=32, choices=choices)


def one_of(field: str, words: type[StrEnum], *, name: str, blank: bool = False) -> models.CheckConstraint:
    """The constraint behind `word_field`: the database knows the list, not only the forms."""
    allowed = [word.value for word in words] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=name)
