"""The roster of a scheme as published: its versions, and who does what with it."""

from django.db import models

from tragitto.kernel.fields import one_of, word_field
from tragitto.schemes.models.schemes import Scheme
from tragitto.schemes.vocabulary import RosterDutyKind


class Roster(models.Model):
    """One version of a scheme's roster; `content` = the pack's `RosterSpec` as JSON. Versions are added."""

    only_grows = True

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rosters")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "scheme_roster"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="roster_version_once_per_scheme"),
        ]

    def __str__(self) -> str:
        return f"roster {self.version}"


class RosterDuty(models.Model):
    """An organisation keeps the roster, or registers people on it, as the newest version says."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="roster_duties")
    duty = word_field(RosterDutyKind)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="roster_duties"
    )
    source = models.CharField(max_length=300)

    class Meta:
        db_table = "scheme_roster_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "duty", "organisation"], name="roster_duty_once_per_organisation"
            ),
            one_of("duty", RosterDutyKind, name="roster_duty_is_known"),
        ]

    def __str__(self) -> str:
        return self.duty
