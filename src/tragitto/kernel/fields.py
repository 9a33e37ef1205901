"""Model fields that several rooms share."""

from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db import models
from django.db.models import Func, Q

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


def word_field(words: type[StrEnum], *, blank: bool = False) -> "models.CharField[str, str]":
    """A column for one word of `words`, or for none as long as nothing is known (`blank`)."""
    choices = [(word.value, word.value) for word in words]
    if blank:
        return models.CharField(max_length=32, choices=choices, blank=True, default="")
    return models.CharField(max_length=32, choices=choices)


def one_of(field: str, words: type[StrEnum], *, name: str, blank: bool = False) -> models.CheckConstraint:
    """The constraint behind `word_field`: the database knows the list, not only the forms."""
    allowed = [word.value for word in words] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=name)


class Span(Func):
    """Two instants as a range: from the first, the second excluded (give it a `RangeBoundary` last)."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class OneKey(Func):
    """A key as the range of itself alone (give it twice, then "[]"): two overlap when they are equal.

    So an exclusion constraint compares keys without an extension that not every server has.
    """

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()
