"""The verbs of the cases: open, assign, advance, propose, correct, decide, set a term, file and accept
a document, hand over and recall, withdraw the consent to it.
"""

from tragitto.cases.actions.consenting import withdraw_consent
from tragitto.cases.actions.deciding import Grounds, decide
from tragitto.cases.actions.documents import accept_document, file_document
from tragitto.cases.actions.handing_over import (
    Parcel,
    accept_hand_over,
    download,
    hand_over,
    look_into,
    recall_hand_over,
)
from tragitto.cases.actions.moving import advance, correct, open_case, propose_step
from tragitto.cases.actions.responsibility import (
    assign_officer,
    refuse_the_unfit,
    spread_cases,
    state_conflict,
)
from tragitto.cases.actions.standing import (
    rest_anew,
    resume_before,
    resume_over_limit,
    resume_term,
    run_from,
    suspend_term,
)
from tragitto.cases.actions.terms import file_earlier, set_term

__all__ = [
    "Grounds",
    "Parcel",
    "accept_document",
    "accept_hand_over",
    "advance",
    "assign_officer",
    "correct",
    "decide",
    "download",
    "file_document",
    "file_earlier",
    "hand_over",
    "look_into",
    "open_case",
    "propose_step",
    "recall_hand_over",
    "refuse_the_unfit",
    "rest_anew",
    "resume_before",
    "resume_over_limit",
    "resume_term",
    "run_from",
    "set_term",
    "spread_cases",
    "state_conflict",
    "suspend_term",
    "withdraw_consent",
]
