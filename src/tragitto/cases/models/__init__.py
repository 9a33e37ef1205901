"""Cases and what belongs to them: moves, decisions, documents, responsible officers, hand-overs."""

from tragitto.cases.models.cases import (
    SEES_ALL,
    Case,
    Decision,
    DecisionYear,
    FiledDocument,
    Move,
    Proposal,
    calls_seen_by,
)
from tragitto.cases.models.consents import ConsentWithdrawal
from tragitto.cases.models.hand_overs import HandOver, HandOverItem
from tragitto.cases.models.responsibilities import ConflictStatement, Responsibility

__all__ = [
    "SEES_ALL",
    "Case",
    "ConflictStatement",
    "ConsentWithdrawal",
    "Decision",
    "DecisionYear",
    "FiledDocument",
    "HandOver",
    "HandOverItem",
    "Move",
    "Proposal",
    "Responsibility",
    "calls_seen_by",
]
