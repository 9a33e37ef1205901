"""The positions that an admitted employer offers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.employers.models.expressions import Expression
from tragitto.kernel.fields import CodeField
from tragitto.schemes.models import Profile


class Position(models.Model):
    """Seats for one profile that an admitted employer offers, as one row of its form asked for."""

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="positions")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="positions")
    number = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.JSONField(default=dict)
    wishes = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "position"
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "number"],
                condition=Q(closed_at__isnull=True),
                name="position_open_once_per_number",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="position_has_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="position_closed_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.code
