"""Which database this run uses: the one of DATABASE_URL, or the embedded one; found before settings load."""

import fcntl
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict

from tragitto.config import embedded, variables


@dataclass
class Running:
    """The database of this run: what to stop at the end, if it is ours.

    `joined` is the embedded server that was found running: of another start, or left by a killed one.
    """

    data: Path | None = None
    joined: Path | None = None

    def adopt(self) -> None:
        """Stop at the end what was joined, too: for the one launcher of these data."""
        self.data = self.data or self.joined

    def stop(self) -> None:
        """Stop the embedded server, if this run started it."""
        if self.data:
            embedded.stop(self.data)
            self.data = None


def find() -> Running:
    """Make the database known to the settings, starting the embedded server when none is named."""
    if variables.read("DATABASE_URL"):
        return Running()
    data = variables.var_folder() / "postgres"
    already = embedded.is_running(data)
    server = embedded.start(data)
    os.environ["DATABASE_URL"] = server.url(embedded.RUNNER)
    os.environ["DATABASE_OWNER_URL"] = server.url(embedded.OWNER)
    return Running(None, data) if already else Running(data)


def be_the_only_launcher(var: Path) -> IO[str] | None:
    """A lock that lives as long as this process, or None when another launcher holds it."""
    handle = (var / "launcher.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def describe(url: str, *, lasting: bool = True) -> dict[str, Any]:
    """Django's description of the database at a libpq address; `lasting` connections serve many requests."""
    parts = dict(conninfo_to_dict(url)) if url else {}
    named = {"user", "password", "host", "port", "dbname"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "tragitto"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60 if lasting else 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in parts.items() if key not in named},
    }


def set_demonstration_day(var: Path, day: datetime) -> None:
    """Let the demonstration of `var` begin at `day`; from its second start on, its time simply goes on."""
    kept = var / "demonstration-clock"
    if not kept.exists():
        kept.write_text(f"{round((day - datetime.now(UTC)).total_seconds())}\n")


def holds_demonstration(var: Path) -> bool:
    """Whether the data of `var` are made up."""
    return (var / "demonstration-clock").exists()


def clock_shift(var: Path) -> timedelta:
    """How far the clock of the demonstration of `var` stands from ours."""
    kept = var / "demonstration-clock"
    return timedelta(seconds=int(kept.read_text())) if kept.exists() else timedelta()


def mailer(address: str) -> dict[str, Any]:
    """Django's description of the mail server at `smtp://user:password@host:port` or `smtps://…`.

    `smtp` begins in clear and turns to TLS (STARTTLS), which the server must offer; `smtps` is TLS from the
    start. Without an address no mail is made at all. Raises `WrongSetting`.
    """
    if not address:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise variables.WrongSetting("TRAGITTO_SMTP must be smtp://user:password@host:port or smtps://…")
    wraps = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if wraps else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": wraps,
            "use_tls": not wraps,
            "timeout": 20,
        },
    }
