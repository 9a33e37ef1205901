"""The verbs of published things: load a pack; draft, verify, publish, amend, link and close a call."""

from tragitto.schemes.actions.drafting import begin_draft, revise_draft
from tragitto.schemes.actions.loading import Loaded, load
from tragitto.schemes.actions.publishing import close, correct_texts, extend_window, publish
from tragitto.schemes.actions.relating import add_link, remove_link
from tragitto.schemes.actions.verifying import verify

__all__ = [
    "Loaded",
    "add_link",
    "begin_draft",
    "close",
    "correct_texts",
    "extend_window",
    "load",
    "publish",
    "remove_link",
    "revise_draft",
    "verify",
]
