"""Runs the library's coroutines without an event loop, which a sealed process cannot have."""

from __future__ import annotations

from collections.abc import Coroutine


class WaitedError(RuntimeError):
    """The coroutine wanted to wait for something outside: nothing here may."""


def settled[T](coroutine: Coroutine[object, None, T]) -> T:
    """The result of a coroutine that never waits; it raises what the coroutine raises.

    Without fetching, validating a path waits for nothing: it is computed at one go. Raises
    ``WaitedError`` should that ever be otherwise.
    """
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        coroutine.close()
    raise WaitedError("validation waited for something outside")
