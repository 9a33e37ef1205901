"""Asks outside about revocations and lists, with no trust in the addresses: never in the limited process."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
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

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """Nothing was fetched; the text says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open network: not this machine, not its neighbours."""
    return address.is_global and not address.is_multicast


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
    """One exchange: the status, where it points, and what it sends."""
    address = _resolved(target, reach)
    connection = _connection(target, address, _left(deadline))
    try:
        headers = {"Host": _host(target), "Accept": "*/*", "Connection": "close"}
        if request:
            headers["Content-Type"] = "application/ocsp-request"
        connection.request("POST" if request else "GET", target.path, body=request or None, headers=headers)
        answer = connection.getresponse()
        body = _read(answer, connection, reach, deadline) if answer.status == 200 else b""
        return answer.status, answer.getheader("Location") or "", body
    finally:
        connection.close()


def _resolved(target: _Target, reach: Reach) -> str:
    """The first of the host's addresses; raises ``FetchError`` when any of them is not allowed."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(reach.allows(_plain(address)) for address in addresses):
        raise FetchError(f"{target.host}: not on the open network")
    return addresses[0]


def _plain(address: str) -> Address:
    """An address as it is meant: IPv4 can hide in IPv6."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        return parsed.ipv4_mapped or parsed.sixtofour or parsed
    return parsed


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was found fit, under the name that was asked for."""

    def __init__(self, target: _Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target, self.address = target, address

    def connect(self) -> None:
        """Connect to the address, and for https insist on a certificate for the name."""
        connected = socket.create_connection((self.address, self.target.port), self.timeout)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            connected = context.wrap_socket(connected, server_hostname=self.target.host)
        self.sock = connected


def _connection(target: _Target, address: str, seconds: float) -> http.client.HTTPConnection:
    return _Pinned(target, address, seconds)


def _host(target: _Target) -> str:
    usual = {"http": 80, "https": 443}[target.scheme]
    return target.host if target.port == usual else f"{target.host}:{target.port}"


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, reach: Reach, deadline: float
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        if connection.sock:
            connection.sock.settimeout(_left(deadline))
        piece = answer.read1(_PIECE)
        if not piece:
            return b"".join(pieces)
        _left(deadline)
        pieces.append(piece)
        size += len(piece)
        if size > reach.most_bytes:
            raise FetchError("sends more than it should")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("took too long")
    return left
