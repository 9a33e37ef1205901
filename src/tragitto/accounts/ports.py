"""What this room asks of the outside: a way for text messages to leave; `gateways` offers one."""

from typing import Protocol


class TextFailed(Exception):
    """The outside did not do what was asked; `detail` holds codes and names of hosts, never a secret."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class TextPostponed(TextFailed):
    """The message certainly did not leave; trying again later may help."""


class TextRefused(TextFailed):
    """The message certainly did not leave, and will not as it is."""


class TextUncertain(TextFailed):
    """The connection broke when the message was on its way: nobody here can tell whether it left."""


class Texter(Protocol):
    """The way out for text messages."""

    def send(self, number: str, text: str, *, key: str) -> None:
        """Send `text` to a number (E.164); returns when it has been accepted.

        `key` is the same for every try of one message. Raises `TextPostponed`, `TextRefused`,
        `TextUncertain`.
        """


_in_use: list[Texter | None] = [None]


def use(texter: Texter | None) -> None:
    """Let this process send text messages by `texter`; the wiring of the deployment calls it once."""
    _in_use[0] = texter


def texter() -> Texter | None:
    """The way out for text messages of this process, if the deployment has one."""
    return _in_use[0]
