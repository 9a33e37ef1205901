"""A person on the roster: where they stand, since when, until when; who registered them; consents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.accounts.models import Organisation
from tragitto.candidates.vocabulary import Housing
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes.models import RosterDuty, Scheme
from tragitto.schemes.vocabulary import RosterDutyKind, RosterStatus

#: Statuses before anybody has sent the registration.
UNSENT = (RosterStatus.REGISTERING,)
#: Statuses that nobody reaches who never was of age and never sent a registration.
SENT = tuple(word.value for word in RosterStatus if word not in UNSENT)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """People, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "CandidateQuerySet":
        """The people whom `actor` may know to exist by name: themselves; those of a roster that the actor's
        organisation keeps, once sent; those whom it registered. Employers see profiles, never these rows.
        """
        if actor.is_system:
            return self
        own = Q(account=actor.code)
        if not actor.organisation:
            return self.filter(own)
        theirs = Q(registrations__organisation__code=actor.organisation, registrations__ended_at=None)
        return self.filter(own | _kept(actor) | Q(pk__in=Candidate.objects.filter(theirs).values("pk")))

    def kept_by(self, actor: Actor) -> "CandidateQuerySet":
        """The people whose files lie at the desk of `actor`: those of a roster that the actor's organisation
        keeps, once sent; never the actor's own registration.
        """
        return self.filter(_kept(actor)).exclude(account=actor.code)


def _kept(actor: Actor) -> Q:
    kept = RosterDuty.objects.filter(
        scheme=OuterRef("scheme"), duty=RosterDutyKind.KEEPS, organisation__code=actor.organisation
    )
    return Q(Exists(kept)) & ~Q(status__in=UNSENT)


class Candidate(models.Model):
    """One registration of one person on the roster of one scheme.

    `account` = the code of the person's own sign-in, empty for whom others registered and who never came.
    `seniority_at` = the instant from which the place on the roster counts; `valid_until` and `confirm_by` are
    projections of the clock (rules/clock.py), empty while it stands still. `revision` counts savings, so that
    two devices do not overwrite each other. `adult_on` = the birthday from which the person may be on it.
    """

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="candidates")
    account = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=8, default="fr")
    revision = models.PositiveIntegerField(default=0)

    status = word_field(RosterStatus)
    status_at = models.DateTimeField()
    reason = models.CharField(max_length=64, blank=True, default="")
    seniority_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)
    adult_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged", null=True, blank=True
    )

    available_from = models.DateField(null=True, blank=True)
    regions = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    shifts = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    housing = word_field(Housing, blank=True)
    #: In the person's words, and as the office tidied them for others to read: as of a profile.
    about = models.TextField(blank=True, default="")
    about_is_own = models.BooleanField(default=False, db_default=False)
    about_tidied = models.TextField(blank=True, default="")
    about_tidied_by = models.CharField(max_length=64, blank=True, default="", db_default="")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        db_table = "candidate"
        constraints = [
            one_of("status", RosterStatus, name="candidate_status_is_known"),
            one_of("housing", Housing, name="candidate_housing_is_known", blank=True),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="candidate_language_known"),
            models.CheckConstraint(
                condition=Q(about_tidied_by="") | ~Q(about_tidied=""),
                name="candidate_about_tidied_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["scheme", "account"],
                condition=~Q(account="") & ~Q(status__in=["merged", "withdrawn"]),
                name="candidate_once_per_account",
            ),
            models.CheckConstraint(
                condition=Q(status=RosterStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=RosterStatus.MERGED) & Q(merged_into__isnull=True)),
                name="candidate_merged_into_somebody",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="candidate_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=~Q(status=RosterStatus.ACTIVE)
                | Q(seniority_at__isnull=False, sent_on__isnull=False, adult_on__isnull=False),
                name="candidate_active_has_a_place",
            ),
            # IRIS standard, A.3: nobody under age is on the roster.
            models.CheckConstraint(
                condition=~Q(status__in=["active", "reserved", "placed"]) | Q(adult_on__lte=F("sent_on")),
                name="candidate_of_age_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "status", "seniority_at", "id"], name="candidate_in_order"),
            models.Index(fields=["account"], name="candidate_by_account"),
            models.Index(fields=["confirm_by"], name="candidate_to_confirm"),
            models.Index(fields=["valid_until"], name="candidate_to_lapse"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_sent(self) -> bool:
        """Whether the registration was sent, and is no longer the person's draft alone."""
        return self.status not in UNSENT


class Registration(models.Model):
    """An organisation registered a person under its own `reference`; until it ends they are its people too.

    `told_at` = when the person was told of it (GDPR, art. 14), and how to take the registration over.
    `entered` = the fields that came from it, with what it said last: what the person entered is never
    overwritten, and what the organisation said before is not taken for the person's word.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="roster_registrations"
    )
    reference = models.CharField(max_length=64)
    entered = models.JSONField(default=dict)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=64)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "candidate_registration"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="registration_once_per_reference"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="registration_has_a_reference"),
        ]
        indexes = [models.Index(fields=["candidate"], name="registration_by_candidate")]

    def __str__(self) -> str:
        return self.reference


class NoticeSeen(models.Model):
    """A person was shown a version of a controller's privacy notice: never changed, it goes only with
    a registration that was thrown away before it was sent (a trigger holds it to that).
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="notices")
    controller = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "candidate_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "controller", "version"], name="notice_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.controller} {self.version}"


class Consent(models.Model):
    """A consent given, with the version of the roster whose words were shown, and perhaps withdrawn."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="consents")
    code = models.CharField(max_length=64)
    roster_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "candidate_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "code"],
                condition=Q(withdrawn_at=None),
                name="consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return self.code
