"""Questions to this room: findings, the queue, one expression, who was admitted."""

from tragitto.employers.queries.at_once import why_nobody_files, why_not_at_once
from tragitto.employers.queries.findings import (
    FindingView,
    judgeable,
    snapshot,
    unsettled,
    views,
)
from tragitto.employers.queries.pages import (
    ExpressionPage,
    QueueRow,
    VersionView,
    admitted,
    expression_page,
    get_for,
    queue,
)
from tragitto.employers.queries.senders import is_by_another, known_to

__all__ = [
    "ExpressionPage",
    "FindingView",
    "QueueRow",
    "VersionView",
    "admitted",
    "expression_page",
    "get_for",
    "is_by_another",
    "judgeable",
    "known_to",
    "queue",
    "snapshot",
    "unsettled",
    "views",
    "why_nobody_files",
    "why_not_at_once",
]
