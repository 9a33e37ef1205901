"""The history of where a person stood, and the questions whether they are still interested."""

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models.candidates import Candidate
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.vocabulary import RosterStatus


class StatusChange(models.Model):
    """A person moved from one status to another for a typed reason; the clock is counted from these alone.

    `clock_stops` and `keeps_place` are what the reason meant in the version of the roster in force then, so
    that a later version changes nobody's past. `seniority_at` = the place after this change: the database
    refuses to take a place away without a line here that may (migration 0008). `note` is for the keepers,
    `number` the order within the person's history.
    """

    only_grows = True

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="status_changes")
    number = models.PositiveSmallIntegerField()
    before = word_field(RosterStatus, blank=True)
    after = word_field(RosterStatus)
    reason = models.CharField(max_length=64)
    roster_version = models.PositiveSmallIntegerField()
    clock_stops = models.BooleanField(default=False)
    keeps_place = models.BooleanField(default=True)
    seniority_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    actor = models.CharField(max_length=64)
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "candidate_status_change"
        constraints = [
            one_of("before", RosterStatus, name="status_change_before_is_known", blank=True),
            one_of("after", RosterStatus, name="status_change_after_is_known"),
            models.UniqueConstraint(fields=["candidate", "number"], name="status_change_in_order"),
        ]
        indexes = [models.Index(fields=["before", "after", "-happened_at"], name="status_change_by_step")]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class Confirmation(models.Model):
    """A person was asked by a link whether they are still interested, and perhaps answered.

    `token_hash` = the hash of the secret in the link, which itself is kept nowhere.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="confirmations")
    code = CodeField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "candidate_confirmation"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(answered_at=None, closed_at=None),
                name="confirmation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
                name="confirmation_answered_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.code
