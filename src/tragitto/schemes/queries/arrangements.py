"""How a call is answered, reviewed, handed over and asked about, as the shapes a pack is read into."""

import msgspec

from tragitto.schemes.models import Call
from tragitto.schemes.pack import EnquirySpec, FilingSpec, HandOverSpec, ReviewSpec
from tragitto.schemes.vocabulary import Channel


def filing_of(call: Call) -> FilingSpec:
    """By which channels the call takes filings, and what becomes of late ones. No query."""
    return msgspec.convert(call.filing, FilingSpec)


def takes_online(call: Call) -> bool:
    """Whether the call takes filings on line; others are filled in here and sent by certified mail."""
    return Channel.ONLINE in filing_of(call).channels


def review_of(call: Call) -> ReviewSpec:
    """From when the call is reviewed, and what reviewers see. No query."""
    return msgspec.convert(call.review, ReviewSpec)


def hand_overs_of(call: Call) -> tuple[HandOverSpec, ...]:
    """What is handed over to whom once an expression is admitted. No query."""
    return msgspec.convert(call.hand_over, tuple[HandOverSpec, ...])


def enquiries_of(call: Call) -> EnquirySpec | None:
    """How requests for information are answered; None where the call takes none. No query."""
    return msgspec.convert(call.enquiries, EnquirySpec) if call.enquiries else None
