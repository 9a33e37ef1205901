"""What somebody wrote down for a person who has no account to say it with."""

from typing import Any

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import word_field
from tragitto.selection.vocabulary import ToldWay


class ToldForThem(models.Model):
    """The answer of this row is the person's own word, or one that `told_by` wrote down for them.

    `told_way` = how the person said it, `told_ground` = who spoke with whom and when; all three empty where
    the person answered themselves.
    """

    told_way = word_field(ToldWay, blank=True)
    told_ground = models.TextField(blank=True, default="")
    told_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        abstract = True


def told_whole(name: str) -> models.CheckConstraint:
    """What was written for somebody has its way, ground and writer, and an answer; or none of them."""
    ways: dict[str, Any] = {"told_way__in": [way.value for way in ToldWay]}
    none = Q(told_way="", told_ground="", told_by="")
    whole = Q(**ways) & ~Q(told_ground="") & ~Q(told_by="") & ~Q(answer="")
    return models.CheckConstraint(condition=none | whole, name=name)
