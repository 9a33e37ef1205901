"""The verbs of the cases: open, advance, propose, correct, decide, set a term, file and accept a document."""

from tragitto.cases.actions.deciding import Grounds, decide
from tragitto.cases.actions.documents import accept_document, file_document
from tragitto.cases.actions.moving import advance, correct, open_case, propose_step
from tragitto.cases.actions.terms import file_earlier, set_term

__all__ = [
    "Grounds",
    "accept_document",
    "advance",
    "correct",
    "decide",
    "file_document",
    "file_earlier",
    "open_case",
    "propose_step",
    "set_term",
]
