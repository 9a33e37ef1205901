"""The protocol registers (DPR 445/2000, art. 53), one for each office: no gaps, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.records.models.messages import Message
from tragitto.records.vocabulary import Direction


class RegisterCounter(models.Model):
    """The last number given in a register in a year; locked by whoever takes the next."""

    register = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "register_counter"
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="register_counter_once_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}"


class RegisterEntry(models.Model):
    """A registration: everything art. 53 asks for, in one operation, with a digest over all of it."""

    only_grows: ClassVar[bool] = True

    code = CodeField()
    register = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    registered_at = models.DateTimeField()
    direction = word_field(Direction)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="entry")
    sender = models.TextField(blank=True)
    recipients = models.JSONField(default=list, blank=True)
    subject = models.TextField(blank=True)
    document_sha256 = models.CharField(max_length=64)
    original_at = models.DateTimeField(null=True, blank=True)
    original_identifier = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "register_entry"
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "number"], name="register_entry_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="register_entry_starts_at_one"),
            one_of("direction", Direction, name="register_entry_direction_known"),
        ]
        indexes = [models.Index(fields=["register", "registered_at"], name="register_entry_by_moment")]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        """Year and number as a person writes them: 2025/0000042."""
        return f"{self.year}/{self.number:07d}"


class OfficeNumber(models.Model):
    """The number an office's own register gave the same document; a row of its own, the entry stays."""

    only_grows: ClassVar[bool] = True

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="office_numbers")
    number = models.CharField(max_length=64)
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        db_table = "register_office_number"
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="office_number_once_per_entry"),
            models.CheckConstraint(condition=~Q(number=""), name="office_number_not_empty"),
        ]

    def __str__(self) -> str:
        return f"office number {self.pk}"
