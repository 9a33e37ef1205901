"""The file of mailbox connections (`TRAGITTO_MAILBOXES`): read strictly, secrets kept elsewhere."""

import ipaddress
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tragitto.gateways.tables import Lines, Table, WrongFile

#: The folder every mailbox has (RFC 9051, § 5.1).
INBOX = "INBOX"
#: In place of names: every folder in which received mail may lie.
ALL_FOLDERS = "*"


class Security(StrEnum):
    """How a connection is kept from others."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class Server:
    """Where and how to connect; the password lies in a file or an environment variable."""

    host: str
    port: int
    security: Security
    user: str
    password_file: str
    password_variable: str
    #: Certificates trusted beside the system's, for a server inside the house.
    ca_file: str
    file: Path
    line: int

    def password(self) -> str:
        """The secret, read anew each time so that it can be changed. Raises `WrongFile`."""
        if not self.user:
            return ""
        if self.password_variable:
            secret = os.environ.get(self.password_variable, "")
            where = f"the environment variable {self.password_variable}"
        else:
            secret, where = self._from_file(), self.password_file
        if not secret:
            raise WrongFile(self.file, self.line, f"{where} holds no password: write it there")
        return secret

    def _from_file(self) -> str:
        try:
            return Path(self.password_file).read_text().strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "not a text"
            remedy = "let the program read a file that holds the password alone"
            raise WrongFile(self.file, self.line, f"{self.password_file}: {why}: {remedy}") from None


@dataclass(frozen=True)
class Connection:
    """How one mailbox is read and how its mail leaves; either may be missing."""

    address: str
    folders: tuple[str, ...]
    since: date | None
    imap: Server | None
    smtp: Server | None


#: The usual ports (RFC 8314).
_PORTS = {
    ("imap", Security.TLS): 993,
    ("imap", Security.STARTTLS): 143,
    ("imap", Security.NONE): 143,
    ("smtp", Security.TLS): 465,
    ("smtp", Security.STARTTLS): 587,
    ("smtp", Security.NONE): 25,
}


def read(file: Path) -> dict[str, Connection]:
    """The connections of a file, by address; raises `WrongFile`, which names the line and the remedy."""
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except OSError as error:
        raise WrongFile(file, 0, f"{error.strerror}: make it, or take TRAGITTO_MAILBOXES out") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongFile(file, 0, f"{error}: write it as TOML (docs/operations.md)") from None
    return _connections(values, Lines(file, text))


def _connections(values: dict[str, Any], lines: Lines) -> dict[str, Connection]:
    for key in values:
        if key != "mailbox":
            raise lines.wrong((0, "", key), f"{key} is not known: begin each mailbox with [[mailbox]]")
    given = values.get("mailbox", [])
    if not isinstance(given, list):
        raise lines.wrong((0, "", "mailbox"), "write [[mailbox]] with two brackets: there may be several")
    found: dict[str, Connection] = {}
    for number, each in enumerate(given, start=1):
        connection = _connection(Table(each, lines, number))
        if connection.address in found:
            raise lines.wrong((number, "", "address"), f"{connection.address} stands here twice: keep one")
        found[connection.address] = connection
    return found


def _connection(table: Table) -> Connection:
    address = table.text("address").strip().lower()
    if not address.isascii() or address.count("@") != 1 or address.startswith("@") or address.endswith("@"):
        raise table.wrong("address", "write the mailbox's own address, such as ufficio@pec.example")
    folders = table.texts("folders", default=(INBOX,))
    if ALL_FOLDERS in folders and len(folders) > 1:
        raise table.wrong("folders", 'write ["*"] alone for all folders, or name each one')
    connection = Connection(
        address=address,
        folders=folders,
        since=table.day("since"),
        imap=_server(table.inner("imap"), "imap"),
        smtp=_server(table.inner("smtp"), "smtp"),
    )
    table.finish()
    if not connection.imap and not connection.smtp:
        raise table.wrong("", "add [mailbox.imap] to read it, [mailbox.smtp] to send from it, or both")
    return connection


def _server(table: Table | None, kind: str) -> Server | None:
    if table is None:
        return None
    host = table.text("host")
    security = Security(table.one_of("security", [word.value for word in Security], default="tls"))
    if security is Security.NONE and not _is_loopback(host):
        raise table.wrong("security", "none is for this machine alone: choose tls or starttls")
    server = Server(
        host=host,
        port=table.port("port", default=_PORTS[kind, security]),
        security=security,
        user=table.text("user", default=""),
        password_file=table.text("password_file", default=""),
        password_variable=table.text("password_variable", default=""),
        ca_file=table.text("ca_file", default=""),
        file=table.lines.file,
        line=table.line(""),
    )
    table.finish()
    _check_secret(server, table, kind)
    return server


def _check_secret(server: Server, table: Table, kind: str) -> None:
    places = [place for place in (server.password_file, server.password_variable) if place]
    if kind == "imap" and not server.user:
        raise table.wrong("", "user is missing: write the name that the provider gave")
    if server.user and len(places) != 1:
        raise table.wrong("user", "say where the password is: password_file or password_variable")
    if places and not server.user:
        raise table.wrong("", "there is a password but no user: write the user")
    if server.ca_file and not Path(server.ca_file).is_file():
        raise table.wrong("ca_file", f"{server.ca_file} is not there: name a file of certificates (PEM)")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
