"""Further attempts to send a letter that came back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.employers.models.letters import Letter


class LetterAttempt(models.Model):
    """A further attempt to send a letter after the delivery of the one before it failed.

    The first attempt stands in the letter itself, so numbers begin at two.
    """

    only_grows: ClassVar[bool] = True

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=320)
    outgoing = models.OneToOneField(
        "records.Outgoing", on_delete=models.PROTECT, related_name="letter_attempt"
    )
    sent_by = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "letter_attempt"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="letter_attempt_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=2), name="letter_attempt_after_the_first"),
            models.CheckConstraint(condition=~Q(recipient=""), name="letter_attempt_to_somebody"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number}"
