"""Requests for information: who asks, who answers, what was said, what the firm needs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tragitto.employers.models.expressions import NAME_LENGTH
from tragitto.employers.vocabulary import ContactChannel, ContactOutcome, EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call, Scheme


class Portfolio(models.Model):
    """The territory and sectors one account manager looks after, for one office and scheme.

    Empty lists mean all. `share` weighs the load: who has 2 is given twice as many as who has 1.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="portfolios")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="portfolios"
    )
    manager = models.CharField(max_length=64)
    provinces = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    divisions = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    share = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "account_manager_portfolio"
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=1), name="portfolio_has_a_share"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="portfolio_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Requests for information, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "EnquiryQuerySet":
        """Those the actor's organisation answers, and those a person made while signed in."""
        if actor.is_system:
            return self
        if actor.door == "portal":
            return self.filter(account=actor.code)
        return self.filter(organisation__code=actor.organisation) if actor.organisation else self.none()


class Enquiry(models.Model):
    """One enterprise's request for information, answered by an account manager who calls back.

    `needs` = [{profile, workers, skills, province, start}], which later feeds the plan of courses.
    `token_hash` = SHA-256 of the secret in the address at which the enterprise sees where its request stands;
    `sending_key` = SHA-256 of a word of the form that was sent, so that sending it twice makes one request.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="enquiries_made")
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="enquiries_made", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="enquiries"
    )
    enterprise_name = models.CharField(max_length=NAME_LENGTH)
    codice_fiscale = models.CharField(max_length=16, blank=True, default="")
    province = models.CharField(max_length=2)
    division = models.CharField(max_length=2, blank=True, default="")
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=32, blank=True, default="")
    language = models.CharField(max_length=8)
    question = models.TextField(blank=True, default="")
    needs = models.JSONField(default=list)
    account = models.CharField(max_length=64, blank=True, default="")
    token_hash = models.CharField(max_length=64, unique=True)
    sending_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    made_at = models.DateTimeField()
    state = word_field(EnquiryState)
    state_since = models.DateTimeField()
    manager = models.CharField(max_length=64, blank=True, default="")
    closing_reason = models.TextField(blank=True, default="")
    # A draft that nobody sent is forgotten in the end; the request it began with stays.
    draft = models.OneToOneField(
        "FilingDraft", on_delete=models.SET_NULL, related_name="enquiry", null=True, blank=True
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        db_table = "enquiry"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=EnquiryState.CLOSED.value) | ~Q(closing_reason=""),
                name="enquiry_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(contact_email="") | ~Q(contact_phone=""), name="enquiry_can_be_answered"
            ),
            one_of("state", EnquiryState, name="enquiry_state_is_known"),
        ]
        indexes = [models.Index(fields=["organisation", "state", "made_at"], name="enquiry_by_office")]

    def __str__(self) -> str:
        return self.code


class Assignment(models.Model):
    """An enquiry was given to an account manager, by the rule or by a person; the latest one holds."""

    only_grows: ClassVar[bool] = True

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="assignments")
    number = models.PositiveSmallIntegerField()
    manager = models.CharField(max_length=64)
    why = models.JSONField(default=dict)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=64)

    class Meta:
        db_table = "enquiry_assignment"
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="assignment_once_per_number")
        ]

    def __str__(self) -> str:
        return f"assignment {self.number}"


class Contact(models.Model):
    """An account manager and the enterprise spoke, or tried to."""

    only_grows: ClassVar[bool] = True

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="contacts")
    number = models.PositiveSmallIntegerField()
    channel = word_field(ContactChannel)
    outcome = word_field(ContactOutcome)
    happened_at = models.DateTimeField()
    note = models.TextField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "enquiry_contact"
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="contact_once_per_number"),
            models.CheckConstraint(condition=~Q(note=""), name="contact_says_something"),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")), name="contact_recorded_afterwards"
            ),
            one_of("channel", ContactChannel, name="contact_channel_is_known"),
            one_of("outcome", ContactOutcome, name="contact_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"contact {self.number}"
