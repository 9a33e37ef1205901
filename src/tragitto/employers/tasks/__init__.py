"""Background work of this room, one module for each family of verbs; found by their import here."""

from tragitto.employers.tasks import drafting, enquiring, letters, taking_in, warning

__all__ = ["drafting", "enquiring", "letters", "taking_in", "warning"]
