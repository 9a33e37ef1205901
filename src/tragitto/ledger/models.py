"""Entries and the links that chain them."""

from typing import ClassVar

from django.db import models

from tragitto.kernel.fields import CodeField


class Entry(models.Model):
    """One thing that happened: codes, numbers and field names only, never a personal value.

    No foreign keys: what an entry speaks of may be erased, the entry stays.
    """

    only_grows: ClassVar[bool] = True

    code = CodeField()
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    door = models.CharField(max_length=32)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_entry"
        indexes = [models.Index(fields=["subject", "id"], name="ledger_entry_by_subject")]

    def __str__(self) -> str:
        return self.code


class Link(models.Model):
    """The place of an entry in the chain; written by the database itself as the transaction commits."""

    only_grows: ClassVar[bool] = True

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_link"
        constraints = [
            models.CheckConstraint(condition=models.Q(position__gte=1), name="ledger_link_starts_at_one")
        ]

    def __str__(self) -> str:
        return f"link {self.position}"
