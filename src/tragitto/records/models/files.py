"""What was found out about a file after it came: whether it carries a virus, what a person read in a scan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import one_of, word_field
from tragitto.records.models.documents import Document
from tragitto.records.models.messages import Attachment
from tragitto.records.vocabulary import CheckOutcome


class VirusCheck(models.Model):
    """What a virus scanner said about some content, and with which signatures; the latest one holds.

    A document without any was never checked, which is not the same as clean.
    """

    only_grows: ClassVar[bool] = True

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="virus_checks")
    outcome = word_field(CheckOutcome)
    threat = models.CharField(max_length=200, blank=True)
    engine = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        db_table = "document_virus_check"
        constraints = [
            one_of("outcome", CheckOutcome, name="virus_check_outcome_known"),
            models.CheckConstraint(
                condition=(Q(outcome=CheckOutcome.INFECTED.value) & ~Q(threat=""))
                | (~Q(outcome=CheckOutcome.INFECTED.value) & Q(threat="")),
                name="virus_check_names_the_threat",
            ),
        ]

    def __str__(self) -> str:
        return f"virus check {self.pk}"


class Transcription(models.Model):
    """What a person confirmed to stand on a printed and scanned form; the latest one holds.

    `fields` is by the names of the form's fields, as `FormReading.fields` is; null is what stands there and
    cannot be read. `form`, `version` and `call` say which form the page is.
    """

    only_grows: ClassVar[bool] = True

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="transcriptions")
    number = models.PositiveSmallIntegerField()
    call = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    version = models.CharField(max_length=16, blank=True)
    fields = models.JSONField(default=dict)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "attachment_transcription"
        constraints = [
            models.UniqueConstraint(fields=["attachment", "number"], name="transcription_once_per_number")
        ]

    def __str__(self) -> str:
        return f"transcription {self.number}"
