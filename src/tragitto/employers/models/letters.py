"""Letters to an employer about its expression, what it answered, and late filings admitted all the same."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.employers.models.expressions import Expression, Version
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.fields import CodeField, one_of, word_field


class Letter(models.Model):
    """A letter of the office about an expression, as a numbered document; `outgoing` once it could be sent.

    `grounds` = [{"criterion", "text"}]: the obstacles announced, the documents asked for. `deadline` = the
    code of the term it sets running. Without an address to write to it waits, and the office sees it waiting.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    kind = word_field(LetterKind)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    decision = models.OneToOneField(
        "cases.Decision", on_delete=models.PROTECT, related_name="letter", null=True, blank=True
    )
    grounds = models.JSONField(default=list)
    text = models.TextField(blank=True, default="")
    document = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    deadline = models.CharField(max_length=64, blank=True, default="")
    recipient = models.CharField(max_length=320, blank=True, default="")
    outgoing = models.OneToOneField(
        "records.Outgoing", on_delete=models.PROTECT, related_name="letter", null=True, blank=True
    )
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "letter"
        constraints = [
            models.UniqueConstraint(fields=["expression", "number"], name="letter_once_per_number"),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True) | (~Q(recipient="") & Q(document__isnull=False)),
                name="letter_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=LetterKind.DECISION.value, decision__isnull=False)
                | (~Q(kind=LetterKind.DECISION.value) & Q(decision__isnull=True)),
                name="letter_of_a_decision",
            ),
            one_of("kind", LetterKind, name="letter_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Observation(models.Model):
    """What an employer answered to an announced obstacle (art. 10-bis L. 241/1990), and the answer."""

    never_deleted: ClassVar[bool] = True

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="observations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    message = models.ForeignKey(
        "records.Message", on_delete=models.PROTECT, related_name="observations", null=True, blank=True
    )
    received_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)
    answer = models.TextField(blank=True, default="")
    is_upheld = models.BooleanField(null=True, blank=True)
    answered_by = models.CharField(max_length=64, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "letter_observation"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="observation_once_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="observation_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", answer="", is_upheld__isnull=True)
                | (
                    Q(answered_at__isnull=False, is_upheld__isnull=False) & ~Q(answered_by="") & ~Q(answer="")
                ),
                name="observation_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.number}"


class LateAdmission(models.Model):
    """A late version, proposed to be admitted on a ground the call names; a second person decides."""

    never_deleted: ClassVar[bool] = True

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="late_admission")
    exception = models.CharField(max_length=64)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    is_admitted = models.BooleanField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.TextField(blank=True, default="")

    class Meta:
        db_table = "late_admission"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_admission_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
                name="late_admission_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(is_admitted__isnull=True, decided_at__isnull=True, decided_by="")
                | (Q(is_admitted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
                name="late_admission_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"late admission {self.pk}"
