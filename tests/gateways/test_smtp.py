"""The SMTP adapter on a real server: all or none, and the truth about what has left."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.gateways.certificates import Certificates
from tests.gateways.sink import PASSWORD, Sink
from tests.gateways.sink import Server as SinkServer
from tragitto.gateways import smtp
from tragitto.gateways.connections import Security, Server
from tragitto.records.ports import Parcel, SendingPostponed, SendingRefused, SendingUncertain

RAW = b"Subject: prova\r\nMessage-ID: <o-1@pec.ufficio.example>\r\n\r\n.una riga\r\n..due\r\nciao\r\n"
BRUNO, ELIF = "bruno@pec.impresa.example", "elif@pec.partner.example"
PARCEL = Parcel("avviso@pec.ufficio.example", (BRUNO, ELIF), RAW)


class Ready(list):
    """Counts how often everything was ready to leave."""

    def __call__(self) -> None:
        self.append(True)


@pytest.fixture
def ready() -> Ready:
    return Ready()


@contextmanager
def listening(sink: Sink, **how) -> Iterator[Server]:
    """The sink at work, and how to connect to it."""
    server = SinkServer(sink, **how)
    server.start()
    try:
        yield Server("127.0.0.1", sink.port, Security.NONE, "", "", "", "", Path("mailboxes"), 1)
    finally:
        server.stop()


def test_the_message_arrives_byte_for_byte_at_all(ready):
    sink = Sink()

    with listening(sink) as server:
        smtp.send(server, PARCEL, ready=ready)

    (envelope,) = sink.arrived
    assert envelope.original_content == RAW
    assert (envelope.mail_from, envelope.rcpt_tos) == (PARCEL.sender, [BRUNO, ELIF])
    assert len(ready) == 1


@pytest.mark.parametrize(
    ("answer", "raised", "told"),
    [
        ("550 5.1.1 bruno@pec.impresa.example unknown", SendingRefused, "recipient 1: 550 5.1.1"),
        ("553 bruno who?", SendingRefused, "recipient 1: 553"),
        ("451 4.2.0 bruno later", SendingPostponed, "recipient 1: 451 4.2.0"),
    ],
)
def test_one_recipient_refused_keeps_it_from_all(ready, answer, raised, told):
    sink = Sink(to_recipients={BRUNO: answer})

    with listening(sink) as server, pytest.raises(raised) as failure:
        smtp.send(server, PARCEL, ready=ready)

    assert (failure.value.detail, sink.arrived, ready) == (told, [], [])


def test_a_sender_refused_is_told(ready):
    with (
        listening(Sink(to_sender="550 5.7.1 not you")) as server,
        pytest.raises(SendingRefused, match="sender"),
    ):
        smtp.send(server, PARCEL, ready=ready)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [("554 5.6.0 no", SendingRefused), ("452 4.3.1 full", SendingPostponed)],
)
def test_content_that_the_server_refuses_has_not_left(ready, answer, raised):
    with listening(Sink(to_content=answer)) as server, pytest.raises(raised, match="content: "):
        smtp.send(server, PARCEL, ready=ready)


@pytest.mark.parametrize("cut", ["kept", "lost"])
def test_a_line_cut_before_the_answer_leaves_nobody_the_wiser(ready, cut):
    with listening(Sink(cut=cut)) as server, pytest.raises(SendingUncertain):
        smtp.send(server, PARCEL, ready=ready)


@pytest.mark.slow
def test_what_is_accepted_does_not_wait_long_for_a_good_bye(ready):
    sink = Sink(slow_to_part=30)

    with listening(sink) as server:
        began = time.monotonic()
        smtp.send(server, PARCEL, ready=ready)
        took = time.monotonic() - began

    assert (len(sink.arrived), took < smtp.PARTING + 5) == (1, True)


def test_what_stops_it_when_ready_stops_it():
    sink = Sink()

    def stop() -> None:
        raise KeyError

    with listening(sink) as server, pytest.raises(KeyError):
        smtp.send(server, PARCEL, ready=stop)

    assert sink.arrived == []


def test_a_message_beyond_the_announced_size_is_refused(ready):
    large = replace(PARCEL, raw=b"Subject: x\r\n\r\n" + b"x" * 41_000_000)

    with listening(Sink()) as server, pytest.raises(SendingRefused, match="sender: 552"):
        smtp.send(server, large, ready=ready)


def test_a_server_that_is_not_there_is_tried_later(ready):
    nowhere = Server("127.0.0.1", 9, Security.NONE, "", "", "", "", Path("mailboxes"), 1)

    with pytest.raises(SendingPostponed, match="Connection refused"):
        smtp.send(nowhere, PARCEL, ready=ready)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Certificates:
    return Certificates.make(tmp_path_factory.mktemp("certificates"))


def signed_in(server: Server, certificates: Certificates, security: Security, folder: Path) -> Server:
    (folder / "secret").write_text(PASSWORD)
    return replace(
        server,
        host="localhost",
        security=security,
        user="avviso",
        password_file=str(folder / "secret"),
        ca_file=str(certificates.authority),
    )


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_over_tls_with_a_password_it_arrives(certificates, tmp_path, ready, security):
    sink = Sink()

    with listening(sink, certificates=certificates, tls=security is Security.TLS) as server:
        smtp.send(signed_in(server, certificates, security, tmp_path), PARCEL, ready=ready)

    assert len(sink.arrived) == 1


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_trusts_stops_it(certificates, tmp_path, ready, security):
    sink = Sink()

    with listening(sink, certificates=certificates, tls=security is Security.TLS) as server:
        untrusting = replace(signed_in(server, certificates, security, tmp_path), ca_file="")
        with pytest.raises(SendingPostponed, match="CERTIFICATE_VERIFY_FAILED"):
            smtp.send(untrusting, PARCEL, ready=ready)

    assert sink.arrived == []


def test_a_wrong_password_is_told_without_it(certificates, tmp_path, ready):
    with listening(Sink(), certificates=certificates, tls=True) as server:
        signed = signed_in(server, certificates, Security.TLS, tmp_path)
        (tmp_path / "secret").write_text("sbagliata")
        with pytest.raises(SendingPostponed, match="user or password refused: 535") as failure:
            smtp.send(signed, PARCEL, ready=ready)

    assert "sbagliata" not in str(failure.value)


def test_starttls_that_the_server_does_not_offer_stops_it(tmp_path, ready):
    sink = Sink()

    with listening(sink) as server, pytest.raises(SendingPostponed):
        smtp.send(replace(server, security=Security.STARTTLS), PARCEL, ready=ready)

    assert sink.arrived == []
