"""Registrations by others: a file, its rows, what will happen to each and what did."""

from django.db import models
from django.db.models import Q

from tragitto.accounts.models import Organisation
from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.vocabulary import BatchState, RowVerdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Scheme


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "BatchQuerySet":
        """Those of the actor's organisation; all of them for the house itself."""
        return self if actor.is_system else self.filter(organisation__code=actor.organisation)


class Batch(models.Model):
    """A spreadsheet, or rows sent through the API, first tried and then applied, whole or not at all.

    `columns` = what the columns of the file were taken for; `counts` = rows by verdict; `leaves_out`: who
    applied it left the refused rows out. `forgotten_at` = when its rows were erased.
    """

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="roster_batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roster_batches")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    door = models.CharField(max_length=16)
    state = word_field(BatchState)
    columns = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=64, blank=True, default="")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=64)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=64, blank=True, default="")
    leaves_out = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        db_table = "candidate_batch"
        constraints = [
            one_of("state", BatchState, name="batch_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=BatchState.APPLIED) | Q(applied_at__isnull=False),
                name="batch_applied_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BatchRow(models.Model):
    """One row as it was sent, what will happen to it, and whom it became.

    The verdict is empty until the row was tried. `problems` = [{field, code, facts}]; `differences` = {unit:
    {ours, theirs, taken}} of a row that changes somebody, or that says otherwise than the person or a keeper
    did and is therefore not taken. All of it is forgotten some time after the batch is done with.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=64, blank=True, default="")
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    verdict = word_field(RowVerdict, blank=True)
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=dict)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="batch_rows", null=True, blank=True
    )

    class Meta:
        db_table = "candidate_batch_row"
        constraints = [
            one_of("verdict", RowVerdict, name="batch_row_verdict_is_known", blank=True),
            models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="batch_row_by_verdict")]

    def __str__(self) -> str:
        return f"row {self.number}"
