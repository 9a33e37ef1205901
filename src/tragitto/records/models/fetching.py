"""What has been fetched from which folder of which mailbox, and how the two compare each day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.records.models.mailboxes import Mailbox
from tragitto.records.models.messages import Message


class Watermark(models.Model):
    """How far a folder has been fetched: everything up to `last_uid` is in the house.

    Only a short cut: what has been fetched is known from the rows of `Fetched` alone. When the server
    numbers its messages anew (another UIDVALIDITY), it begins again at nothing.
    """

    never_deleted: ClassVar[bool] = True

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="watermarks")
    folder = models.CharField(max_length=255)
    uid_validity = models.PositiveBigIntegerField()
    last_uid = models.PositiveBigIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "mailbox_watermark"
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "folder"], name="watermark_once_per_folder")
        ]

    def __str__(self) -> str:
        return f"watermark {self.pk}"


class Fetched(models.Model):
    """A message of a folder that is in the house: as this one, which may have come before by another way."""

    only_grows: ClassVar[bool] = True

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="fetched")
    folder = models.CharField(max_length=255)
    uid_validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="fetched_as")
    at = models.DateTimeField()

    class Meta:
        db_table = "mailbox_fetched"
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "folder", "uid_validity", "uid"], name="fetched_once_per_uid"
            )
        ]

    def __str__(self) -> str:
        return f"fetched {self.pk}"


class Reconciliation(models.Model):
    """The whole of a folder compared with what is in the house, on a day.

    Of the messages `on_server`, `fetched` were in the house before, and `missing` were not; of these,
    `taken` came in now, `known` were in the house already (by their hash), and the rest could not be had:
    each of them is a trouble. `gone` were fetched earlier and are no longer in the folder.
    """

    only_grows: ClassVar[bool] = True

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="reconciliations")
    folder = models.CharField(max_length=255)
    uid_validity = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    on_server = models.PositiveIntegerField()
    fetched = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()

    class Meta:
        db_table = "mailbox_reconciliation"
        constraints = [
            models.CheckConstraint(
                condition=Q(on_server=F("fetched") + F("missing")), name="reconciliation_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(missing__gte=F("taken") + F("known")), name="reconciliation_took_what_was_missing"
            ),
        ]
        indexes = [models.Index(fields=["mailbox", "folder", "at"], name="reconciliation_by_moment")]

    def __str__(self) -> str:
        return f"reconciliation {self.pk}"

    @property
    def left(self) -> int:
        """How many messages of the server are not in the house."""
        return self.missing - self.taken - self.known
