"""Asks clamd, the daemon of ClamAV, whether some bytes carry a virus: by its INSTREAM command."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tragitto.records.scanner import Checked, Scanner, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome

#: clamd takes a content in pieces, each after its length in four bytes (clamd(8), INSTREAM).
_PIECE = 256 * 1024
#: Connecting is quick or fails; looking into a large archive may take its time.
_SECONDS_TO_CONNECT = 5.0
_SECONDS_TO_ANSWER = 120.0
#: One line with the name of a threat is short; more is no answer of clamd's.
_MOST_ANSWER = 4096
_FOUND = " FOUND"
#: Not a threat: with `AlertExceedsMax yes` clamd names so what it has not looked into, or not to the end.
_BEYOND_LIMITS = "Heuristics.Limits.Exceeded"
_LONGEST_THREAT = 200


class Clamd:
    """A scanner that runs as clamd: `/path/of/its/socket`, or `host:port`."""

    def __init__(self, address: str) -> None:
        """Keep the address; nothing is asked yet. Raises `ValueError` for what is no address."""
        self.address = address.removeprefix("unix:").removeprefix("tcp://")
        host, _, port = self.address.rpartition(":")
        self._host = ("", 0)
        if not self.address.startswith("/"):
            if not host or not port.isdecimal():
                raise ValueError(f"not the socket of a clamd: {address!r}; give /path or host:port")
            self._host = (host.strip("[]"), int(port))

    def check(self, content: bytes) -> Checked:
        """As `Scanner.check`. A content beyond clamd's own limits was not looked into: `failed`.

        Of most limits clamd tells only with `AlertExceedsMax yes` (clamd.conf(5)); without it says OK.
        """
        engine = self._asked(b"zVERSION\0")
        answer = self._asked(b"zINSTREAM\0", content)
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return Checked(CheckOutcome.CLEAN, engine=engine)
        if said.endswith(_FOUND) and not said.startswith(_BEYOND_LIMITS):
            threat = said.removesuffix(_FOUND).strip()[:_LONGEST_THREAT]
            return Checked(CheckOutcome.INFECTED, threat=threat or "unnamed", engine=engine)
        return Checked(CheckOutcome.FAILED, engine=engine)

    def _asked(self, command: bytes, content: bytes | None = None) -> str:
        """One question, one answer. Raises `ScannerSilent` when there is none."""
        try:
            with self._connected() as connection:
                connection.sendall(command)
                if content is not None:
                    # clamd hangs up on a content that is too long for it, having said so.
                    with suppress(BrokenPipeError, ConnectionResetError):
                        _send(connection, content)
                answer = _answer(connection)
        except OSError as error:
            raise ScannerSilent(type(error).__name__) from None
        if not answer:
            raise ScannerSilent("no answer")
        return answer

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        with self._reached() as connection:
            connection.settimeout(_SECONDS_TO_ANSWER)
            yield connection

    def _reached(self) -> socket.socket:
        if self._host[0]:
            return socket.create_connection(self._host, timeout=_SECONDS_TO_CONNECT)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS_TO_CONNECT)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


def scanner_at(address: str) -> Scanner | None:
    """The scanner of a deployment that names one (`TRAGITTO_CLAMD`); None for "". Raises `ValueError`."""
    return Clamd(address) if address else None


def _send(connection: socket.socket, content: bytes) -> None:
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE]
        connection.sendall(len(piece).to_bytes(4, "big") + piece)
    connection.sendall(bytes(4))


def _answer(connection: socket.socket) -> str:
    answer = b""
    while len(answer) <= _MOST_ANSWER and b"\0" not in answer:
        with suppress(ConnectionResetError):
            if piece := connection.recv(_MOST_ANSWER):
                answer += piece
                continue
        break
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()
