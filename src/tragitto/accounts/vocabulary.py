"""Closed words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be for an organisation."""

    OFFICER = "officer", _("case officer")
    REVIEWER = "reviewer", _("reviewer")
    PUBLISHER = "publisher", _("publisher of calls")
    ADMINISTRATOR = "administrator", _("administrator")
    OBSERVER = "observer", _("observer")
    EMPLOYER = "employer", _("employer")
    PARTNER = "partner", _("partner")


class OrganisationKind(models.TextChoices):
    """What an organisation is in the schemes."""

    OFFICE = "office", _("office")
    COORDINATOR = "coordinator", _("coordinator")
    TRAINER = "trainer", _("training body")
    INSTITUTION = "institution", _("institution")
    PARTNER = "partner", _("partner")
    EMPLOYER = "employer", _("employer")


#: Whoever holds one of these signs in with a second factor, always.
OFFICE_ROLES = frozenset({Role.OFFICER, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR, Role.OBSERVER})
