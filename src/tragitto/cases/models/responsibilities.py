"""Who is responsible for a case, and who has said whether a conflict of interest exists."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.cases.models.cases import Case


class Responsibility(models.Model):
    """The responsible officer of a case (art. 5 L. 241/1990); the latest one holds.

    `officer` is empty where the one who was responsible abstains and nobody else has been named yet.
    """

    only_grows: ClassVar[bool] = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responsibilities")
    number = models.PositiveSmallIntegerField()
    officer = models.CharField(max_length=64, blank=True)
    organisation = models.CharField(max_length=64)
    reason = models.TextField(blank=True, default="")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=64)

    class Meta:
        db_table = "case_responsibility"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="responsibility_once_per_number")
        ]
        indexes = [models.Index(fields=["officer"], name="responsibility_by_officer")]

    def __str__(self) -> str:
        return f"responsibility {self.number}"


class ConflictStatement(models.Model):
    """Somebody says whether a conflict of interest exists in this case; who has one abstains (art. 6-bis
    L. 241/1990). The latest of each person holds.
    """

    only_grows: ClassVar[bool] = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflict_statements")
    officer = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    has_conflict = models.BooleanField()
    ground = models.TextField(blank=True, default="")
    stated_at = models.DateTimeField()

    class Meta:
        db_table = "case_conflict_statement"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer", "number"], name="conflict_statement_once_per_number"
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(ground=""), name="conflict_with_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"
