"""What both sides say after a meeting: the employer's score sheet, and the rankings of posts and people."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tragitto.candidates.models import Candidate
from tragitto.kernel.fields import CodeField
from tragitto.selection.models.meetings import Meeting
from tragitto.selection.models.rounds import Round, RoundPost
from tragitto.selection.models.shortlists import Shortlisted


class ScoreSheet(models.Model):
    """What an employer found at a meeting, line by line; sent, it is locked (a trigger holds it to that).

    `lines` = {code of the line: points from 0 upwards}: requirements of the post by "level:<language>",
    "skill:<code>", "licence:<code>", then the lines of the round's rules by their codes.
    """

    never_deleted: ClassVar[bool] = True

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="sheet")
    lines = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "score_sheet"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="") | (Q(sent_at__isnull=False) & ~Q(sent_by="")),
                name="score_sheet_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet of {self.meeting_id}"


class Ranking(models.Model):
    """Whom a post's employer would rather have, or where a person would rather go; exactly one of the two.

    A draft until sent; sent, it and its lines are locked (triggers).
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rankings")
    post = models.ForeignKey(
        RoundPost, on_delete=models.PROTECT, related_name="rankings", null=True, blank=True
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="rankings", null=True, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "ranking"
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, candidate=None) | Q(post=None, candidate__isnull=False),
                name="ranking_of_a_post_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["round", "post", "candidate"], name="ranking_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="") | (Q(sent_at__isnull=False) & ~Q(sent_by="")),
                name="ranking_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RankingLine(models.Model):
    """One pair in a ranking: its tier (1 = the first wish, equal tiers are ties), or none: "rather not"."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="lines")
    shortlisted = models.ForeignKey(Shortlisted, on_delete=models.PROTECT, related_name="ranked")
    tier = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "ranking_line"
        constraints = [
            models.UniqueConstraint(fields=["ranking", "shortlisted"], name="ranking_line_once"),
            models.CheckConstraint(condition=Q(tier=None) | Q(tier__gte=1), name="ranking_tier_from_one"),
        ]

    def __str__(self) -> str:
        return f"line of {self.ranking_id}"
