"""A made-up post in memory, for rehearsals and tests: faults on request, and nothing leaves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from tragitto.records.ports import (
    NoFolder,
    NotConnected,
    NotGiven,
    Parcel,
    PostFailed,
    SeenFolder,
    Survey,
    TooLarge,
    Unreachable,
    Vanished,
)


@dataclass
class MadeUpFolder:
    """A folder: its UIDVALIDITY, its messages by their identifier."""

    uid_validity: int = 1
    messages: dict[int, bytes] = field(default_factory=dict)
    last_uid: int = 0

    def put(self, raw: bytes) -> int:
        """Let a message arrive; returns its identifier, which is never given again."""
        self.last_uid += 1
        self.messages[self.last_uid] = raw
        return self.last_uid

    def rebuild(self) -> None:
        """Number everything anew, as a server does after a restore."""
        kept, self.messages, self.last_uid = list(self.messages.values()), {}, 0
        self.uid_validity += 1
        for raw in kept:
            self.put(raw)


@dataclass
class MadeUpMailbox:
    """Implements `records.ports.OpenMailbox`."""

    held: dict[str, MadeUpFolder] = field(default_factory=lambda: {"INBOX": MadeUpFolder()})
    #: The server breaks off when it is asked for one of these, and says no to those.
    breaks_at: set[int] = field(default_factory=set)
    withholds: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    inside: str = ""

    def folders(self) -> Sequence[str]:
        """As `OpenMailbox.folders`."""
        return list(self.held)

    def enter(self, folder: str) -> int:
        """As `OpenMailbox.enter`."""
        if folder not in self.held:
            raise NoFolder(folder)
        self.inside = folder
        return self.held[folder].uid_validity

    def uids(self, *, after: int = 0) -> Sequence[int]:
        """As `OpenMailbox.uids`."""
        return sorted(uid for uid in self.held[self.inside].messages if uid > after)

    def message(self, uid: int, *, most: int) -> bytes:
        """As `OpenMailbox.message`."""
        raw = self._given(uid)
        if len(raw) > most:
            raise TooLarge(f"more than {most} bytes")
        return raw

    def sha256(self, uid: int) -> str:
        """As `OpenMailbox.sha256`."""
        return sha256(self._given(uid)).hexdigest()

    def _given(self, uid: int) -> bytes:
        self.asked.append(uid)
        if uid in self.breaks_at:
            raise Unreachable("the connection broke")
        if uid in self.withholds:
            raise NotGiven("the server said no")
        if uid not in self.held[self.inside].messages:
            raise Vanished(str(uid))
        return self.held[self.inside].messages[uid]


@dataclass
class MadeUpPost:
    """Implements `records.ports.Post`: what is sent stays in `sent`; `fault` is raised instead, once."""

    mailboxes: dict[str, MadeUpMailbox] = field(default_factory=dict)
    sent: list[Parcel] = field(default_factory=list)
    #: Raised at the next sending: before anything is ready to leave, or after it has left.
    fault: PostFailed | None = None
    fault_afterwards: PostFailed | None = None

    def addresses(self) -> Sequence[str]:
        """As `Post.addresses`."""
        return list(self.mailboxes)

    @contextmanager
    def open(self, address: str) -> Iterator[MadeUpMailbox]:
        """As `Post.open`."""
        if address not in self.mailboxes:
            raise NotConnected(address)
        yield self.mailboxes[address]

    def survey(self, address: str) -> Survey:
        """As `Post.survey`."""
        with self.open(address) as mailbox:
            folders = [SeenFolder(name, len(each.messages), True) for name, each in mailbox.held.items()]
        return Survey(folders, reads=True, sends=True)

    def send(self, parcel: Parcel, *, ready: Callable[[], None]) -> None:
        """As `Post.send`."""
        if parcel.sender not in self.mailboxes:
            raise NotConnected(parcel.sender)
        if fault := self.fault:
            self.fault = None
            raise fault
        ready()
        if late := self.fault_afterwards:
            self.fault_afterwards = None
            raise late
        self.sent.append(parcel)
