"""Cases and what belongs to them: moves, decisions, documents, responsible officers, hand-overs."""

from tragitto.cases.models.cases import (
    SEES_ADMITTED,
    SEES_ALL,
    Case,
    Decision,
    DecisionYear,
    FiledDocument,
    Move,
    Proposal,
)
from tragitto.cases.models.hand_overs import HandOver, HandOverItem
from tragitto.cases.models.responsibilities import ConflictStatement, Responsibility

__all__ = [
    "SEES_ADMITTED",
    "SEES_ALL",
    "Case",
    "ConflictStatement",
    "Decision",
    "DecisionYear",
    "FiledDocument",
    "HandOver",
    "HandOverItem",
    "Move",
    "Proposal",
    "Responsibility",
]
