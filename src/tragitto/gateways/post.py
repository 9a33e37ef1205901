"""The mailboxes of a deployment, as its file of connections describes them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tragitto.gateways import connections, imap, smtp
from tragitto.gateways.connections import Connection
from tragitto.gateways.tables import WrongFile
from tragitto.records.ports import NotConnected, OpenMailbox, Parcel, SeenFolder, Survey, WrongConnections


class ConfiguredPost:
    """Implements `records.ports.Post`; the file is read anew each time, so that it can be changed."""

    def __init__(self, file: Callable[[], str]) -> None:
        self._file = file

    def addresses(self) -> Sequence[str]:
        """As `Post.addresses`."""
        with _told():
            return [each.address for each in self._connections().values() if each.imap]

    @contextmanager
    def open(self, address: str) -> Iterator[OpenMailbox]:
        """As `Post.open`."""
        with _told():
            connection = self._connection(address)
            if not connection.imap:
                raise NotConnected(f"{address} has no [mailbox.imap]")
            with imap.opened(connection, connection.imap) as mailbox:
                yield mailbox

    def survey(self, address: str) -> Survey:
        """As `Post.survey`."""
        with _told():
            connection = self._connection(address)
            folders: list[SeenFolder] = []
            if connection.imap:
                with imap.opened(connection, connection.imap) as mailbox:
                    folders = mailbox.survey()
            if connection.smtp:
                smtp.check(connection.smtp)
            return Survey(folders, reads=bool(connection.imap), sends=bool(connection.smtp))

    def send(self, parcel: Parcel, *, ready: Callable[[], None]) -> None:
        """As `Post.send`."""
        with _told():
            server = self._connection(parcel.sender).smtp
            if not server:
                raise NotConnected(f"{parcel.sender} has no [mailbox.smtp]")
            smtp.send(server, parcel, ready=ready)

    def _connection(self, address: str) -> Connection:
        found = self._connections().get(address)
        if not found:
            raise NotConnected(f"{address} is not in the file of TRAGITTO_MAILBOXES")
        return found

    def _connections(self) -> dict[str, Connection]:
        file = self._file()
        return connections.read(Path(file)) if file else {}


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except WrongFile as wrong:
        raise WrongConnections(str(wrong)) from None
