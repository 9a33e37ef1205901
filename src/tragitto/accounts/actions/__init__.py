"""What is done with people, organisations and who acts for whom."""

from tragitto.accounts.actions.codes import redeem_code, send_code, send_code_letter
from tragitto.accounts.actions.forgetting import forget_old
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
from tragitto.accounts.actions.texting import send_text, text
from tragitto.accounts.actions.tokens import make_token, note_token_use, revoke_token

__all__ = [
    "add_person",
    "confirm_address",
    "enrol_totp",
    "forget_old",
    "found_organisation",
    "grant",
    "invite",
    "make_token",
    "note_sign_in",
    "note_token_use",
    "open_account",
    "open_identified_account",
    "person_with_account",
    "redeem_code",
    "reset_second_factor",
    "revoke",
    "revoke_token",
    "send_address_letter",
    "send_code",
    "send_code_letter",
    "send_text",
    "set_password",
    "switch_organisation",
    "text",
    "write_to_address",
]
