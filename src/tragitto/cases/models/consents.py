"""Who has taken back the consent to have a case handed over."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.cases.models.cases import Case


class ConsentWithdrawal(models.Model):
    """The consent to hand a case over was withdrawn at an instant: what was filed until then gives none.

    What is filed afterwards may consent anew. `message` is the one that says so, if it came as a message; a
    trigger lets no case into a package whose consent was withdrawn.
    """

    only_grows: ClassVar[bool] = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consent_withdrawals")
    withdrawn_at = models.DateTimeField()
    message = models.ForeignKey(
        "records.Message", on_delete=models.PROTECT, related_name="consent_withdrawals", null=True, blank=True
    )
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "case_consent_withdrawal"
        constraints = [
            models.UniqueConstraint(fields=["case", "withdrawn_at"], name="consent_withdrawn_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__lte=F("recorded_at")), name="consent_withdrawal_recorded_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.withdrawn_at:%Y-%m-%d}"
