"""Mailboxes by IMAP (RFC 9051): opened to be looked at, never to be changed."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from hashlib import sha256

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError, ProtocolError

from tragitto.gateways.connections import ALL_FOLDERS, Connection, Security, Server
from tragitto.gateways.security import context_for
from tragitto.records.ports import NoFolder, NotGiven, PostFailed, SeenFolder, TooLarge, Unreachable, Vanished

#: What is asked for at a time: no answer of the server is larger than this.
PIECE = 1024 * 1024
TIMEOUT = SocketTimeout(connect=20, read=90)
#: Folders in which nothing that was received lies (RFC 6154), and those that only show others' messages.
_OF_OURS = {b"\\drafts", b"\\sent", b"\\all", b"\\flagged", b"\\important"}
_CLOSED = {b"\\noselect", b"\\nonexistent"}


class ImapMailbox:
    """Implements `records.ports.OpenMailbox`. Every folder is entered by EXAMINE, every body had by PEEK."""

    def __init__(self, client: IMAPClient, connection: Connection, *, piece: int = PIECE) -> None:
        self._client = client
        self._connection = connection
        self._piece = piece

    def folders(self) -> Sequence[str]:
        """As `OpenMailbox.folders`."""
        if self._connection.folders != (ALL_FOLDERS,):
            return self._connection.folders
        return [name for name, flags in self._listed() if not flags & _OF_OURS]

    def survey(self) -> list[SeenFolder]:
        """All folders that can be entered, with the number of their messages."""
        watched = set(self.folders())
        with _told():
            found = []
            for name, _flags in self._listed():
                count = self._client.folder_status(name, ["MESSAGES"])[b"MESSAGES"]
                found.append(SeenFolder(name, int(count), name in watched))
            return found

    def enter(self, folder: str) -> int:
        """As `OpenMailbox.enter`."""
        with _told(otherwise=NoFolder):
            return int(self._client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])

    def uids(self, *, after: int = 0) -> Sequence[int]:
        """As `OpenMailbox.uids`."""
        criteria: list[str | date] = ["UID", f"{after + 1}:*"]
        if self._connection.since:
            criteria += ["SINCE", self._connection.since]
        with _told():
            found = self._client.search(criteria)
        # "n:*" always names the last message, even when it stands before n (RFC 9051, § 6.4.9).
        return sorted(uid for uid in found if uid > after)

    def message(self, uid: int, *, most: int) -> bytes:
        """As `OpenMailbox.message`."""
        whole = bytearray()
        for piece in self._pieces(uid):
            whole += piece
            if len(whole) > most:
                raise TooLarge(f"more than {most} bytes")
        return bytes(whole)

    def sha256(self, uid: int) -> str:
        """As `OpenMailbox.sha256`."""
        digest = sha256()
        for piece in self._pieces(uid):
            digest.update(piece)
        return digest.hexdigest()

    def _pieces(self, uid: int) -> Iterator[bytes]:
        """The message piece by piece; its announced size is believed only where it agrees with the pieces."""
        offset = 0
        while True:
            answer = self._fetched(uid, ["RFC822.SIZE", f"BODY.PEEK[]<{offset}.{self._piece}>"])
            size = int(answer.get(b"RFC822.SIZE", -1))
            piece = next((value for key, value in answer.items() if key.startswith(b"BODY[]")), None)
            if piece is None or (len(piece) > self._piece and offset):
                raise NotGiven("the server gave no body")
            if piece:
                yield piece
            offset += len(piece)
            if not piece or offset == size or len(piece) > self._piece:
                return

    def _fetched(self, uid: int, items: list[str]) -> dict[bytes, bytes]:
        with _told(otherwise=NotGiven):
            answer = self._client.fetch([uid], items)
        if uid not in answer:
            raise Vanished(str(uid))
        return answer[uid]  # type: ignore[no-any-return]

    def _listed(self) -> list[tuple[str, set[bytes]]]:
        with _told():
            answer = self._client.list_folders()
        listed = [(name, {flag.lower() for flag in flags}) for flags, _separator, name in answer]
        return [(name, flags) for name, flags in listed if not flags & _CLOSED]


@contextmanager
def opened(connection: Connection, server: Server) -> Iterator[ImapMailbox]:
    """The mailbox, signed in, until the block ends. Raises `Unreachable`, `WrongFile`."""
    password = server.password()
    context = context_for(server)
    where = f"{server.host}:{server.port}: "
    with _told(where):
        client = _connected(server, context)
    try:
        with _told(where):
            if server.security is Security.STARTTLS:
                client.starttls(context)
            client.normalise_times = False
            client.login(server.user, password)
        yield ImapMailbox(client, connection)
    finally:
        _leave(client)


def _connected(server: Server, context: ssl.SSLContext | None) -> IMAPClient:
    is_tls = server.security is Security.TLS
    return IMAPClient(
        server.host,
        server.port,
        ssl=is_tls,
        ssl_context=context if is_tls else None,
        timeout=TIMEOUT,
    )


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except (OSError, IMAPClientError, ProtocolError):
        with suppress(OSError):  # the line may be dead already
            client.shutdown()


@contextmanager
def _told(where: str = "", otherwise: type[PostFailed] = Unreachable) -> Iterator[None]:
    """Faults of the line as `Unreachable`, a no to one command as `otherwise`; no word of the server."""
    try:
        yield
    except LoginError:
        raise Unreachable(f"{where}user or password refused") from None
    except ssl.SSLError as error:
        raise Unreachable(f"{where}{error.reason or type(error).__name__}") from None
    except (IMAPClientAbortError, ProtocolError, OSError) as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        raise Unreachable(f"{where}{said}") from None
    except IMAPClientError as error:
        raise otherwise(f"{where}{type(error).__name__}") from None
