"""What employers may see of a person, and when they began to: invitations, and lists with names."""

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call


class Invitation(models.Model):
    """An employer (`recipient`, its public code) would like to meet a person under a call.

    Until the person accepts, the employer sees an anonymous profile under the code of the invitation; after
    it, what the matrix says. A person's no has no reason and no effect on their place.
    """

    code = CodeField()
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="invitations")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="roster_invitations")
    recipient = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=64)
    due_on = models.DateField(null=True, blank=True)
    answer = word_field(Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "candidate_invitation"
        constraints = [
            one_of("answer", Answer, name="invitation_answer_is_known", blank=True),
            models.UniqueConstraint(
                fields=["candidate", "call", "recipient"],
                condition=Q(recalled_at=None),
                name="invitation_once_per_employer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__gte=F("invited_at"))),
                name="invitation_answered_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "call"], name="invitation_by_recipient")]

    def __str__(self) -> str:
        return self.code


class NamedList(models.Model):
    """The list of names that a call promises ("elenco di nominativi"): an explicit output, with its basis.

    Made for one employer by one person and released by another; recalled when need be. `columns` = the fields
    given. `lines` = what was given, frozen at the release, gone with the recall: [{person, said}].
    """

    code = CodeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="named_lists")
    recipient = models.CharField(max_length=64)
    basis = models.CharField(max_length=16)
    citation = models.CharField(max_length=300)
    columns = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=64, blank=True, default="")
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "candidate_named_list"
        constraints = [
            models.CheckConstraint(condition=~Q(basis="") & ~Q(citation=""), name="named_list_has_a_basis"),
            models.CheckConstraint(
                condition=Q(released_by="") | ~Q(released_by=F("made_by")), name="named_list_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | (Q(lines=[]) & ~Q(recall_reason="")),
                name="named_list_recalled_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(lines=[]) | Q(released_at__isnull=False), name="named_list_given_when_released"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class NamedListEntry(models.Model):
    """A person on a list of names, in its order."""

    named_list = models.ForeignKey(NamedList, on_delete=models.CASCADE, related_name="entries")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="named_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "candidate_named_list_entry"
        constraints = [
            models.UniqueConstraint(fields=["named_list", "candidate"], name="named_list_person_once"),
            models.UniqueConstraint(fields=["named_list", "position"], name="named_list_position_once"),
        ]

    def __str__(self) -> str:
        return f"entry {self.position}"
