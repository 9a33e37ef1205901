"""Which office reads which mailbox: it decides whose mail a message is, and in whose register it stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tragitto.accounts.models import Organisation


class Mailbox(models.Model):
    """A mailbox of an office (area organizzativa omogenea, DPR 445/2000, art. 50); it stays with it."""

    only_grows: ClassVar[bool] = True

    address = models.CharField(max_length=320, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mailboxes")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=64)

    class Meta:
        db_table = "mailbox"
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="mailbox_in_small_letters"),
            models.CheckConstraint(condition=~Q(address=""), name="mailbox_not_empty"),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.pk}"
