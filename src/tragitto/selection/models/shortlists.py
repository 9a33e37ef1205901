"""Who is proposed for which post of a round, why, and what was shown to the employer."""

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models import Candidate, Invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.selection.models.on_behalf import ToldForThem, told_whole
from tragitto.selection.models.rounds import RoundPost
from tragitto.selection.models.runs import Run


class Shortlisted(ToldForThem):
    """A person on the shortlist of a post.

    Proposed by a run (`run`) or added by a person with a ground; taken off by a person with a ground.
    `score` and `contributions` ([[criterion, units, points, score], …]) as the engine gave them, so that they
    add up. `invitation` = how the person was asked and the firm was shown a profile without a name; the
    `answer` is to this post alone, until `due_on`, and a yes to another of the same firm is none to it.
    `given_up_at`: the person left this post, or the round; nobody is asked why.
    """

    never_deleted = True

    code = CodeField()
    post = models.ForeignKey(RoundPost, on_delete=models.PROTECT, related_name="shortlist")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="shortlisted")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="shortlisted", null=True, blank=True)
    place = models.PositiveSmallIntegerField()
    score = models.IntegerField(null=True, blank=True)
    contributions = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    added_ground = models.TextField(blank=True, default="")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=64, blank=True, default="")
    removed_ground = models.TextField(blank=True, default="")
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, related_name="shortlisted", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answer = word_field(Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "shortlisted"
        constraints = [
            one_of("answer", Answer, name="shortlisted_answer_is_known", blank=True),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(published_at__isnull=False, answered_at__gte=F("published_at"))),
                name="shortlisted_answered_when_asked",
            ),
            told_whole("shortlisted_told_whole"),
            models.UniqueConstraint(
                fields=["post", "candidate"], condition=Q(removed_at=None), name="shortlisted_once_per_post"
            ),
            # Whom no run proposed somebody added, and says why.
            models.CheckConstraint(
                condition=Q(run__isnull=False) | ~Q(added_ground=""), name="shortlisted_by_a_run_or_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="", removed_ground="")
                | (Q(removed_at__gte=F("added_at")) & ~Q(removed_by="") & ~Q(removed_ground="")),
                name="shortlisted_removed_for_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(invitation__isnull=False),
                name="shortlisted_published_by_an_invitation",
            ),
        ]
        indexes = [models.Index(fields=["candidate"], name="shortlisted_by_candidate")]

    def __str__(self) -> str:
        return self.code
