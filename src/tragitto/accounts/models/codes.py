"""Codes that are good once, for a few minutes: proof that somebody reads at an address or a number."""

from django.db import models
from django.db.models import F, Q

from tragitto.accounts.rules import MOST_TRIES
from tragitto.kernel.fields import CodeField
from tragitto.kernel.texts import LANGUAGES

#: Neither used nor made void; whether it is too old, the moment says.
LIVE = Q(used_at=None, voided_at=None)


class OneTimeCode(models.Model):
    """A code that was sent to an address or a mobile number.

    Neither is kept: both are digests made with a key that is not in the database, so that a copy of it names
    nobody and opens nothing. A code is void after a newer one, or after too many wrong tries.
    """

    code = CodeField()
    address_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    #: That of the page where it was asked for: an account opened by it speaks it.
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "one_time_code"
        constraints = [
            models.UniqueConstraint(
                fields=["address_digest"], condition=LIVE, name="one_time_code_one_live_per_address"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("asked_at")), name="one_time_code_ends_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(tries__lt=MOST_TRIES) | Q(tries=MOST_TRIES, voided_at__isnull=False),
                name="one_time_code_void_after_too_many_tries",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(voided_at__isnull=True, used_at__lt=F("ends_at")),
                name="one_time_code_used_while_good",
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="one_time_code_language_known"),
        ]
        indexes = [models.Index(fields=["asked_at"], name="one_time_code_by_age")]

    def __str__(self) -> str:
        return self.code
