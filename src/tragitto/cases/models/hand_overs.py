"""What was handed over to whom: a package of cases, what it rests on, whether it was accepted or recalled."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.cases.models.cases import Case
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField
from tragitto.schemes.models import Call


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Hand-overs, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "HandOverQuerySet":
        """Those the actor's organisation made or received; all of them for the house itself."""
        if actor.is_system:
            return self
        if not actor.organisation:
            return self.none()
        return self.filter(Q(made_for=actor.organisation) | Q(recipient__code=actor.organisation))


class HandOver(models.Model):
    """A package of admitted cases for one recipient: data, documents, and a manifest with their hashes.

    `basis` = {"title", "basis", "citation", "consent", "facts", "with_documents"} as the call says then;
    `package` is the file as handed over, `manifest_hash` the SHA-256 of the manifest inside. Of what was
    recalled the recipient still sees which package that was, how many filings it held, and the reason.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="hand_overs")
    recipient = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="received_hand_overs"
    )
    duty = models.CharField(max_length=32)
    basis = models.JSONField(default=dict)
    package = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="hand_overs")
    manifest_hash = models.CharField(max_length=64)
    made_for = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=64, blank=True, default="")
    accepted_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.CharField(max_length=64, blank=True, default="")
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.TextField(blank=True, default="")

    objects = HandOverQuerySet.as_manager()

    class Meta:
        db_table = "hand_over"
        constraints = [
            models.CheckConstraint(
                condition=Q(manifest_hash__regex=r"^[0-9a-f]{64}$"), name="hand_over_manifest_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by="")
                | (Q(accepted_at__gte=F("made_at")) & ~Q(accepted_by="")),
                name="hand_over_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True, recalled_by="", recall_reason="")
                | (Q(recalled_at__gte=F("made_at")) & ~Q(recalled_by="") & ~Q(recall_reason="")),
                name="hand_over_recalled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_recalled(self) -> bool:
        """Whether the recipient may no longer use it."""
        return self.recalled_at is not None


class HandOverItemQuerySet(models.QuerySet["HandOverItem"]):
    """Cases as handed over, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "HandOverItemQuerySet":
        """Those of packages that the actor's office made, or that its organisation received and still holds.

        All that a partner knows of a case: its duty in the scheme alone opens nothing.
        """
        if actor.is_system:
            return self
        if not actor.organisation:
            return self.none()
        holds = Q(hand_over__recipient__code=actor.organisation, hand_over__recalled_at__isnull=True)
        return self.filter(Q(hand_over__made_for=actor.organisation) | holds)


class HandOverItem(models.Model):
    """One case in a package: `content` is what was handed over about it, `content_hash` its SHA-256.

    It stays as it was handed over, whatever becomes of the case afterwards.
    """

    only_grows: ClassVar[bool] = True

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_over_items")
    position = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)

    objects = HandOverItemQuerySet.as_manager()

    class Meta:
        db_table = "hand_over_item"
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "case"], name="hand_over_item_once_per_case"),
            models.UniqueConstraint(
                fields=["hand_over", "position"], name="hand_over_item_once_per_position"
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position}"
