"""A call as the frame its filings are judged in, and the instant it counts."""

from datetime import datetime

from tragitto.employers.rules import Frame
from tragitto.employers.vocabulary import InstantKind
from tragitto.records.models import Message
from tragitto.records.vocabulary import Kind, Verdict
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CountedInstant, FormRole


def frame_of(call: Call) -> Frame:
    """What of `call` the judges look at, extensions counted in. Five queries."""
    main = call.forms.filter(role=FormRole.MAIN).first()
    return Frame(
        zone=call.zone,
        openings=tuple(schemes.openings(call)),
        region=call.region.code,
        provinces=frozenset(call.region.provinces),
        profiles=frozenset(profile.code for profile in schemes.profiles(call.scheme)),
        main_form=main.code if main else "",
    )


def addresses(message: Message) -> frozenset[str]:
    """The addressees that `message` proves, in small letters."""
    return frozenset(str(address).strip().lower() for address in message.recipients)


def counted_instant(message: Message, call: Call) -> tuple[datetime | None, InstantKind]:
    """The instant this call counts, as far as the message proves one.

    The acceptance by the sender's provider stands in the message itself; a delivery is proven by its
    receipt alone, once somebody has supplied it; our own moment of receipt is always known, and the only one
    there is of what was sent on line, whatever the call counts otherwise.
    """
    if message.is_online or call.counted_instant == CountedInstant.RECEIVED:
        return message.arrived_at, InstantKind.RECEIVED
    if not message.is_submission:
        return None, InstantKind.NONE
    if call.counted_instant == CountedInstant.DELIVERED:
        receipt = Message.objects.filter(
            kind=Kind.AVVENUTA_CONSEGNA,
            verdict=Verdict.VALID,
            identifier=message.identifier,
            delivered_to__iexact=call.mailbox,
        ).first()
        at = receipt.certified_at if receipt else None
        return at, InstantKind.DELIVERED if at else InstantKind.NONE
    return message.certified_at, InstantKind.ACCEPTED if message.certified_at else InstantKind.NONE
