"""How a scheme selects, as published: the versions of its rules."""

from django.db import models

from tragitto.schemes.models.schemes import Scheme


class SelectionRules(models.Model):
    """One version of a scheme's rules of selection; `content` = the pack's `SelectionSpec` as JSON."""

    only_grows = True

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="selection_rules")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "scheme_selection_rules"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="selection_rules_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"selection rules {self.version}"
