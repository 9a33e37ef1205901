"""Deadlines: who must have done what by when, and why just then."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "DeadlineQuerySet":
        """The deadlines of the actor's organisation; all of them for the house itself."""
        if actor.is_system:
            return self
        return self.filter(holder__code=actor.organisation) if actor.organisation else self.none()

    def open(self) -> "DeadlineQuerySet":
        """Those that nobody has met yet."""
        return self.filter(met_at__isnull=True)


class Deadline(models.Model):
    """Something must have happened by `due_at`; `subject` is the public code of what it is about.

    `reasons` = [{"text", "facts", "citation"}], one for each step of the count; `law_rows` = references of
    the rows of the law the count used, so that a later change of the law leaves the reason readable.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=80)
    holder = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="deadlines")
    starts_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    law_rows = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.CharField(max_length=64, blank=True, default="")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        db_table = "deadline"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(met_at__isnull=True),
                name="deadline_open_once_per_subject_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("due_on")), name="deadline_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True, met_by="") | (Q(met_at__isnull=False) & ~Q(met_by="")),
                name="deadline_met_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_at"], condition=Q(met_at__isnull=True), name="deadline_open_by_holder"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_met(self) -> bool:
        """Whether what was due has happened."""
        return self.met_at is not None
