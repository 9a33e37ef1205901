"""Cases, their moves, and what was proposed, decided and filed in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call, Duty, Journey, Stage, Step
from tragitto.schemes.vocabulary import DutyKind, Outcome

#: Duties behind every case of the call. Everybody else sees what was handed over to them, in the package.
SEES_ALL = (DutyKind.REVIEWS, DutyKind.PUBLISHES)


def calls_seen_by(actor: Actor) -> models.QuerySet[Call]:
    """The calls whose cases the actor's organisation may see: few calls are asked, not many cases."""
    held = Duty.objects.filter(
        Q(region__isnull=True) | Q(region=OuterRef("region")),
        scheme=OuterRef("scheme"),
        organisation__code=actor.organisation,
        duty__in=SEES_ALL,
    )
    return Call.objects.filter(Exists(held))


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "CaseQuerySet":
        """Cases under calls that the actor's organisation publishes or reviews; all for the house itself.

        Those who work on with the admitted ones look into what was handed over to them (`HandOverItem`).
        """
        if actor.is_system:
            return self
        return self.filter(call__in=calls_seen_by(actor)) if actor.organisation else self.none()


class Case(models.Model):
    """One subject's way through a journey; the room that opened it knows the subject.

    `stage`, `moves_made`, `outcome` and `closed_at` are a projection of the moves, held to them by
    constraints: the composite ones stand in the migrations. `filed_at` is the instant from which the terms
    of the procedure run (art. 2(6) L. 241/1990), `opened_at` the moment the house opened the case.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="cases")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="cases")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="cases")
    moves_made = models.PositiveIntegerField(default=1)
    filed_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    outcome = word_field(Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "case_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True)
                | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="case_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="case_closed_after_it_opened",
            ),
            one_of("outcome", Outcome, name="case_outcome_is_known", blank=True),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_closed(self) -> bool:
        """Whether the case is over."""
        return self.closed_at is not None


class Move(models.Model):
    """A case went from one stage to another; the first move, without a source, opens it.

    `seconded_by` is the person who proposed what another one took: always there for a correction.
    """

    only_grows: ClassVar[bool] = True

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="moves")
    source = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    target = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True, default="")
    seconded_by = models.CharField(max_length=64, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "case_move"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="move_once_per_number"),
            models.CheckConstraint(
                condition=Q(number=1, source__isnull=True) | Q(number__gt=1, source__isnull=False),
                name="move_first_has_no_source",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by="") | ~Q(seconded_by=F("actor")), name="move_seconded_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"move {self.number}"


class Proposal(models.Model):
    """Somebody proposes a step that needs a second person; `after_move` says where the case stood.

    `basis` is the hash of what the proposal rests on (the findings): a confirmation of anything else is
    refused.
    """

    only_grows: ClassVar[bool] = True

    code = CodeField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="proposals")
    after_move = models.PositiveIntegerField()
    reason = models.TextField(blank=True, default="")
    basis = models.CharField(max_length=64, blank=True, default="")
    proposed_by = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True, default="")
    proposed_at = models.DateTimeField()

    class Meta:
        db_table = "case_proposal"

    def __str__(self) -> str:
        return self.code


class DecisionYear(models.Model):
    """The last number given to a decision in a year; locked while a number is taken, so no gap arises."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "case_decision_year"

    def __str__(self) -> str:
        return str(self.year)


class Decision(models.Model):
    """What was decided, by whom, why, and on which law and findings as they stood (art. 3 L. 241/1990).

    `reasons` = [text]; `findings` = the snapshot the deciding person saw; `law_rows` = references;
    `call_hash` = the content of the call as published.
    """

    only_grows: ClassVar[bool] = True

    code = CodeField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    outcome = word_field(Outcome)
    reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    law_rows = models.JSONField(default=list)
    call_hash = models.CharField(max_length=64)
    after_move = models.PositiveIntegerField()
    proposed_by = models.CharField(max_length=64, blank=True, default="")
    decided_by = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64, blank=True, default="")
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "case_decision"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="decision_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="decision_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(reasons=[]), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(proposed_by="") | ~Q(proposed_by=F("decided_by")),
                name="decision_by_a_second_person",
            ),
            one_of("outcome", Outcome, name="decision_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class FiledDocument(models.Model):
    """A document that belongs to a case; a person accepts it before it proves anything."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filed_documents")
    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="filed_in")
    kind = models.CharField(max_length=64)
    valid_until = models.DateField(null=True, blank=True)
    filed_by = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=64, blank=True, default="")
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "case_document"
        constraints = [
            models.UniqueConstraint(fields=["case", "document", "kind"], name="document_filed_once_per_kind"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by="")
                | (Q(accepted_at__isnull=False) & ~Q(accepted_by="")),
                name="document_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
