"""A journey version: its stages and the steps between them, immutable once published."""

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import TextsField, one_of, texts_complete, word_field
from tragitto.schemes.models.schemes import Scheme
from tragitto.schemes.vocabulary import Acting, Outcome, Phase, StepKind, Subject


class Journey(models.Model):
    """One version of the way a subject goes; a trigger refuses changes once ``published_at`` is set."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="journeys")
    code = models.SlugField(max_length=64)
    version = models.PositiveSmallIntegerField()
    subject = word_field(Subject)
    title = TextsField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "journey"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "version"], name="journey_once_per_version"),
            one_of("subject", Subject, name="journey_subject_is_known"),
            texts_complete("title", "journey_title_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def is_published(self) -> bool:
        """Whether this version can no longer change."""
        return self.published_at is not None


class Stage(models.Model):
    """Where a case can stand. ``titles`` = {audience: {language: title}}."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="stages")
    code = models.SlugField(max_length=64)
    position = models.PositiveSmallIntegerField()
    phase = word_field(Phase)
    outcome = word_field(Outcome, blank=True)
    acting = word_field(Acting)
    titles = models.JSONField(default=dict)
    term = models.CharField(max_length=80, blank=True, default="")
    requirements = models.JSONField(default=list)

    class Meta:
        db_table = "journey_stage"
        constraints = [
            models.UniqueConstraint(fields=["journey", "code"], name="stage_once_per_journey"),
            models.CheckConstraint(
                condition=(Q(phase=Phase.CLOSED) & ~Q(outcome="")) | (~Q(phase=Phase.CLOSED) & Q(outcome="")),
                name="stage_outcome_only_and_always_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(term="") | ~Q(phase=Phase.CLOSED), name="stage_no_term_when_closed"
            ),
            one_of("phase", Phase, name="stage_phase_is_known"),
            one_of("outcome", Outcome, name="stage_outcome_is_known", blank=True),
            one_of("acting", Acting, name="stage_acting_is_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_closed(self) -> bool:
        """Whether a case that stands here is over."""
        return self.phase == Phase.CLOSED


class Step(models.Model):
    """A move a case may make; without a source it is the entry of the journey.

    ``guards`` and ``effects`` = [{"name": …, "parameters": {…}}] in the words of the registries.
    ``awaits`` names a room not built yet: the step is drawn and checked and cannot be taken.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="steps")
    source = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="exits", null=True, blank=True)
    target = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="entries")
    code = models.SlugField(max_length=64)
    position = models.PositiveSmallIntegerField()
    label = TextsField()
    roles = models.JSONField(default=list)
    guards = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    needs_reason = models.BooleanField(default=False)
    kind = word_field(StepKind)
    awaits = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        db_table = "journey_step"
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "source", "code"], name="step_once_per_source", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.CORRECTION) | Q(needs_reason=True),
                name="step_correction_needs_reason",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(kind=StepKind.NORMAL), name="step_entry_is_normal"
            ),
            one_of("kind", StepKind, name="step_kind_is_known"),
            texts_complete("label", "step_label_complete"),
        ]

    def __str__(self) -> str:
        return self.code
