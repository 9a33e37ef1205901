"""Asking outside: only the open network, only so long, only so much."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.pec.signatures.stage import BRUNO, LETTER, LISTED, NOON, read, signer
from tragitto_pec.rehearsal.revoking import answer, revocation_list
from tragitto_pec.signatures import Evidence, Revocation
from tragitto_pec.signatures.asks import Ask
from tragitto_pec.signatures.fetching import FetchError, Reach, asks_of, fetch, fetched, is_public

CRL = revocation_list(LISTED, {}, NOON)
OCSP = answer(LISTED, BRUNO.credentials, NOON)

#: What comes at once, before one byte at a time: each is soon enough, the whole never ends.
DRIPPING = {
    "/drips-status": b"HTTP/1.1 ",
    "/drips-headers": b"HTTP/1.1 200 OK\r\nX: ",
    "/drips-redirection": b"HTTP/1.1 302 Found\r\nLocation: /",
    "/drips-body": b"HTTP/1.1 200 OK\r\n\r\n",
}


class _Authority(BaseHTTPRequestHandler):
    """A made-up authority's web server."""

    def do_GET(self):
        if self.path.startswith("/away"):
            self._redirected("http://192.168.0.1/crl" if self.path == "/away" else self.path)
        elif self.path == "/slow":
            time.sleep(0.5)
        elif self.path in DRIPPING:
            self._dripped(DRIPPING[self.path])
        else:
            self._answered(b"x" * 5000 if self.path == "/much" else CRL)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answered(OCSP)

    def _redirected(self, onward):
        self.send_response(302)
        self.send_header("Location", onward)
        self.end_headers()

    def _dripped(self, begun):
        with contextlib.suppress(OSError):
            self.wfile.write(begun)
            for _turn in range(40):
                time.sleep(0.05)
                self.wfile.write(b"a")

    def _answered(self, body):
        self.send_response(404 if self.path == "/none" else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Authority) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def reach(server):
    """This machine counts as the open network, its neighbours do not."""
    return Reach(
        seconds=0.3,
        most_bytes=4000,
        ports=frozenset({server.server_port, 80}),
        allows=lambda address: address.is_loopback,
    )


def place(server, path):
    """An address at the made-up server."""
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_a_list_and_an_answer_come_back_as_evidence(server, reach):
    asks = [Ask(place(server, "/crl")), Ask(place(server, "/ocsp"), b"request")]

    assert fetched(asks, reach) == Evidence((CRL,), (OCSP,))


def test_what_came_back_settles_the_revocation(server, reach):
    evidence = fetched([Ask(place(server, "/crl"))], reach)

    assert signer(BRUNO.p7m(LETTER), evidence=evidence).revocation is Revocation.GOOD


@pytest.mark.parametrize("path", ["/none", "/much", "/slow", "/away", "/away-again"])
def test_what_goes_wrong_is_no_evidence(server, reach, path):
    with pytest.raises(FetchError):
        fetch(place(server, path), reach=reach)
    assert fetched([Ask(place(server, path))], reach) == Evidence()


@pytest.mark.parametrize("path", DRIPPING)
def test_the_time_counts_for_the_whole_and_not_for_each_byte(server, reach, path):
    begun = time.monotonic()

    with pytest.raises(FetchError):
        fetch(place(server, path), reach=reach)

    assert time.monotonic() - begun < 1


def test_a_handshake_that_does_not_end_is_given_up(reach):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        threading.Thread(target=_dripping_handshake, args=[listening], daemon=True).start()
        begun = time.monotonic()

        with pytest.raises(FetchError):
            fetch(f"https://127.0.0.1:{port}/", reach=replace(reach, ports=frozenset({port})))

    assert time.monotonic() - begun < 1


def _dripping_handshake(listening):
    """The beginning of a record of TLS, and then a byte at a time."""
    accepted, _address = listening.accept()
    with accepted, contextlib.suppress(OSError):
        accepted.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
        for _turn in range(40):
            time.sleep(0.05)
            accepted.sendall(b"a")


def test_a_name_that_nobody_resolves_in_time_is_given_up(reach, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: time.sleep(2) or [])
    begun = time.monotonic()

    with pytest.raises(FetchError, match="took too long"):
        fetch("http://firma.prova.example/crl", reach=reach)

    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/crl",
        "http://localhost/crl",
        "http://[::1]/crl",
        "http://[::ffff:127.0.0.1]/crl",
        "http://10.0.0.1/crl",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://8.8.8.8:22/",
        "ldap://ldap.example/cn=ca",
        "file:///etc/passwd",
        "ftp://8.8.8.8/crl",
        "http://user@8.8.8.8/",
        "http://",
        "http://[",
        "",
    ],
)
def test_other_places_are_not_asked(url):
    with pytest.raises(FetchError):
        fetch(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("2001:4860:4860::8888", True),
        ("fe80::1", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
    ],
)
def test_which_addresses_are_of_the_open_network(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


def test_the_asks_of_a_file_are_those_of_its_signers():
    asks = asks_of(read(BRUNO.p7m(BRUNO.p7m(LETTER))))

    assert [ask.url for ask in asks] == ["http://firma.prova.example/ocsp", "http://firma.prova.example/crl"]
