"""Who acts for an enterprise, by whose leave, how far and for how long."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tragitto.employers.models.expressions import Employer
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call


class RepresentationQuerySet(models.QuerySet["Representation"]):
    """Representations, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "RepresentationQuerySet":
        """One's own, and those of enterprises whose expressions the actor may see."""
        if actor.is_system:
            return self
        own = Q(account=actor.code)
        if actor.door == "portal":
            return self.filter(own)
        return self.filter(own | Q(employer__in=Employer.objects.visible_to(actor).values("pk")))


class Representation(models.Model):
    """A person acts for an employer: as legal representative, or as a delegate by a delegation (Modulo B).

    `call` empty = under every call. A delegation names its principal, what it covers and until when
    (excluded), with the signed paper and the copy of the principal's identity document where they came. It
    counts once it is confirmed: by a signature the house verified, by the identity the person signed in
    with, or by a person of the office who has seen the papers. Revoking ends it for what comes after, never
    for what was filed.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="representations")
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
