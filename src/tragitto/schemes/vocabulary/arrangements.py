"""The closed words of how a call is answered, reviewed, verified and linked."""

from enum import StrEnum


class Channel(StrEnum):
    """How a call takes filings."""

    CERTIFIED_MAIL = "certified_mail"
    ONLINE = "online"


class LatePolicy(StrEnum):
    """What happens to a filing after the closing: refused, or admitted on a ground the call names."""

    REFUSED = "refused"
    NAMED_EXCEPTIONS = "named_exceptions"


class ReviewOpening(StrEnum):
    """When the review of a call's filings begins."""

    AT_ONCE = "at_once"
    AFTER_CLOSING = "after_closing"


class CheckKind(StrEnum):
    """What is verified of a draft call before it may be published (Determinazione 109/2025)."""

    ADMINISTRATIVE = "administrative"
    LEGAL = "legal"


class Relation(StrEnum):
    """What another call or a source of funding is to this one."""

    SAME_SCHEME = "same_scheme"
    EARLIER = "earlier"
    LATER = "later"
    FUNDING = "funding"
    SUPPORT = "support"
