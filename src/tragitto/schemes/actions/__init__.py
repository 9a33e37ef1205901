"""The verbs of published things: load a pack, publish a call, amend it, close it."""

from tragitto.schemes.actions.loading import Loaded, load
from tragitto.schemes.actions.publishing import close, correct_texts, extend_window, publish

__all__ = ["Loaded", "close", "correct_texts", "extend_window", "load", "publish"]
