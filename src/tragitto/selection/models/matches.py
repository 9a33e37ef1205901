"""Who was matched with which post, what was offered, what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models import Candidate
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.selection.models.on_behalf import ToldForThem, told_whole
from tragitto.selection.models.rounds import RoundPost
from tragitto.selection.models.runs import Run
from tragitto.selection.models.shortlists import Shortlisted
from tragitto.selection.vocabulary import MatchEnd, OfferAnswer


class Match(models.Model):
    """One person and one post, confirmed by a person; ended with a reason when it does not come to work.

    A person has one live match at a time (a unique index), a post no more than its seats (a trigger).
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    post = models.ForeignKey(RoundPost, on_delete=models.PROTECT, related_name="matches")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="matches")
    shortlisted = models.ForeignKey(Shortlisted, on_delete=models.PROTECT, related_name="matches")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="matches")
    matched_at = models.DateTimeField()
    matched_by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = word_field(MatchEnd, blank=True)

    class Meta:
        db_table = "match"
        constraints = [
            one_of("end", MatchEnd, name="match_end_is_known", blank=True),
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(ended_at=None), name="match_one_live_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__gte=F("matched_at")) & ~Q(end="")),
                name="match_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Offer(ToldForThem):
    """What an employer offers to whom it was matched with: terms, and a term to answer (an instant).

    Money in euro cents a year, gross; hours a week in tenths.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="offers")
    contract = models.CharField(max_length=120)
    agreement = models.CharField(max_length=160)
    level = models.CharField(max_length=40)
    pay_cents = models.PositiveIntegerField()
    hours_tenths = models.PositiveSmallIntegerField()
    trial_days = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=160)
    starts_on = models.DateField(null=True, blank=True)
    housing = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    answer = word_field(OfferAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "offer"
        constraints = [
            one_of("answer", OfferAnswer, name="offer_answer_is_known", blank=True),
            models.UniqueConstraint(
                fields=["match"], condition=Q(answer=""), name="offer_one_open_per_match"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="offer_time_to_answer"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__gte=F("made_at"))),
                name="offer_answered_at_a_moment",
            ),
            told_whole("offer_told_whole"),
        ]

    def __str__(self) -> str:
        return self.code
