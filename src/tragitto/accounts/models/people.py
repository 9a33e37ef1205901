"""People who sign in, organisations, memberships."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from tragitto.accounts.rules import PHONE
from tragitto.accounts.vocabulary import OrganisationKind, Role
from tragitto.kernel.fields import CodeField
from tragitto.kernel.texts import LANGUAGES


class User(AbstractBaseUser):
    """A person who signs in; what the person may do hangs on memberships, and on what they file.

    By e-mail address, by mobile number, or by digital identity: who opened the account by one of these has
    no other until it is added. `is_self_opened`: the person did, not an office that vouches for them.
    """

    code = CodeField()
    email = models.EmailField(unique=True, null=True, blank=True)
    #: As E.164 writes it: `+212612345678`.
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True)
    full_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="it")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    is_self_opened = models.BooleanField(default=False)
    #: Only where people sign in with SPID or CIE: it says who of our people stands at the door.
    fiscal_number = models.CharField(max_length=16, null=True, blank=True, unique=True)
    #: The organisation chosen by a person who acts for several; the first by code otherwise.
    acts_for = models.ForeignKey(
        "Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = BaseUserManager["User"]()

    class Meta:
        db_table = "account"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_in_small_letters"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="account_language_known"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__regex=PHONE.pattern), name="account_phone_in_form"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_number__isnull=True) | Q(fiscal_number__regex=r"^[A-Z0-9]{16}$"),
                name="account_fiscal_number_in_form",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(fiscal_number__isnull=False),
                name="account_known_by_something",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Organisation(models.Model):
    """A body that takes part: an office, a coordinator, a training body, an employer."""

    code = CodeField()
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=16, choices=OrganisationKind)

    class Meta:
        db_table = "organisation"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9-]*$"), name="organisation_code_in_form"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """A person acts for an organisation in roles, from a day on, perhaps until a day (excluded)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=16))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_pair"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=Role.values, roles__len__gt=0), name="membership_roles_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"
