"""What is done with people, organisations and who acts for whom."""

from tragitto.accounts.actions.keys import (
    enrol_totp,
    invite,
    note_sign_in,
    reset_second_factor,
    set_password,
)
from tragitto.accounts.actions.memberships import grant, revoke, switch_organisation
from tragitto.accounts.actions.people import add_person, found_organisation, person_with_account
from tragitto.accounts.actions.signing_up import (
    confirm_address,
    open_account,
    open_identified_account,
    send_address_letter,
    write_to_address,
)

__all__ = [
    "add_person",
    "confirm_address",
    "enrol_totp",
    "found_organisation",
    "grant",
    "invite",
    "note_sign_in",
    "open_account",
    "open_identified_account",
    "person_with_account",
    "reset_second_factor",
    "revoke",
    "send_address_letter",
    "set_password",
    "switch_organisation",
    "write_to_address",
]
