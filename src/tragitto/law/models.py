"""Legal parameters and holidays as rows: what was in force, since when, by which article."""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce, Least

from tragitto.kernel.declarations import impersonal
from tragitto.kernel.fields import TextsField, texts_complete
from tragitto.law.rules import Row, Value
from tragitto.law.vocabulary import WORDED, Confidence, Direction, Unit

# An exclusion constraint compares ranges only, unless a contributed extension is installed: so the code
# becomes the range from itself to itself, and the days those for which the row answers.
ONE_CODE = Func(
    F("code"), F("code"), Literal("[]"), function="law_code_range", output_field=models.TextField()
)
ITS_DAYS = Func(
    Coalesce("valid_from", "covered_from"),
    Least("valid_until", "covered_until"),
    function="daterange",
    output_field=DateRangeField(),
)


class Parameter(models.Model):
    """One period of one legal parameter, as a law pack gave it.

    A row never changes: another wording is another row, and the older one is marked superseded, so that
    a decision can always show the row it used.
    """

    never_deleted: ClassVar[bool] = True

    code = models.CharField(max_length=96)
    title = TextsField()
    unit = models.CharField(max_length=16)
    value = models.TextField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    covered_from = models.DateField(null=True)
    covered_until = models.DateField(null=True)
    moment = models.CharField(max_length=48, blank=True)
    direction = models.CharField(max_length=8)
    act = models.CharField(max_length=96)
    article = models.CharField(max_length=160)
    confidence = models.CharField(max_length=1)
    source = models.CharField(max_length=48, blank=True)
    note = models.TextField(blank=True)
    choice = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    not_found = models.TextField(blank=True)
    digest = models.CharField(max_length=12)
    loaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "law_parameter"
        indexes = [models.Index(fields=["code", "valid_from"], name="law_parameter_by_code")]
        constraints = [
            ExclusionConstraint(
                name="law_parameter_one_at_a_time",
                expressions=[(ONE_CODE, "&&"), (ITS_DAYS, "&&")],
                condition=Q(superseded_at=None),
            ),
            models.UniqueConstraint(
                fields=["code", "digest"],
                condition=Q(superseded_at=None),
                name="law_parameter_said_once",
            ),
            texts_complete("title", "law_parameter_title_complete"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="law_parameter_period_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) & ~Q(not_found="")
                | Q(value__isnull=False, not_found="")
                & (Q(valid_from__isnull=False) | Q(covered_from__isnull=False)),
                name="law_parameter_known_or_said_unknown",
            ),
            models.CheckConstraint(
                condition=Q(choice=True) & ~Q(reason="") | Q(choice=False, reason=""),
                name="law_parameter_choice_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(act="") & ~Q(article=""), name="law_parameter_cites_an_article"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=[str(unit) for unit in Unit]), name="law_parameter_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=[str(one) for one in Confidence]),
                name="law_parameter_confidence_known",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("loaded_at")),
                name="law_parameter_superseded_after_loading",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """``code@start#digest``: what a decision keeps of the row it used."""
        return self.row.reference

    @property
    def row(self) -> Row:
        """The row as the pure rules read it."""
        unit = Unit(self.unit)
        return Row(
            code=self.code,
            title=self.title,
            unit=unit,
            value=_value(self.value, unit),
            start=self.valid_from,
            end=self.valid_until,
            covered_from=self.covered_from,
            covered_until=self.covered_until,
            moment=self.moment,
            direction=Direction(self.direction),
            act=self.act,
            article=self.article,
            confidence=Confidence(self.confidence),
            source=self.source,
            note=self.note,
            choice=self.choice,
            reason=self.reason,
            not_found=self.not_found,
        )


class Holiday(models.Model):
    """A day on which a country, or one of its provinces, does not work."""

    country = models.CharField(max_length=2)
    subdivision = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    name = models.CharField(max_length=160)
    estimated = models.BooleanField(default=False)

    class Meta:
        db_table = "law_holiday"
        constraints = [
            models.UniqueConstraint(
                fields=["country", "subdivision", "day"], name="law_holiday_once_a_day_and_place"
            ),
            models.CheckConstraint(condition=~Q(country="") & ~Q(name=""), name="law_holiday_named"),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.country}{self.subdivision and '-'}{self.subdivision}"


def _value(written: str | None, unit: Unit) -> Value | None:
    if written is None or unit in WORDED:
        return written
    return int(written) if written.isdigit() else Decimal(written)


impersonal("law.Parameter", "note", "reason", because="the words of the published law pack")
impersonal("law.Holiday", "name", because="the name of a feast")
