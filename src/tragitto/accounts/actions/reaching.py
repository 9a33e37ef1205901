"""By which way somebody can be reached: an e-mail address or a mobile number, as people write them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import ports, rules
from tragitto.accounts.actions.asking import address_of
from tragitto.kernel.refusals import Blocked, Finding


@dataclass(frozen=True)
class Reach:
    """Where somebody reads: exactly one of the two is given."""

    email: str = ""
    phone: str = ""

    @property
    def address(self) -> str:
        """The address or the number in its one form."""
        return self.email or self.phone

    @property
    def way(self) -> str:
        """By which way, as a word of the ledger."""
        return "email" if self.email else "phone"


def can_text() -> bool:
    """Whether text messages can be sent from this deployment."""
    return ports.texter() is not None


def can_mail() -> bool:
    """Whether mail can be sent, or need not be: a demonstration shows instead what it would send."""
    return bool(settings.CAN_SEND_MAIL or settings.IS_DEMONSTRATION)


def mobile_of(written: str) -> str:
    """The number of a mobile telephone in its one form; raises `Blocked` for what is none."""
    try:
        return rules.mobile_number(written)
    except ValueError as error:
        said = _(
            "This is not the number of a mobile phone. Write it as at home in Morocco or Italy, such as"
            " 06 12 34 56 78, or with its country, such as +33 6 12 34 56 78."
        )
        raise Blocked(Finding("phone-wrong", said)) from error


def reach_of(written: str) -> Reach:
    """Where to reach whoever wrote this; raises `Blocked` for what is neither an address nor a number."""
    if "@" in written:
        return Reach(email=address_of(written))
    return Reach(phone=mobile_of(written))


def demand_way(reach: Reach) -> None:
    """Raise `Blocked` where this deployment has no such way."""
    if reach.phone and not can_text():
        if can_mail():
            said = _("This service sends no text messages: use an e-mail address.")
        else:
            said = _("This service sends neither text messages nor mail: ask the office for an invitation.")
        raise Blocked(Finding("no-texts", said))
    if reach.email and not can_mail():
        said = (
            _("This service sends no mail: use a mobile number.")
            if can_text()
            else _("This service sends neither text messages nor mail: ask the office for an invitation.")
        )
        raise Blocked(Finding("no-mail", said))
