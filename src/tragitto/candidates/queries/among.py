"""Rows of many people at once: the keys travel as one value, which costs a fraction of a long list."""

from collections.abc import Sequence

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def whose(keys: Sequence[int]) -> RawSQL:
    """The condition that a row of a table around people is about one of these (their keys)."""
    return RawSQL("candidate_id = ANY(%s)", [list(keys)], BooleanField())


def who(codes: Sequence[str]) -> RawSQL:
    """The condition that a row of people is one of these (their codes)."""
    return RawSQL('"candidate"."code" = ANY(%s)', [list(codes)], BooleanField())
