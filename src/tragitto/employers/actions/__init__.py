"""The verbs of this room: receive and evaluate, judge, propose, admit, refuse, withdraw."""

from tragitto.employers.actions.answering import answer_observation, take_observation
from tragitto.employers.actions.co_signing import ask_co_signature, co_sign
from tragitto.employers.actions.consenting import withdraw_consent
from tragitto.employers.actions.deciding import admit, propose, refuse, withdraw
from tragitto.employers.actions.drafting import (
    add_row,
    discard_draft,
    forget_drafts,
    remove_row,
    save_page,
    start_draft,
)
from tragitto.employers.actions.drafting_papers import attach_paper, drop_paper
from tragitto.employers.actions.enquiring import Asking, assign, close_enquiry, enquire
from tragitto.employers.actions.enquiring_contacts import (
    Need,
    Said,
    answer,
    convert,
    record_contact,
    record_needs,
)
from tragitto.employers.actions.enquiring_filing import start_filing
from tragitto.employers.actions.enquiring_mail import write_about_enquiry
from tragitto.employers.actions.enquiring_overdue import escalate_overdue
from tragitto.employers.actions.enquiring_portfolios import Area, end_portfolio, set_portfolio
from tragitto.employers.actions.filing import Filed, evaluate, receive
from tragitto.employers.actions.handing_over import hand_over
from tragitto.employers.actions.keeping import Upload
from tragitto.employers.actions.lateness import decide_late_admission, propose_late_admission
from tragitto.employers.actions.opening import close_positions, open_positions
from tragitto.employers.actions.posting import follow_deliveries, give_letter, send_letter
from tragitto.employers.actions.receipt_keys import change_receipt_key, make_receipt_key
from tragitto.employers.actions.recognising import recognise
from tragitto.employers.actions.representing import (
    Declaration,
    add_papers,
    confirm_representation,
    declare_representation,
    revoke_representation,
)
from tragitto.employers.actions.reviewing import confirm_met, evaluate_all, judge
from tragitto.employers.actions.submitting import submit
from tragitto.employers.actions.taking_in import note_what_waits, take_in_at_once, take_in_submission
from tragitto.employers.actions.warning import warn_draft_holders, write_to_draft_holder
from tragitto.employers.actions.writing import (
    Point,
    announce_refusal,
    ask_completion,
    drop_letter,
    start_notice,
    tell_correction,
    write_decision,
)

__all__ = [
    "Area",
    "Asking",
    "Declaration",
    "Filed",
    "Need",
    "Point",
    "Said",
    "Upload",
    "add_papers",
    "add_row",
    "admit",
    "announce_refusal",
    "answer",
    "answer_observation",
    "ask_co_signature",
    "ask_completion",
    "assign",
    "attach_paper",
    "change_receipt_key",
    "close_enquiry",
    "close_positions",
    "co_sign",
    "confirm_met",
    "confirm_representation",
    "convert",
    "decide_late_admission",
    "declare_representation",
    "discard_draft",
    "drop_letter",
    "drop_paper",
    "end_portfolio",
    "enquire",
    "escalate_overdue",
    "evaluate",
    "evaluate_all",
    "follow_deliveries",
    "forget_drafts",
    "give_letter",
    "hand_over",
    "judge",
    "make_receipt_key",
    "note_what_waits",
    "open_positions",
    "propose",
    "propose_late_admission",
    "receive",
    "recognise",
    "record_contact",
    "record_needs",
    "refuse",
    "remove_row",
    "revoke_representation",
    "save_page",
    "send_letter",
    "set_portfolio",
    "start_draft",
    "start_filing",
    "start_notice",
    "submit",
    "take_in_at_once",
    "take_in_submission",
    "take_observation",
    "tell_correction",
    "warn_draft_holders",
    "withdraw",
    "withdraw_consent",
    "write_about_enquiry",
    "write_decision",
    "write_to_draft_holder",
]
