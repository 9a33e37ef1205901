"""Finds the compiled kernels, if they were made; nobody waits for a compiler here."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from tragitto_matching.kernels.building import place

#: `TRAGITTO_MATCHING_KERNELS=numpy` takes the NumPy path even where compiled kernels are there.
_WISH = "TRAGITTO_MATCHING_KERNELS"
_numpy_only: ContextVar[bool] = ContextVar("numpy_only", default=False)


def compiled() -> ctypes.CDLL | None:
    """The compiled kernels, or None: then the caller takes its NumPy path."""
    if _numpy_only.get() or os.environ.get(_WISH) == "numpy":
        return None
    return _library()


def uses_compiled() -> bool:
    """Whether the compiled kernels are taken now."""
    return compiled() is not None


@contextmanager
def numpy_only() -> Iterator[None]:
    """Take the NumPy path within, whatever was compiled: how the two are compared."""
    token = _numpy_only.set(True)
    try:
        yield
    finally:
        _numpy_only.reset(token)


@cache
def _library() -> ctypes.CDLL | None:
    wanted = place()
    try:
        return ctypes.CDLL(str(wanted)) if wanted.exists() else None
    except OSError:
        return None  # damaged, or on a file system from which nothing is run: the NumPy path answers
