"""Asks outside about revocations and lists, with no trust in the addresses: never in the limited process."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tragitto_pec.limits import MIB
from tragitto_pec.signatures.asks import Ask
from tragitto_pec.signatures.evidence import Evidence
from tragitto_pec.signatures.reading import SignatureReading
from tragitto_pec.signatures.unwrapping import as_der

_REDIRECTED = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024

#: Where IPv4 hides in IPv6, translated or of old, and what was once local to a site (RFC 4291, 6052, 8215).
_CLOSED = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """Nothing was fetched; the text says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open network: not this machine, not its neighbours."""
    is_closed = any(address in network for network in _CLOSED)
    return address.is_global and not address.is_multicast and not is_closed


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a fetch may go."""

    seconds: float = 5.0
    most_bytes: int = 5 * MIB
    redirects: int = 3
    ports: frozenset[int] = frozenset({80, 443})
    allows: Callable[[Address], bool] = is_public


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str


def asks_of(reading: SignatureReading) -> tuple[Ask, ...]:
    """Where the revocation of a file's signers can be asked; only certificates traced to the list say."""
    return tuple(dict.fromkeys(ask for signer in reading.signers for ask in signer.asks))


def fetched(asks: Iterable[Ask], reach: Reach | None = None) -> Evidence:
    """Ask, and give what came back as evidence for a second reading. Never raises; silence is no evidence."""
    lists: list[bytes] = []
    answers: list[bytes] = []
    for ask in asks:
        with contextlib.suppress(FetchError):
            body = fetch(ask.url, ask.request, reach)
            (answers if ask.request else lists).append(body if ask.request else as_der(body)[0])
    return Evidence(tuple(lists), tuple(answers))


def fetch(url: str, request: bytes = b"", reach: Reach | None = None) -> bytes:
    """Fetch what lies at an address, or send a request there. Raises ``FetchError``.

    The name is resolved once, every address it has must be allowed, and the connection goes to that very
    address; so it is at each redirection. Time and size count for the whole.
    """
    reach = reach or Reach()
    deadline = time.monotonic() + reach.seconds
    for _turn in range(reach.redirects + 1):
        target = _target(url, reach)
        try:
            status, onward, body = _once(target, request, reach, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(f"{target.host}: {type(error).__name__}") from error
        if status == 200:
            return body
        if status not in _REDIRECTED or not onward:
            raise FetchError(f"{target.host}: answered {status}")
        url = urljoin(url, onward)
    raise FetchError("redirected too often")


def _target(url: str, reach: Reach) -> _Target:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError("not an address") from error
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.username
        or port not in reach.ports
    ):
        raise FetchError("not an address of the web")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(parts.scheme, parts.hostname, port, path)


def _once(target: _Target, request: bytes, reach: Reach, deadline: float) -> tuple[int, str, bytes]:
    """One exchange: the status, where it points, and what it sends.

    The limit of a socket counts from one byte to the next: a watch cuts the line when the time is over.
    """
    address = _resolved(target, reach, deadline)
    connection = _Pinned(target, address, deadline)
    watch = threading.Timer(_left(deadline), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        headers = {"Host": _host(target), "Accept": "*/*", "Connection": "close"}
        if request:
            headers["Content-Type"] = "application/ocsp-request"
        connection.request("POST" if request else "GET", target.path, body=request or None, headers=headers)
        answer = connection.getresponse()
        body = _read(answer, connection, reach, deadline) if answer.status == 200 else b""
        _left(deadline)
        return answer.status, answer.getheader("Location") or "", body
    finally:
        watch.cancel()
        connection.close()


def _resolved(target: _Target, reach: Reach, deadline: float) -> str:
    """The first of the host's addresses; raises ``FetchError`` when any of them is not allowed."""
    addresses = _addresses(target, _left(deadline))
    if not addresses or not all(reach.allows(_plain(address)) for address in addresses):
        raise FetchError(f"{target.host}: not on the open network")
    return addresses[0]


def _addresses(target: _Target, seconds: float) -> list[str]:
    """What the name resolves to; the system's resolver has no limit of its own, so it is left behind."""
    answers: queue.SimpleQueue[list[str] | OSError | ValueError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise FetchError("took too long") from error
    if isinstance(answer, Exception):
        raise answer
    return answer


def _plain(address: str) -> Address:
    """An address as it is meant: IPv4 can hide in IPv6."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        return parsed.ipv4_mapped or parsed.sixtofour or parsed
    return parsed


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was found fit, under the name that was asked for."""

    def __init__(self, target: _Target, address: str, deadline: float) -> None:
        super().__init__(target.host, target.port)
        self.target, self.address, self.deadline = target, address, deadline
        self.line: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the address, and for https insist on a certificate for the name."""
        connected = socket.create_connection((self.address, self.target.port), _left(self.deadline))
        self.sock = self.line = connected
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            secured = context.wrap_socket(
                connected, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self.sock = self.line = secured
            self._within()
            secured.do_handshake()
        self._within()

    def _within(self) -> None:
        """Let nothing wait beyond the end, of which the watch may have told before there was a line."""
        if self.line:
            self.line.settimeout(_left(self.deadline))

    def cut(self) -> None:
        """End the exchange, from another thread: whatever waits for a byte has reached the end."""
        if self.line:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)


def _host(target: _Target) -> str:
    usual = {"http": 80, "https": 443}[target.scheme]
    return target.host if target.port == usual else f"{target.host}:{target.port}"


def _read(answer: http.client.HTTPResponse, connection: _Pinned, reach: Reach, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        if connection.line:
            connection.line.settimeout(_left(deadline))
        piece = answer.read1(_PIECE)
        _left(deadline)  # a line that was cut ends like one that is complete
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > reach.most_bytes:
            raise FetchError("sends more than it should")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("took too long")
    return left
