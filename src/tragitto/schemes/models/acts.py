"""What goes with the act of a call: who verified its draft, and where else one may look."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.kernel.fields import TextsField, one_of, texts_complete, word_field
from tragitto.schemes.models.calls import Call
from tragitto.schemes.vocabulary import CheckKind, Relation


class Verification(models.Model):
    """Somebody verified a draft as it then read (`content_hash`), and passed it or sent it back with a note.

    The latest of its kind about the present content counts; the one who drafted never verifies.
    """

    only_grows = True

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="verifications")
    number = models.PositiveSmallIntegerField()
    kind = word_field(CheckKind)
    is_passed = models.BooleanField()
    note = models.TextField(blank=True, default="")
    content_hash = models.CharField(max_length=64)
    verified_by = models.CharField(max_length=64)
    verified_at = models.DateTimeField()

    class Meta:
        db_table = "call_verification"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="verification_once_per_number"),
            models.CheckConstraint(
                condition=Q(is_passed=True) | ~Q(note=""), name="verification_sent_back_with_a_note"
            ),
            one_of("kind", CheckKind, name="verification_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"verification {self.number}"


class RelatedLink(models.Model):
    """Another call of ours, or a page elsewhere, that belongs to this call; it may be added and taken away
    after publication, for it changes nothing of what the call promises.
    """

    never_deleted: ClassVar[bool] = True

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="related_links")
    number = models.PositiveSmallIntegerField()
    relation = word_field(Relation)
    title = TextsField()
    other = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="linked_from", null=True, blank=True
    )
    page = models.URLField(max_length=500, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "call_related_link"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="related_link_once_per_number"),
            models.CheckConstraint(
                condition=Q(other__isnull=False, page="") | (Q(other__isnull=True) & ~Q(page="")),
                name="related_link_leads_to_one_place",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("call")), name="related_link_leads_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="related_link_removed_by_somebody",
            ),
            one_of("relation", Relation, name="related_link_relation_is_known"),
            texts_complete("title", "related_link_title_complete"),
        ]

    def __str__(self) -> str:
        return f"link {self.number}"
