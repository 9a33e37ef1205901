"""Tokens by which the programs of an organisation use the API."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from tragitto.accounts.models.people import Organisation
from tragitto.accounts.vocabulary import Scope
from tragitto.kernel.fields import CodeField


class Token(models.Model):
    """A token of an organisation; of its secret only a hash is kept, so it is shown once and never again."""

    code = CodeField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=32))
    #: The first day on which it opens nothing any more.
    ends_on = models.DateField()
    #: The code of whoever made it.
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "api_token"
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gt=0),
                name="api_token_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=TruncDate("made_at")), name="api_token_ends_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="api_token_revoked_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.code
