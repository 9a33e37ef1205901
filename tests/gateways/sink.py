"""A mail server for the tests: keeps what it is given, says no on request, breaks off where it is told to."""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from tests.gateways.certificates import Certificates

PASSWORD = "segreta"


@dataclass
class Sink:
    """What arrived, and what is to go wrong; the words of a refusal name somebody, as real ones do."""

    arrived: list[Envelope] = field(default_factory=list)
    to_sender: str = ""
    to_recipients: dict[str, str] = field(default_factory=dict)
    to_content: str = ""
    #: Cut the line before the content is acknowledged: after it was kept, or without keeping it.
    cut: str = ""
    #: How long a good-bye stays without an answer.
    slow_to_part: float = 0
    port: int = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.to_sender:
            return self.to_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal := self.to_recipients.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.cut != "lost" and not self.to_content:
            self.arrived.append(envelope)
        if self.cut:
            server.transport.abort()
        return self.to_content or "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        await asyncio.sleep(self.slow_to_part)
        return "221 Bye"


class Server(Controller):
    """A sink that listens; `tls` from the first byte, or offered by STARTTLS."""

    def __init__(self, sink: Sink, *, certificates: Certificates | None = None, tls: bool = False) -> None:
        self._context = None
        if certificates:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificates.certificate, certificates.key)
        self._from_the_start = tls
        sink.port = _free_port()
        super().__init__(
            sink,
            hostname="127.0.0.1",
            port=sink.port,
            ssl_context=self._context if tls else None,
            ready_timeout=20,
        )

    def factory(self) -> SMTP:
        """The protocol of one connection; whoever signs in must know the password."""
        return SMTP(
            self.handler,
            authenticator=_knows,
            auth_require_tls=bool(self._context) and not self._from_the_start,
            tls_context=None if self._from_the_start else self._context,
            require_starttls=bool(self._context) and not self._from_the_start,
            data_size_limit=40_000_000,
        )

    def _trigger_server(self) -> None:
        """The controller would knock in clear, or trust nobody: knocking at the port is enough."""
        socket.create_connection((self.hostname, self.port), timeout=10).close()


def _knows(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
