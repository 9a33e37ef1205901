"""Runs of the engine: what went in, what came out, the proof; and the person who took a result up."""

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.selection.models.rounds import Round
from tragitto.selection.vocabulary import RunKind


class Run(models.Model):
    """One run: never changed. The same `instance` and `parameters` give the same `result`, byte for byte.

    `instance` = the engine's file, compressed; `parameters` = what was asked of it; `proof` = what the
    independent checks said. `is_what_if`: tried on a changed instance, of which nothing may be taken up.
    """

    only_grows = True

    code = CodeField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    kind = word_field(RunKind)
    is_what_if = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    engine = models.CharField(max_length=16)
    instance = models.BinaryField()
    instance_hash = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_hash = models.CharField(max_length=64)
    proof = models.JSONField(default=dict)
    run_at = models.DateTimeField()
    run_by = models.CharField(max_length=64)

    class Meta:
        db_table = "engine_run"
        constraints = [
            one_of("kind", RunKind, name="run_kind_is_known"),
            models.UniqueConstraint(fields=["round", "number"], name="run_number_once_per_round"),
            # A changed instance says what was changed, and why it was tried.
            models.CheckConstraint(condition=Q(is_what_if=False) | ~Q(note=""), name="run_what_if_says_what"),
        ]

    def __str__(self) -> str:
        return self.code


class Adoption(models.Model):
    """A person took the result of a run up: the machine proposed, this person decided. Never of a what-if."""

    only_grows = True

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="adoption")
    ground = models.TextField(blank=True, default="")
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=64)

    class Meta:
        db_table = "adoption"

    def __str__(self) -> str:
        return f"adoption of run {self.run_id}"
