"""Background work of the selection, one action each; found by their import here."""

from tragitto.selection.tasks import lapsing, proposing, reminding, telling, terms

__all__ = ["lapsing", "proposing", "reminding", "telling", "terms"]
