"""Questions to this room: findings, the queue, one expression, who was admitted."""

from tragitto.employers.queries.at_once import why_nobody_files, why_not_at_once
from tragitto.employers.queries.consents import Consent, consent_of
from tragitto.employers.queries.findings import (
    FindingView,
    judgeable,
    snapshot,
    unsettled,
    views,
)
from tragitto.employers.queries.hand_overs import Preview, Promise, preview, promises
from tragitto.employers.queries.pages import (
    ExpressionPage,
    VersionView,
    admitted,
    expression_page,
    get_for,
    hidden_from,
    hides_files,
)
from tragitto.employers.queries.queue import Queue, QueueRow, cases_in_order, number_in_queue, queue
from tragitto.employers.queries.senders import is_by_another, known_to

__all__ = [
    "Consent",
    "ExpressionPage",
    "FindingView",
    "Preview",
    "Promise",
    "Queue",
    "QueueRow",
    "VersionView",
    "admitted",
    "cases_in_order",
    "consent_of",
    "expression_page",
    "get_for",
    "hidden_from",
    "hides_files",
    "is_by_another",
    "judgeable",
    "known_to",
    "number_in_queue",
    "preview",
    "promises",
    "queue",
    "snapshot",
    "unsettled",
    "views",
    "why_nobody_files",
    "why_not_at_once",
]
