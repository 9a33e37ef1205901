"""Who acts for an enterprise, by whose leave, how far and for how long."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.cases.models.cases import SEES_ALL
from tragitto.employers.models.expressions import NAME_LENGTH, Employer, Expression, Version
from tragitto.employers.models.filings import FilingDraft
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call, Duty


class RepresentationQuerySet(models.QuerySet["Representation"]):
    """Representations, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "RepresentationQuerySet":
        """One's own; at an office those under its calls, and those of enterprises that filed there.

        Who acts under every call of an enterprise that has filed nowhere yet may come to any office that
        reviews: each may look.
        """
        if actor.is_system:
            return self
        own = Q(account=actor.code)
        if actor.door == "portal":
            return self.filter(own)
        if not actor.organisation:
            return self.none()
        held = Duty.objects.filter(organisation__code=actor.organisation, duty__in=SEES_ALL)
        of_call = held.filter(
            Q(region__isnull=True) | Q(region=OuterRef("call__region")), scheme=OuterRef("call__scheme")
        )
        has_filed = Expression.objects.filter(employer=OuterRef("employer"))
        return self.filter(
            Q(employer__in=Employer.objects.visible_to(actor).values("pk"))
            | Exists(of_call)
            | (Q(call__isnull=True) & ~Exists(has_filed) & Exists(held))
        )

    def in_force(self, on: date) -> "RepresentationQuerySet":
        """Those confirmed, not revoked, and valid on this day.

        One confirmed by a signature alone holds only while the person sent all there is: whoever files types
        who the legal representative is, so it opens nothing that came from somebody else.
        """
        of_others = Version.objects.filter(
            expression__employer=OuterRef("employer"), expression__call=OuterRef("call")
        ).exclude(message__submission__account=OuterRef("account"))
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=on),
            ~Q(confirmed=""),
            ~Q(confirmed=Confirmed.SIGNATURE) | ~Exists(of_others),
            starts_on__lte=on,
            revoked_at__isnull=True,
        )

    def heads(self, on: date) -> "RepresentationQuerySet":
        """Legal representatives who may see and end what others do for their enterprise."""
        return self.in_force(on).filter(
            ~Q(confirmed=Confirmed.SIGNATURE), capacity=Capacity.LEGAL_REPRESENTATIVE
        )

    def over(self, on: date) -> "RepresentationQuerySet":
        """Those that were ended, and those that counted once and have run out."""
        return self.filter(Q(revoked_at__isnull=False) | (~Q(confirmed="") & Q(ends_on__lte=on)))


class Representation(models.Model):
    """A person acts for an employer: as legal representative, or as a delegate by a delegation (Modulo B).

    `call` empty = under every call; `enterprise_name` is what the person calls the enterprise. A delegation
    names its principal, what it covers and until when (excluded), with the signed paper and the copy of the
    principal's identity document where they came. It counts once it is confirmed: by a person of the office
    who has seen the papers; for what the person sent, by a signature the house verified; by the identity
    signed in with where the enterprise bears the person's own number. Revoking ends it for what comes after,
    never for what was filed.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="representations")
    enterprise_name = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    account = models.CharField(max_length=64)
    capacity = word_field(Capacity)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="representations", null=True, blank=True
    )
    powers = ArrayField(models.CharField(max_length=16), default=list)
    principal_name = models.CharField(max_length=200, blank=True, default="")
    principal_codice_fiscale = models.CharField(max_length=16, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    paper = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    identity_copy = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    declared_at = models.DateTimeField()
    confirmed = word_field(Confirmed, blank=True)
    confirmed_by = models.CharField(max_length=64, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=64, blank=True, default="")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True, default="")

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        db_table = "representation"
        constraints = [
            models.CheckConstraint(
                condition=Q(powers__contained_by=[power.value for power in Power], powers__len__gt=0),
                name="representation_powers_are_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="representation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.DELEGATE.value) | ~Q(principal_codice_fiscale=""),
                name="representation_delegate_names_the_principal",
            ),
            models.CheckConstraint(
                condition=Q(confirmed="", confirmed_at__isnull=True, confirmed_by="")
                | (~Q(confirmed="") & Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="representation_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed=Confirmed.SIGNATURE.value) | Q(call__isnull=False),
                name="representation_by_signature_under_a_call",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="representation_revoked_by_somebody",
            ),
            one_of("capacity", Capacity, name="representation_capacity_is_known"),
            one_of("confirmed", Confirmed, name="representation_confirmed_is_known", blank=True),
        ]
        indexes = [models.Index(fields=["account"], name="representation_by_account")]

    def __str__(self) -> str:
        return self.code

    @property
    def reaches_all(self) -> bool:
        """Whether it opens what others sent for the enterprise too."""
        return self.confirmed not in ("", Confirmed.SIGNATURE)

    @property
    def shown_name(self) -> str:
        """What the person is shown as the enterprise's name: before it counts, their own word alone."""
        if self.confirmed:
            return self.employer.name
        return self.enterprise_name or self.employer.codice_fiscale


class CoSignature(models.Model):
    """The legal representative was asked to sign a draft that somebody else prepares; once for each draft.

    `token_hash` = SHA-256 of the secret in the address that the delegate passes on. `sha256` = the hash of
    what was signed, papers and declarations in `language` included: it counts for that alone. `means` = how
    the person signed in.
    """

    draft = models.OneToOneField(FilingDraft, on_delete=models.CASCADE, related_name="co_signature")
    code = CodeField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    account = models.CharField(max_length=64, blank=True, default="")
    codice_fiscale = models.CharField(max_length=16, blank=True, default="")
    means = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "co_signature"
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, sha256="", account="", codice_fiscale="", means="")
                | (
                    Q(signed_at__isnull=False, sha256__regex=r"^[0-9a-f]{64}$")
                    & ~Q(account="")
                    & ~Q(codice_fiscale="")
                    & ~Q(means="")
                ),
                name="co_signature_signed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.code
