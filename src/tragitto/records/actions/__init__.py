"""The verbs of this room: keep, open, register, split, place; sort at the desk; write out the register."""

from tragitto.records.actions.checking import check_again, check_failed_again
from tragitto.records.actions.delivering import deliver, follow_outgoing, resend
from tragitto.records.actions.digesting import send_digests
from tragitto.records.actions.fetching import Fetching, fetch, note_connections
from tragitto.records.actions.keeping import Kept, keep, take_from_folder, take_in
from tragitto.records.actions.mailboxes import give_mailbox
from tragitto.records.actions.online import Sent, register_online
from tragitto.records.actions.opening import open_message
from tragitto.records.actions.placing import place_by_itself
from tragitto.records.actions.proving import note_report, prove, settle
from tragitto.records.actions.reconciling import reconcile
from tragitto.records.actions.registering import (
    DailyRegister,
    add_office_number,
    export_day,
    register_message,
)
from tragitto.records.actions.rereading import read_again
from tragitto.records.actions.running import (
    STEPS,
    StepFailed,
    attempt,
    carry_through,
    give_up,
    requeue_stuck,
)
from tragitto.records.actions.sending import Draft, Enclosed, send
from tragitto.records.actions.sorting import place, set_aside, take_up
from tragitto.records.actions.splitting import split_message
from tragitto.records.actions.transcribing import transcribe

__all__ = [
    "STEPS",
    "DailyRegister",
    "Draft",
    "Enclosed",
    "Fetching",
    "Kept",
    "Sent",
    "StepFailed",
    "add_office_number",
    "attempt",
    "carry_through",
    "check_again",
    "check_failed_again",
    "deliver",
    "export_day",
    "fetch",
    "follow_outgoing",
    "give_mailbox",
    "give_up",
    "keep",
    "note_connections",
    "note_report",
    "open_message",
    "place",
    "place_by_itself",
    "prove",
    "read_again",
    "reconcile",
    "register_message",
    "register_online",
    "requeue_stuck",
    "resend",
    "send",
    "send_digests",
    "set_aside",
    "settle",
    "split_message",
    "take_from_folder",
    "take_in",
    "take_up",
    "transcribe",
]
