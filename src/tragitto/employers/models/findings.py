"""What the judges of a call found in a version, and what people said to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.employers.models.expressions import Version
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Criterion


class Finding(models.Model):
    """What a judge of the call found in a version, with where it looked.

    `evidence` = [{"form", "field", "attachment", "instant", …}]; `explanation` and `parameters` name a
    sentence of `explanations.SENTENCES` and fill it, so that pages can say it in each language.
    """

    only_grows: ClassVar[bool] = True

    code = CodeField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="findings")
    run = models.PositiveSmallIntegerField()
    state = word_field(State)
    evidence = models.JSONField(default=list)
    explanation = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    law_rows = models.JSONField(default=list)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "expression_finding"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "criterion", "run"], name="finding_once_per_criterion_and_run"
            ),
            one_of("state", State, name="finding_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Judgement(models.Model):
    """A person confirms a finding or overrules it with a ground; the latest one holds."""

    only_grows: ClassVar[bool] = True

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveSmallIntegerField()
    verdict = word_field(Verdict)
    state = word_field(State)
    ground = models.TextField(blank=True, default="")
    reviewer = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True, default="")
    judged_at = models.DateTimeField()

    class Meta:
        db_table = "expression_judgement"
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="judgement_once_per_number"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CONFIRMED.value) | ~Q(ground=""),
                name="judgement_overruled_with_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CONFIRMED.value) | ~Q(state=State.UNKNOWN.value),
                name="judgement_overrules_to_an_answer",
            ),
            one_of("verdict", Verdict, name="judgement_verdict_is_known"),
            one_of("state", State, name="judgement_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"judgement {self.number}"
