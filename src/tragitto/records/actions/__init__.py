"""The verbs of this room: keep, open, register, split, place; sort at the desk; write out the register."""

from tragitto.records.actions.keeping import Kept, keep, take_from_folder, take_in
from tragitto.records.actions.mailboxes import give_mailbox
from tragitto.records.actions.opening import open_message
from tragitto.records.actions.placing import place_by_itself
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
from tragitto.records.actions.sorting import place, set_aside, take_up
from tragitto.records.actions.splitting import split_message

__all__ = [
    "STEPS",
    "DailyRegister",
    "Kept",
    "StepFailed",
    "add_office_number",
    "attempt",
    "carry_through",
    "export_day",
    "give_mailbox",
    "give_up",
    "keep",
    "open_message",
    "place",
    "place_by_itself",
    "read_again",
    "register_message",
    "requeue_stuck",
    "set_aside",
    "split_message",
    "take_from_folder",
    "take_in",
    "take_up",
]
