"""What this room asks of the outside: mailboxes to read, and a way to send; `gateways` offers both."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class PostFailed(Exception):
    """The outside did not do what was asked; `detail` holds codes and names of hosts, never a secret."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class NotConnected(PostFailed):
    """This deployment has no connection for that mailbox."""


class WrongConnections(PostFailed):
    """The file of connections cannot be used; `detail` names the line and the remedy."""


class Unreachable(PostFailed):
    """The server could not be reached, did not let us in, or hung up."""


class NoFolder(PostFailed):
    """The server does not let us into this folder; into others it may."""


class NotGiven(PostFailed):
    """The server did not give this one message; others it may give."""


class TooLarge(PostFailed):
    """The message is larger than what the house reads."""


class Vanished(PostFailed):
    """The message is no longer in the folder."""


class SendingPostponed(PostFailed):
    """The message certainly did not leave; trying again later may help."""


class SendingRefused(PostFailed):
    """The message certainly did not leave, and will not as it is."""


class SendingUncertain(PostFailed):
    """The connection broke when the message was on its way: nobody here can tell whether it left."""


@dataclass(frozen=True)
class SeenFolder:
    """A folder of a mailbox as the server shows it."""

    name: str
    messages: int
    is_watched: bool


@dataclass(frozen=True)
class Survey:
    """What a look at a mailbox shows: its folders, and how sending stands."""

    folders: Sequence[SeenFolder]
    reads: bool
    sends: bool


class OpenMailbox(Protocol):
    """A mailbox opened for reading alone: nothing on the server is changed, flagged, moved or deleted."""

    def folders(self) -> Sequence[str]:
        """The folders to be watched, as they are there now. Raises `Unreachable`."""

    def enter(self, folder: str) -> int:
        """Go into a folder; returns its UIDVALIDITY (RFC 9051, § 2.3.1.1).

        Raises `NoFolder`, `Unreachable`.
        """

    def uids(self, *, after: int = 0) -> Sequence[int]:
        """The identifiers of the folder's messages above `after`, in order. Raises `Unreachable`."""

    def message(self, uid: int, *, most: int) -> bytes:
        """The message, byte for byte. Raises `TooLarge`, `Vanished`, `NotGiven`, `Unreachable`."""

    def sha256(self, uid: int) -> str:
        """The hash of a message of any size, of which no more than a piece is ever held. Raises as above."""


@dataclass(frozen=True)
class Parcel:
    """A message ready to leave: from whom, to whom, and its bytes."""

    sender: str
    recipients: Sequence[str]
    raw: bytes


class Post(Protocol):
    """All mailboxes of this deployment."""

    def addresses(self) -> Sequence[str]:
        """The mailboxes that are fetched. Raises `WrongConnections`."""

    def open(self, address: str) -> AbstractContextManager[OpenMailbox]:
        """Open a mailbox. Raises `NotConnected`, `WrongConnections`, `Unreachable`."""

    def survey(self, address: str) -> Survey:
        """Look at a mailbox, its folders and its way out. Raises as `open`."""

    def send(self, parcel: Parcel, *, ready: Callable[[], None]) -> None:
        """Send from the mailbox of the parcel's sender; returns when the server has accepted it.

        `ready` is called when nothing has left yet and everything is about to: what it raises stops it.
        Raises `NotConnected`, `WrongConnections`, `SendingPostponed`, `SendingRefused`,
        `SendingUncertain`.
        """


class NoPost:
    """A deployment without any mailbox."""

    def addresses(self) -> Sequence[str]:
        """None."""
        return ()

    def open(self, address: str) -> AbstractContextManager[OpenMailbox]:
        """As `Post.open`."""
        raise NotConnected(address)

    def survey(self, address: str) -> Survey:
        """As `Post.survey`."""
        raise NotConnected(address)

    def send(self, parcel: Parcel, *, ready: Callable[[], None]) -> None:
        """As `Post.send`."""
        raise NotConnected(parcel.sender)


_in_use: list[Post] = [NoPost()]


def use(post: Post) -> None:
    """Let this process read and send by `post`; the wiring of the deployment calls it once."""
    _in_use[0] = post


def post() -> Post:
    """The post of this process."""
    return _in_use[0]
