"""The keepers' desk: the text that is searched, saved searches, lists, long work."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from tragitto.accounts.models import Organisation
from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.vocabulary import ListKind, WorkKind, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Scheme
from tragitto.schemes.vocabulary import RosterStatus


class SearchRow(models.Model):
    """What is searched of a person, put together whenever they change (actions/indexing.py).

    A row stands for each registration that was sent. `words` = names, numbers and everything written about
    their work, in the dictionaries of four languages; the other columns repeat what other tables say, so that
    a search reads one. `place_at` = the seniority, or since when they stand where they stand; `expires_on` =
    the first of their identity documents to expire; `made_by` = the version of the rules that made the row.
    """

    candidate = models.OneToOneField(
        Candidate, on_delete=models.CASCADE, related_name="search_row", primary_key=True
    )
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    status = word_field(RosterStatus)
    place_at = models.DateTimeField()
    available_from = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    made_by = models.PositiveSmallIntegerField()
    words = SearchVectorField(null=True)
    #: Facts as words: "profile:…", "skill:…", "language:it:B1", "region:…", "eqf:5", "by:…".
    facts = ArrayField(models.CharField(max_length=96), default=list)

    class Meta:
        db_table = "candidate_search"
        constraints = [one_of("status", RosterStatus, name="search_row_status_is_known")]
        indexes = [
            GinIndex(fields=["words"], name="search_by_words"),
            GinIndex(fields=["facts"], name="search_by_facts"),
            models.Index(fields=["scheme", "place_at", "candidate"], name="search_in_order"),
            models.Index(
                fields=["scheme", "status", "place_at", "candidate"], name="search_in_order_of_status"
            ),
            models.Index(fields=["scheme", "expires_on"], name="search_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"search row {self.pk}"


class SavedSearch(models.Model):
    """A search kept under a name by one person of an organisation, perhaps for all of it."""

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="saved_searches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="saved_searches")
    owner = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    criteria = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "candidate_saved_search"
        constraints = [
            models.UniqueConstraint(fields=["owner", "scheme", "name"], name="saved_search_once_per_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.code


class RosterListQuerySet(models.QuerySet["RosterList"]):
    """Lists, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "RosterListQuerySet":
        """Those of the actor's organisation."""
        return self if actor.is_system else self.filter(organisation__code=actor.organisation)


class RosterList(models.Model):
    """A list of people: to work through, or not to be proposed again (`exclusion`) for what `about` names."""

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="roster_lists")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roster_lists")
    kind = word_field(ListKind)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RosterListQuerySet.as_manager()

    class Meta:
        db_table = "candidate_list"
        constraints = [
            one_of("kind", ListKind, name="roster_list_kind_is_known"),
            models.UniqueConstraint(
                fields=["organisation", "scheme", "name"],
                condition=Q(closed_at=None),
                name="roster_list_once_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ListEntry(models.Model):
    """A person on a list, with a note on why."""

    roster_list = models.ForeignKey(RosterList, on_delete=models.CASCADE, related_name="entries")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="on_lists")
    note = models.CharField(max_length=300, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    class Meta:
        db_table = "candidate_list_entry"
        constraints = [
            models.UniqueConstraint(fields=["roster_list", "candidate"], name="list_entry_once"),
        ]
        indexes = [models.Index(fields=["candidate"], name="list_entry_by_candidate")]

    def __str__(self) -> str:
        return f"list entry {self.pk}"


class WorkQuerySet(models.QuerySet["Work"]):
    """Long work, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "WorkQuerySet":
        """What the person themselves ordered for the organisation they act for."""
        if actor.is_system:
            return self
        return self.filter(ordered_by=actor.code, organisation__code=actor.organisation)


class Work(models.Model):
    """Long work in the background: an export, a change of many, a search for duplicates.

    `parameters` hold criteria and codes, never a personal value. `cursor` = how far it came, so that a killed
    worker's work goes on where it stood. The file of an export goes after `forget_at`.
    """

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="roster_work")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roster_work")
    kind = word_field(WorkKind)
    state = word_field(WorkState)
    parameters = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    problem = models.CharField(max_length=64, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    content = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True, blank=True)
    forget_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        db_table = "candidate_work"
        constraints = [
            one_of("kind", WorkKind, name="work_kind_is_known"),
            one_of("state", WorkState, name="work_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at=None)
                | (~Q(state__in=["waiting", "running"]) & Q(ended_at__isnull=False)),
                name="work_ended_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.code
