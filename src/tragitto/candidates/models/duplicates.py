"""Registrations that look like one person, what was decided, and merges that can be undone."""

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.vocabulary import Likeness
from tragitto.kernel.fields import CodeField, one_of, word_field


class LikePair(models.Model):
    """Two registrations that may be one person, the older first; `reasons` = codes of what they share."""

    code = CodeField()
    first = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="like_later")
    second = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="like_earlier")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    state = word_field(Likeness)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    ground = models.TextField(blank=True, default="")

    class Meta:
        db_table = "candidate_like_pair"
        constraints = [
            one_of("state", Likeness, name="like_pair_state_is_known"),
            models.UniqueConstraint(fields=["first", "second"], name="like_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="like_pair_older_first"),
            models.CheckConstraint(
                condition=Q(state=Likeness.OPEN, decided_at=None)
                | (~Q(state=Likeness.OPEN) & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="like_pair_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="like_pair_to_decide")]

    def __str__(self) -> str:
        return self.code


class Merge(models.Model):
    """`gone` was merged into `kept`; `moved` = what went over, so that it can go back."""

    code = CodeField()
    kept = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=dict)
    ground = models.TextField()
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "candidate_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merge_once_until_undone"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(ground=""), name="merge_has_a_ground"),
        ]

    def __str__(self) -> str:
        return self.code
