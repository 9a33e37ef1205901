"""Days of meetings, who can when, interpreters, and the meetings: nobody is in two places at once."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from tragitto.candidates.models import Candidate
from tragitto.employers.models import Employer
from tragitto.kernel.fields import CodeField, OneKey, Span, one_of, word_field
from tragitto.selection.models.rounds import Round
from tragitto.selection.models.runs import Run
from tragitto.selection.models.shortlists import Shortlisted
from tragitto.selection.vocabulary import MeetingState, Party

#: Meetings that take up their time: planned ones, and those that were held.
TAKES_TIME = Q(state__in=[MeetingState.PLANNED.value, MeetingState.HELD.value])


class MeetingDay(models.Model):
    """A day of meetings of a round. `link` = an https address for everybody, {meeting} stands for its code.

    `asked_at` = when both sides were asked who can when, until `answer_by`; `published_at` = when the plan
    was shown to them.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    link = models.URLField(max_length=300, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="days", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meeting_day"
        constraints = [
            models.UniqueConstraint(fields=["round", "on"], name="meeting_day_once_per_round"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="meeting_day_link_is_safe"
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None) | Q(answer_by__gt=F("asked_at")), name="meeting_day_time_to_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Interpreter(models.Model):
    """Somebody who interprets at the meetings of a round. `token_hash` = of the secret in their own link."""

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="interpreters")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    languages = ArrayField(models.CharField(max_length=8), default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "interpreter"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=Q(left_at=None), name="interpreter_once_per_round"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Availability(models.Model):
    """What a party said about a day: the beginnings of the slots (UTC instants) at which they cannot.

    No row = not answered: every slot is taken to be free, and the page says so. `employer` answers once for
    all who sit at its table. `interpreted_from` = the language (ISO 639) from which a person would like an
    interpreter, empty for none.
    """

    day = models.ForeignKey(MeetingDay, on_delete=models.PROTECT, related_name="availabilities")
    party = word_field(Party)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="availabilities", null=True, blank=True
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="availabilities", null=True, blank=True
    )
    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.PROTECT, related_name="availabilities", null=True, blank=True
    )
    cannot = ArrayField(models.DateTimeField(), default=list, blank=True)
    interpreted_from = models.CharField(max_length=8, blank=True, default="")
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=64)

    class Meta:
        db_table = "availability"
        constraints = [
            one_of("party", Party, name="availability_party_is_known"),
            models.UniqueConstraint(
                fields=["day", "candidate", "employer", "interpreter"],
                name="availability_once_per_party",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(party=Party.CANDIDATE, candidate__isnull=False, employer=None, interpreter=None)
                | Q(party=Party.EMPLOYER, candidate=None, employer__isnull=False, interpreter=None)
                | Q(party=Party.INTERPRETER, candidate=None, employer=None, interpreter__isnull=False),
                name="availability_of_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"availability {self.pk}"


def _nobody_twice(name: str, who: str) -> ExclusionConstraint:
    """No two meetings that take up time overlap for the same party."""
    key = OneKey(F(f"{who}_id"), F(f"{who}_id"), Value("[]"))
    span = Span("starts_at", "ends_at", RangeBoundary())
    both = [(key, RangeOperators.OVERLAPS), (span, RangeOperators.OVERLAPS)]
    return ExclusionConstraint(
        name=name, expressions=both, condition=TAKES_TIME & Q(**{f"{who}__isnull": False})
    )


class Meeting(models.Model):
    """A person meets an employer about one post, at one time, perhaps with an interpreter.

    `candidate` and `employer` repeat those of the shortlist, so that the database itself keeps each of them
    and the interpreter from being in two meetings at once. `sequence` counts changes, for calendars (RFC
    5545). `moves` = how often the person has moved it. `link` empty = that of the day.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    day = models.ForeignKey(MeetingDay, on_delete=models.PROTECT, related_name="meetings")
    shortlisted = models.ForeignKey(Shortlisted, on_delete=models.PROTECT, related_name="meetings")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="meetings")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="meetings")
    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.PROTECT, related_name="meetings", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    link = models.URLField(max_length=300, blank=True, default="")
    state = word_field(MeetingState)
    state_at = models.DateTimeField()
    state_by = models.CharField(max_length=64)
    ground = models.TextField(blank=True, default="")
    sequence = models.PositiveSmallIntegerField(default=0)
    moves = models.PositiveSmallIntegerField(default=0)
    reminded = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        db_table = "meeting"
        constraints = [
            one_of("state", MeetingState, name="meeting_state_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_has_a_length"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="meeting_link_is_safe"
            ),
            models.UniqueConstraint(
                fields=["shortlisted"], condition=TAKES_TIME, name="meeting_once_per_shortlisted"
            ),
            _nobody_twice("meeting_candidate_once_at_a_time", "candidate"),
            _nobody_twice("meeting_employer_once_at_a_time", "employer"),
            _nobody_twice("meeting_interpreter_once_at_a_time", "interpreter"),
        ]
        indexes = [models.Index(fields=["day", "starts_at"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.code
