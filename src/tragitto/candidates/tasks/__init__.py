"""Background wrappers of single actions, found by their import here."""

from tragitto.candidates.tasks import (
    batches,
    comparing,
    registering,
    standing,
    telling,
    warning,
    working,
)

__all__ = ["batches", "comparing", "registering", "standing", "telling", "warning", "working"]
