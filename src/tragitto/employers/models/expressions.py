"""Employers, what they filed under which call, message by message, and the place it has."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.cases.models import Case, calls_seen_by
from tragitto.employers.vocabulary import InstantKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call

#: How much of an employer's name is kept.
NAME_LENGTH = 300


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "EmployerQuerySet":
        """Employers with an expression that the actor may see."""
        seen = Expression.objects.visible_to(actor).filter(employer=OuterRef("pk"))
        return self.filter(Exists(seen))


class Employer(models.Model):
    """An enterprise, or whoever files as one; known by its codice fiscale, in capitals."""

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    codice_fiscale = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    known_since = models.DateTimeField()

    objects = EmployerQuerySet.as_manager()

    class Meta:
        db_table = "employer"
        constraints = [
            models.CheckConstraint(
                condition=Q(codice_fiscale__regex=r"^([0-9]{11}|[A-Z0-9]{16})$"),
                name="employer_codice_fiscale_has_its_form",
            )
        ]

    def __str__(self) -> str:
        return self.code


#: The order of arrival: the frozen key, expressions without a certified instant last.
ARRIVAL = (F("place_instant").asc(nulls_last=True), F("place_identifier"), F("pk"))


class ExpressionQuerySet(models.QuerySet["Expression"]):
    """Expressions of interest, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "ExpressionQuerySet":
        """Expressions whose case the actor may see: one rule for both.

        A case is of the same call as its expression (a constraint), so the call is asked and no case.
        """
        if actor.is_system:
            return self
        return self.filter(call__in=calls_seen_by(actor)) if actor.organisation else self.none()


class Expression(models.Model):
    """One employer's interest under one call, however many messages it took to say it.

    The place in the order of arrival is frozen in `place_*` and follows the call's rule of the place;
    `current` is the version under review. The stage lives on the case.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="expressions")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="expressions")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="expression")
    place_instant = models.DateTimeField(null=True, blank=True)
    place_identifier = models.TextField(blank=True, default="", db_collation="C")
    placed = models.ForeignKey(
        "Version", on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )
    current = models.ForeignKey(
        "Version", on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        db_table = "expression"
        constraints = [
            models.UniqueConstraint(fields=["call", "employer"], name="expression_once_per_employer_and_call")
        ]
        indexes = [models.Index(fields=["call", "place_instant"], name="expression_by_place")]

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """One message of an expression: a trigger lets nothing of it change but `is_complete` and `run`.

    `facts` is what was read, as `rules.FilingFacts`; `instant` is the one the call counts, null when the
    message proves none. `is_complete` is null as long as something of it could not be read; `run` is the
    number of the evaluation whose findings hold.
    """

    never_deleted: ClassVar[bool] = True

    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    message = models.OneToOneField("records.Message", on_delete=models.PROTECT, related_name="version")
    instant = models.DateTimeField(null=True, blank=True)
    instant_kind = word_field(InstantKind)
    identifier = models.TextField(blank=True, default="", db_collation="C")
    facts = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=64)
    is_complete = models.BooleanField(null=True, blank=True)
    run = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "expression_version"
        constraints = [
            models.UniqueConstraint(fields=["expression", "number"], name="version_once_per_number"),
            models.CheckConstraint(
                condition=Q(instant_kind=InstantKind.NONE.value, instant__isnull=True)
                | (~Q(instant_kind=InstantKind.NONE.value) & Q(instant__isnull=False)),
                name="version_instant_has_its_kind",
            ),
            one_of("instant_kind", InstantKind, name="version_instant_kind_is_known"),
        ]
        # Who signed or is named in which message is asked whenever somebody sorts one.
        indexes = [GinIndex(fields=["facts"], opclasses=["jsonb_path_ops"], name="version_by_what_it_says")]

    def __str__(self) -> str:
        return f"version {self.number}"
