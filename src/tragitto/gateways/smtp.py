"""Outgoing mail by SMTP (RFC 5321): all recipients or none, and never a guess about what has left."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tragitto.gateways.connections import Security, Server
from tragitto.gateways.security import context_for
from tragitto.records.ports import (
    Parcel,
    SendingPostponed,
    SendingRefused,
    SendingUncertain,
)

TIMEOUT = 90.0
#: That the content was accepted is written down only after the good-bye: a process that ends in between
#: leaves a message of which nobody can tell.
PARTING = 3.0
#: Below: a temporary no; from here on: a lasting one (RFC 5321, § 4.2.1).
LASTING = 500
ACCEPTED = 250


def check(server: Server) -> None:
    """Connect and sign in, send nothing. Raises `SendingPostponed`, `WrongFile`."""
    with _signed_in(server):
        pass


def send(server: Server, parcel: Parcel, *, ready: Callable[[], None]) -> None:
    """As `records.ports.Post.send`, by this server.

    A recipient that the server refuses keeps the message from all: what leaves in part cannot be repeated
    without reaching somebody twice.
    """
    with _signed_in(server) as smtp:
        _envelope(smtp, parcel)
        ready()
        _content(smtp, parcel.raw)


def _envelope(smtp: smtplib.SMTP, parcel: Parcel) -> None:
    with _nothing_left():
        size = [f"SIZE={len(parcel.raw)}"] if smtp.has_extn("size") else []
        _agreed(smtp.mail(parcel.sender, size), "sender")
        for position, recipient in enumerate(parcel.recipients, start=1):
            _agreed(smtp.rcpt(recipient), f"recipient {position}")


def _content(smtp: smtplib.SMTP, raw: bytes) -> None:
    try:
        answer = smtp.data(raw)
    except smtplib.SMTPDataError as error:
        answer = (error.smtp_code, b"")
    except (OSError, smtplib.SMTPException) as error:
        raise SendingUncertain(type(error).__name__) from None
    if answer[0] != ACCEPTED:
        _agreed(answer, "content")


def _agreed(answer: tuple[int, bytes], about: str) -> None:
    """Raises for any answer that is not a yes; the server's own words stay out: they name people."""
    code, words = answer
    if code in {250, 251, 252}:
        return
    # The enhanced code (RFC 3463), if there is one, says more than the plain one.
    first = words.split(b" ", 1)[0]
    detail = f"{about}: {code} {first.decode()}" if first.replace(b".", b"").isdigit() else f"{about}: {code}"
    raise (SendingRefused if code >= LASTING else SendingPostponed)(detail)


@contextmanager
def _signed_in(server: Server) -> Iterator[smtplib.SMTP]:
    password = server.password()
    context = context_for(server)
    with _nothing_left():
        smtp = _connected(server, context)
    try:
        with _nothing_left():
            if server.security is Security.STARTTLS:
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, password)
            else:
                smtp.ehlo_or_helo_if_needed()
        yield smtp
    finally:
        _part(smtp)


def _part(smtp: smtplib.SMTP) -> None:
    """Say good-bye (RFC 5321, § 4.1.1.10), and go without the answer of a server that takes its time."""
    with suppress(OSError, smtplib.SMTPException):
        if smtp.sock:
            smtp.sock.settimeout(PARTING)
        smtp.quit()
    smtp.close()


def _connected(server: Server, context: ssl.SSLContext | None) -> smtplib.SMTP:
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


@contextmanager
def _nothing_left() -> Iterator[None]:
    """Before the content: whatever goes wrong, nothing has left and trying again is safe."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise SendingPostponed(f"user or password refused: {error.smtp_code}") from None
    except smtplib.SMTPResponseException as error:
        raise SendingPostponed(f"{type(error).__name__}: {error.smtp_code}") from None
    except ssl.SSLError as error:
        raise SendingPostponed(error.reason or type(error).__name__) from None
    except (OSError, smtplib.SMTPException) as error:
        raise SendingPostponed(getattr(error, "strerror", None) or type(error).__name__) from None
