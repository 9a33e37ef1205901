"""Closed words of this room."""

from enum import StrEnum

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


class TextState(StrEnum):
    """Where a text message stands; who works on one has said so before it can leave."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"

    @classmethod
    def open(cls) -> "tuple[str, ...]":
        """Those of a message that may still leave."""
        return (cls.WAITING.value, cls.SENDING.value)


class Scope(models.TextChoices):
    """What a token of the API may be used for."""

    ROSTER_READ = "roster.read", _("read the organisation's own people on the roster")
    ROSTER_WRITE = "roster.write", _("enter people on the roster and change them")
