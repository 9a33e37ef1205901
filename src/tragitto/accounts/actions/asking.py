"""What several verbs ask: whether the actor may, how an address and a number are written, which day it is."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import rules
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed


def demand(allowed: bool, verb: str) -> None:
    """Raise `NotAllowed` for what the actor may not do."""
    if not allowed:
        raise NotAllowed(Finding(verb, _("You may not do this.")))


def address_of(written: str) -> str:
    """The address in its one form; raises `Blocked` for what is none."""
    address = rules.email_address(written)
    try:
        validate_email(address)
    except ValidationError as error:
        said = _("This is not an e-mail address: write it like name@example.org.")
        raise Blocked(Finding("email-wrong", said)) from error
    return address


def number_of(written: str) -> str | None:
    """The codice fiscale in its one form, None for nothing; raises `Blocked` for what is none."""
    if not written:
        return None
    try:
        return rules.fiscal_number(written)
    except ValueError as error:
        raise Blocked(Finding("fiscal-number-wrong", _("This is not a codice fiscale."))) from error


def day_of(at: datetime) -> date:
    """The day of `at` where the office is."""
    # The office's day, not Greenwich's: a right that begins on the 1st begins at midnight in Rome.
    return timezone.localtime(at).date()
