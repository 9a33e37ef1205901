"""Deadlines: who must have done what by when, and why just then."""

from datetime import timedelta
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


class Suspension(models.Model):
    """A deadline does not run from `starts_on` until `ends_on` (excluded); open as long as that is unknown.

    What is left of the term then runs on from there, or, where it `interrupts`, the whole of it runs anew:
    the deadline is replaced by one that counts it. `kind` = the law parameter that allows it; `law_rows` =
    the rows as in force; `limit_on` = the last day the clock may stand if nothing happens. Open as long as
    its deadline is, unless lifted.
    """

    never_deleted: ClassVar[bool] = True

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="suspensions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    limit_on = models.DateField()
    interrupts = models.BooleanField(default=False)
    law_rows = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "deadline_suspension"
        constraints = [
            models.UniqueConstraint(fields=["deadline", "number"], name="suspension_once_per_number"),
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(ends_on__isnull=True), name="suspension_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="suspension_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, lifted_at__isnull=True, lifted_by="")
                | (Q(ends_on__isnull=False, lifted_at__isnull=False) & ~Q(lifted_by="")),
                name="suspension_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(limit_on__gte=F("starts_on") - timedelta(days=1)),
                name="suspension_limit_not_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"suspension {self.number}"


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "TaskQuerySet":
        """The tasks of the actor's organisation; all of them for the house itself."""
        if actor.is_system:
            return self
        return self.filter(holder__code=actor.organisation) if actor.organisation else self.none()

    def open(self) -> "TaskQuerySet":
        """Those that nobody has done yet."""
        return self.filter(done_at__isnull=True)


class Task(models.Model):
    """Somebody should do something about `subject` by `due_at`; not a term of the law, but a promise of ours.

    `kind` is a word of the room that set it ("call_back"); `level` counts how often nobody did it in time
    and the next person was told.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    holder = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="tasks")
    assignee = models.CharField(max_length=64, blank=True, default="")
    due_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=64, blank=True, default="")

    objects = TaskQuerySet.as_manager()

    class Meta:
        db_table = "task"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(done_at__isnull=True),
                name="task_open_once_per_subject_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="task_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(level=0, escalated_at__isnull=True) | Q(level__gt=0, escalated_at__isnull=False),
                name="task_escalated_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_at"], condition=Q(done_at__isnull=True), name="task_open_by_holder"
            )
        ]

    def __str__(self) -> str:
        return self.code
