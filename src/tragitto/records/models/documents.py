"""Documents: content kept once, under the hash of its bytes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import CodeField


class Document(models.Model):
    """Some bytes the house keeps; the content lies in the store under `sha256`, never in this table."""

    only_grows: ClassVar[bool] = True

    code = CodeField()
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=127)
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "document"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_hash_is_sha256"
            )
        ]

    def __str__(self) -> str:
        return self.code
