"""The gateway for text messages, against a server of HTTP that really listens."""

import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.gateways.certificates import Certificates
from tragitto.accounts.ports import TextPostponed, TextRefused, TextUncertain
from tragitto.gateways import texting
from tragitto.gateways.texting import HttpTexter, texter_at

NUMBER, WORDS = "+212612345678", "رمزك 123456"


@dataclass
class Provider:
    """What arrived, and how it is answered: with a status, or by cutting the line."""

    status: int = 202
    cuts: bool = False
    waits: threading.Event | None = None
    arrived: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)
    address: str = ""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """Whatever this machine goes through to the network."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def provider():
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            told.arrived.append((json.loads(content), dict(self.headers)))
            if told.waits:
                told.waits.wait(2)
            if told.cuts:
                self.connection.close()
                return
            self.send_response(told.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}/send"
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def send(provider: Provider, **more: str) -> None:
    HttpTexter(provider.address, **more).send(NUMBER, WORDS, key="X-7KQ3M9C")


def test_a_message_is_one_post_of_json_with_its_key(provider):
    send(provider, token="secret", sender="Regione")

    ((words, headers),) = provider.arrived
    assert words == {"to": NUMBER, "text": WORDS, "from": "Regione"}
    told = (headers["Content-Type"], headers["Authorization"], headers["Idempotency-Key"])
    assert told == ("application/json", "Bearer secret", "X-7KQ3M9C")


def test_without_token_and_sender_neither_is_sent(provider):
    send(provider)

    ((words, headers),) = provider.arrived
    assert words == {"to": NUMBER, "text": WORDS}
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (429, TextPostponed),
        (503, TextPostponed),
        (400, TextRefused),
        (401, TextRefused),
        (302, TextRefused),
        (500, TextUncertain),
        (502, TextUncertain),
    ],
)
def test_an_answer_says_whether_it_left(provider, status, refusal):
    provider.status = status

    with pytest.raises(refusal, match=f"HTTP {status}"):
        send(provider)
    assert len(provider.arrived) == 1


def test_a_line_cut_after_the_message_leaves_it_uncertain(provider):
    provider.cuts = True

    with pytest.raises(TextUncertain):
        send(provider)


def test_an_answer_that_does_not_come_leaves_it_uncertain(provider, monkeypatch):
    monkeypatch.setattr(texting, "_SECONDS_TO_ANSWER", 0.2)
    provider.waits, provider.cuts = threading.Event(), True

    with pytest.raises(TextUncertain, match="ReadTimeout"):
        send(provider)
    provider.waits.set()


def test_where_nobody_listens_it_certainly_has_not_left(provider):
    with pytest.raises(TextPostponed):
        HttpTexter("http://127.0.0.1:1/send").send(NUMBER, WORDS, key="X")


def test_where_nobody_is_known_it_certainly_has_not_left():
    with pytest.raises(TextPostponed):
        HttpTexter("https://gateway.invalid/send").send(NUMBER, WORDS, key="X")


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(tmp_path):
    certificates = Certificates.make(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, address: None
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        with pytest.raises(TextPostponed):
            HttpTexter(f"https://localhost:{server.server_port}/").send(NUMBER, WORDS, key="X")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_deployment_without_an_address_has_no_way():
    assert texter_at("") is None
