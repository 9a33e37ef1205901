"""Verbs of the roster: one transaction each; the only place that writes."""

from tragitto.candidates.actions.batches import apply_batch, cancel_batch, take_file, take_rows
from tragitto.candidates.actions.beginning import (
    begin,
    save_page,
    see_notice,
    send,
    take_over,
    throw_away,
)
from tragitto.candidates.actions.bulk import order_change
from tragitto.candidates.actions.comparing import compare_every_roster, order_comparison
from tragitto.candidates.actions.confirming import answer, ask, confirm
from tragitto.candidates.actions.consenting import give, withdraw
from tragitto.candidates.actions.describing import (
    offer_profiles,
    prefer,
    rate_skills,
    say_skills,
    show_paper,
    tell_about,
    tell_trade,
)
from tragitto.candidates.actions.describing_confirming import (
    confirm_diploma,
    confirm_language,
    confirm_skill,
    take_back,
)
from tragitto.candidates.actions.describing_past import (
    add_diploma,
    add_experience,
    change_diploma,
    change_experience,
    drop_language,
    remove_diploma,
    remove_experience,
    say_language,
)
from tragitto.candidates.actions.describing_tidying import tidy, tidy_about
from tragitto.candidates.actions.entering import enter, enter_many
from tragitto.candidates.actions.exporting import fetch_export, order_export
from tragitto.candidates.actions.leaving import leave_registrar
from tragitto.candidates.actions.likeness import note, put_side_by_side, take_up_again, tell_apart
from tragitto.candidates.actions.listing import (
    close_list,
    drop_search,
    make_list,
    put_on_list,
    save_search,
    take_off_list,
)
from tragitto.candidates.actions.merging import merge, undo_merge
from tragitto.candidates.actions.standing import merge_into, move, send_many, unmerge
from tragitto.candidates.actions.telling import tell
from tragitto.candidates.actions.tending import tend

__all__ = [
    "add_diploma",
    "add_experience",
    "answer",
    "apply_batch",
    "ask",
    "begin",
    "cancel_batch",
    "change_diploma",
    "change_experience",
    "close_list",
    "compare_every_roster",
    "confirm",
    "confirm_diploma",
    "confirm_language",
    "confirm_skill",
    "drop_language",
    "drop_search",
    "enter",
    "enter_many",
    "fetch_export",
    "give",
    "leave_registrar",
    "make_list",
    "merge",
    "merge_into",
    "move",
    "note",
    "offer_profiles",
    "order_change",
    "order_comparison",
    "order_export",
    "prefer",
    "put_on_list",
    "put_side_by_side",
    "rate_skills",
    "remove_diploma",
    "remove_experience",
    "save_page",
    "save_search",
    "say_language",
    "say_skills",
    "see_notice",
    "send",
    "send_many",
    "show_paper",
    "take_back",
    "take_file",
    "take_off_list",
    "take_over",
    "take_rows",
    "take_up_again",
    "tell",
    "tell_about",
    "tell_apart",
    "tell_trade",
    "tend",
    "throw_away",
    "tidy",
    "tidy_about",
    "undo_merge",
    "unmerge",
    "withdraw",
]
