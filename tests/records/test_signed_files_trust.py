"""Whom a signature is trusted by: the list that is stored, and what its issuers say about revocation."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import AF_INET, SOCK_STREAM
from threading import Thread
from typing import ClassVar

import pytest

from tests.conftest import NOON
from tests.records.conftest import form
from tragitto.records import trusted_list
from tragitto_pec.rehearsal import Authority
from tragitto_pec.rehearsal.revoking import answer, revocation_list
from tragitto_pec.rehearsal.trusting import trusted_list_of
from tragitto_pec.signatures import fetching

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(authority) -> Callable[..., None]:
    """The authority of the demonstration stands in the trusted list that is stored."""

    def store(*services: Authority) -> None:
        trusted_list.store(trusted_list_of(services, issued_at=authority.valid_from))

    store(authority)
    return store


def test_a_signature_is_judged_by_the_trusted_list_that_is_stored(send, bruno, listed):
    (file,) = send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    (signer,) = file.signatures["signers"]
    assert (signer["chain"], signer["qualified"], signer["qscd"]) == ("trusted", "qualified", True)
    assert file.signatures["trusted_list"]["territory"] == "IT"


def test_another_list_holds_from_the_next_file_on(send, bruno, listed, authority):
    stranger = Authority.create(
        valid_from=authority.valid_from, valid_until=authority.valid_until, seed="stranger"
    )
    (before,) = send({"uno.p7m": bruno.p7m(b"uno")})
    listed(stranger)
    (after,) = send({"due.p7m": bruno.p7m(b"due")}, "Di nuovo")

    assert [file.signatures["signers"][0]["chain"] for file in (before, after)] == ["trusted", "untrusted"]


def test_without_a_list_nobody_is_trusted_and_nobody_refused(send, bruno):
    (file,) = send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    assert (file.signatures["signers"][0]["chain"], file.signatures["verdict"]) == ("not-checked", "intact")


class Responder(BaseHTTPRequestHandler):
    """Answers as the authority's server does: with what the test has put there."""

    answer = b""
    asked: ClassVar[list[str]] = []

    def do_POST(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    do_GET = do_POST  # noqa: N815  the library's name

    def log_message(self, *_said):
        """Not to be heard."""


@pytest.fixture
def network(monkeypatch, settings) -> Iterator[type[Responder]]:
    """The open network, where every name leads to one server of the test."""
    settings.REVOCATION = True
    server = HTTPServer(("127.0.0.1", 0), Responder)
    Thread(target=server.serve_forever, daemon=True).start()
    resolve, connect = fetching.socket.getaddrinfo, fetching.socket.create_connection

    def resolved(host, *rest, **more):
        public = [(AF_INET, SOCK_STREAM, 0, "", ("93.184.216.34", 80))]
        return public if str(host).endswith(".example") else resolve(host, *rest, **more)

    def connected(_place, *rest):
        return connect(server.server_address, *rest)

    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(fetching.socket, "create_connection", connected)
    Responder.asked.clear()
    yield Responder
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("revoked_at", "revocation"),
    [(None, "good"), (NOON - timedelta(days=1), "revoked")],
    ids=["in force", "revoked the day before"],
)
def test_where_it_is_wanted_the_issuer_is_asked(
    send, bruno, listed, authority, network, revoked_at, revocation
):
    network.answer = answer(authority, bruno.credentials, NOON, revoked_at)

    (file,) = send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    (signer,) = file.signatures["signers"]
    assert (signer["revocation"], network.asked) == (revocation, ["/ocsp"])
    assert "asks" not in signer


def test_where_no_responder_answers_the_list_is_fetched(send, bruno, listed, authority, network):
    network.answer = revocation_list(authority, {}, NOON)

    (file,) = send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    assert file.signatures["signers"][0]["revocation"] == "good"
    assert network.asked == ["/ocsp", "/crl"]


def test_each_address_is_asked_once_for_a_message(send, bruno, listed, authority, network):
    network.answer = answer(authority, bruno.credentials, NOON)

    send({f"{number}.p7m": bruno.p7m(b"%PDF-1.7") for number in range(3)})

    assert network.asked == ["/ocsp"]


def test_nobody_is_asked_unless_it_is_wanted(send, bruno, listed, network, settings):
    settings.REVOCATION = False

    (file,) = send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    assert (file.signatures["signers"][0]["revocation"], network.asked) == ("not-checked", [])


def test_nobody_of_whom_the_list_says_nothing_is_asked(send, bruno, network):
    send({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    assert network.asked == []
