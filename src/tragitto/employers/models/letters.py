"""Letters to an employer about its expression, what it answered, and late filings admitted all the same."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.employers.models.expressions import Expression, Version
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.records.models import Outgoing

#: Letters that tell what was decided, or that it holds no more.
OF_DECISIONS = [LetterKind.CORRECTION.value, LetterKind.DECISION.value]


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "LetterQuerySet":
        """Letters about expressions that the actor may see; at the portal one asks for those of one's own."""
        seen = Expression.objects.visible_to(actor).filter(pk=OuterRef("expression"))
        return self.filter(Exists(seen)) if actor.door != "portal" else self.none()

    def sent(self) -> "LetterQuerySet":
        """Those that were sent, or given in another way."""
        return self.filter(Q(outgoing__isnull=False) | Q(reached_at__isnull=False))

    def waiting(self) -> "LetterQuerySet":
        """Those that still have to be sent."""
        return self.filter(outgoing__isnull=True, reached_at__isnull=True, dropped_at__isnull=True)


class Letter(models.Model):
    """A letter of the office about an expression, as a numbered document; `outgoing` once it could be sent.

    `grounds` = [{"criterion", "text"}]: the obstacles announced, the documents asked for. `deadline` = the
    code of the term it sets running; `after_move` = where the case stood when it left. Without an address
    to write to it waits, and the office sees it waiting. `reached_at` = the proven delivery, or the moment a
    person has seen proven another way, said in `reached_note`: from there a term to answer runs. `attempts` =
    the further ones, where the delivery of `outgoing` failed.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    expression = models.ForeignKey(Expression, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    kind = word_field(LetterKind)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    decision = models.ForeignKey(
        "cases.Decision", on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    grounds = models.JSONField(default=list)
    text = models.TextField(blank=True, default="")
    document = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    deadline = models.CharField(max_length=64, blank=True, default="")
    recipient = models.CharField(max_length=320, blank=True, default="")
    outgoing = models.OneToOneField(
        "records.Outgoing", on_delete=models.PROTECT, related_name="letter", null=True, blank=True
    )
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    after_move = models.PositiveIntegerField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_note = models.TextField(blank=True, default="")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=64, blank=True, default="")

    objects = LetterQuerySet.as_manager()

    class Meta:
        db_table = "letter"
        constraints = [
            models.UniqueConstraint(fields=["expression", "number"], name="letter_once_per_number"),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True) | (~Q(recipient="") & Q(document__isnull=False)),
                name="letter_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_DECISIONS, decision__isnull=False)
                | (~Q(kind__in=OF_DECISIONS) & Q(decision__isnull=True)),
                name="letter_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=Q(kind=LetterKind.DECISION.value) | Q(dropped_at__isnull=True),
                name="letter_once_per_decision",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by="")
                | (
                    Q(dropped_at__isnull=False, outgoing__isnull=True, reached_at__isnull=True)
                    & ~Q(dropped_by="")
                ),
                name="letter_dropped_before_it_left",
            ),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True, reached_at__isnull=True) | Q(after_move__isnull=False),
                name="letter_left_from_a_place",
            ),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=True) | Q(outgoing__isnull=False) | ~Q(reached_note=""),
                name="letter_reached_in_a_way",
            ),
            one_of("kind", LetterKind, name="letter_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def has_left(self) -> bool:
        """Whether it was sent, or given to the employer in another way."""
        return self.outgoing_id is not None or self.reached_at is not None

    @property
    def sendings(self) -> list[Outgoing]:
        """The messages that carried it, the first attempt first."""
        further = sorted(self.attempts.all(), key=lambda each: each.number)
        return [each for each in (self.outgoing, *(one.outgoing for one in further)) if each]

    @property
    def last_outgoing(self) -> Outgoing | None:
        """The message of the latest attempt to send it."""
        return self.sendings[-1] if self.sendings else None

    @property
    def came_back(self) -> bool:
        """Whether the delivery of the latest attempt failed, and nothing else tells of an arrival."""
        if self.last_outgoing is None or self.reached_at is not None:
            return False
        proofs = list(self.last_outgoing.proofs.all())
        return bool(proofs) and all(proof.failed_at for proof in proofs)

    @property
    def waits(self) -> bool:
        """Whether it still has to be sent."""
        return not self.has_left and self.dropped_at is None


class Observation(models.Model):
    """What an employer answered to an announced obstacle (art. 10-bis L. 241/1990), and the answer.

    `new_grounds` = the codes of the criteria that are unmet only because of what was observed: besides the
    announced ones, a refusal may rest on these alone.
    """

    never_deleted: ClassVar[bool] = True

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="observations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    message = models.ForeignKey(
        "records.Message", on_delete=models.PROTECT, related_name="observations", null=True, blank=True
    )
    received_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)
    answer = models.TextField(blank=True, default="")
    is_upheld = models.BooleanField(null=True, blank=True)
    new_grounds = models.JSONField(default=list)
    answered_by = models.CharField(max_length=64, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "letter_observation"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="observation_once_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="observation_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", answer="", is_upheld__isnull=True)
                | (
                    Q(answered_at__isnull=False, is_upheld__isnull=False) & ~Q(answered_by="") & ~Q(answer="")
                ),
                name="observation_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(new_grounds=[]) | Q(answered_at__isnull=False),
                name="observation_brings_grounds_when_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.number}"


class LateAdmission(models.Model):
    """A late version, proposed to be admitted on a ground the call names; a second person decides."""

    never_deleted: ClassVar[bool] = True

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="late_admission")
    exception = models.CharField(max_length=64)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    is_admitted = models.BooleanField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.TextField(blank=True, default="")

    class Meta:
        db_table = "late_admission"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_admission_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
                name="late_admission_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(is_admitted__isnull=True, decided_at__isnull=True, decided_by="")
                | (Q(is_admitted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
                name="late_admission_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"late admission {self.pk}"
