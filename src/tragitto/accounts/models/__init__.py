"""People who sign in, organisations, memberships; one-time codes, text messages, tokens of the API."""

from tragitto.accounts.models.codes import OneTimeCode
from tragitto.accounts.models.people import Membership, Organisation, User
from tragitto.accounts.models.texts import TextMessage
from tragitto.accounts.models.tokens import Token

__all__ = ["Membership", "OneTimeCode", "Organisation", "TextMessage", "Token", "User"]
