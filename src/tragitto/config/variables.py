"""Every deployment variable, once: name, type, default and meaning. `docs/settings.md` is made from it.

Whatever a programme officer might want to change is data of a scheme or a call, and not here.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]


class WrongSetting(ValueError):
    """A variable has a value that cannot be used; the message says which and how to mend it."""


@dataclass(frozen=True)
class Variable:
    """One environment variable."""

    name: str
    kind: str
    default: str
    meaning: str


VARIABLES = (
    Variable("DATABASE_URL", "address", "(the embedded server)", "The PostgreSQL (17 or newer) that the "
             "program runs on, as an ordinary role that owns nothing: `postgresql://user:password@host/name`."),
    Variable("DATABASE_OWNER_URL", "address", "(the embedded server's owner)", "The same database as the "
             "role that owns it; used by `tragitto migrate` alone. Needed whenever DATABASE_URL is set."),
    Variable("TRAGITTO_VAR", "folder", "var", "Where data live: the embedded server, documents, the secret "
             "key. Back it up."),
    Variable("TRAGITTO_SECRET_KEY", "text", "(made once, kept in TRAGITTO_VAR)", "Signs sessions and links. "
             "Set it when several hosts share one database."),
    Variable("TRAGITTO_ADDRESS", "address", "http://127.0.0.1:8000", "The public address, scheme included. "
             "With https, cookies travel by https alone and browsers are told to keep to it."),
    Variable("TRAGITTO_LISTEN", "host:port", "127.0.0.1:8000", "Where `serve` listens."),
    Variable("TRAGITTO_WEB_PROCESSES", "number", "1", "Web processes started by `serve`."),
    Variable("TRAGITTO_WORKERS", "number", "1", "Background workers started by `serve`."),
    Variable("TRAGITTO_INBOX", "folder", "(none)", "A watched folder: every `.eml` file put there is taken "
             "in as a message received, then moved to its subfolder `taken`."),
    Variable("TRAGITTO_MAILBOXES", "file", "(none)", "The file that says how each certified mailbox is read "
             "(IMAP) and how its mail leaves (SMTP); see [operations](operations.md)."),
    Variable("TRAGITTO_RECEIPT_HOURS", "number", "24", "After how many hours a missing receipt of a message "
             "sent is shown to a person. Providers tell of a delivery that failed within a day."),
    Variable("TRAGITTO_CLAMD", "socket or host:port", "(none)", "The virus scanner: the socket of a running "
             "`clamd`, or its host:port. Without it files are shown as never checked."),
    Variable("TRAGITTO_REVOCATION", "yes or no", "no", "Whether the house asks the issuer of a signature's "
             "certificate if it has been revoked. Only issuers of the trusted list are asked."),
    Variable("TRAGITTO_DOCUMENTS", "folder or s3://bucket", "(TRAGITTO_VAR/documents)", "Where documents are "
             "kept, each under the hash of its content."),
    Variable("TRAGITTO_SMTP", "address", "(none)", "The server for ordinary mail such as new passwords: "
             "`smtp://user:password@host:587` (STARTTLS) or `smtps://…`. Without it no mail leaves."),
    Variable("TRAGITTO_SMS", "address", "(none)", "The https address that sends text messages, such as codes "
             "to sign in with: a gateway that you put before your provider; see [accounts](accounts.md). "
             "Without it no text message leaves, and mobile numbers cannot be used."),
    Variable("TRAGITTO_SMS_TOKEN", "text", "(none)", "The bearer token that the gateway asks for."),
    Variable("TRAGITTO_SMS_SENDER", "text", "(none)", "From whom text messages say that they come; given to "
             "the gateway."),
    Variable("TRAGITTO_OIDC_ISSUER", "address", "(none)", "The OpenID Connect provider (a SPID/CIE gateway) "
             "that people may sign in with; its `/.well-known/openid-configuration` is read."),
    Variable("TRAGITTO_OIDC_CLIENT", "text", "(none)", "The client identifier given by that provider."),
    Variable("TRAGITTO_OIDC_SECRET", "text", "(none)", "The client secret given by that provider."),
    Variable("TRAGITTO_OIDC_NAME", "text", "SPID / CIE", "What the sign-in button says."),
    Variable("TRAGITTO_OIDC_MATCH", "fiscal_number or email", "fiscal_number", "By what people are "
             "recognised: their codice fiscale, or an address that the provider says it has verified."),
    Variable("TRAGITTO_OIDC_SECOND_FACTOR", "words", "(none)", "The `acr` values, separated by spaces, that "
             "count as a second factor and prove who sends a filing; without them the local factor is still "
             "asked for, and only signatures prove who files."),
    Variable("TRAGITTO_PROXIES", "number", "0", "How many reverse proxies of yours stand before the web "
             "server: without it, limits on sign-in count the proxy instead of the visitor."),
    Variable("TRAGITTO_OFFICE_ORGANISATION", "text", "(none)", "The body that runs this house; "
             "named in the foot of every page."),
    Variable("TRAGITTO_OFFICE_ORGANISATION_URL", "address", "(none)", "Its own site."),
    Variable("TRAGITTO_OFFICE_EMAIL", "e-mail", "(none)", "Where people may write."),
    Variable("TRAGITTO_OFFICE_PEC", "e-mail", "(none)", "Its certified mailbox."),
    Variable("TRAGITTO_OFFICE_TELEPHONE", "number", "(none)", "Where people may call."),
    Variable("TRAGITTO_OFFICE_DPO", "e-mail", "(none)", "How to reach its data-protection officer."),
    Variable("TRAGITTO_OFFICE_ACCESSIBILITY_URL", "address", "(none)", "Its accessibility declaration, "
             "filled in on the form of AgID."),
    Variable("TRAGITTO_DEMONSTRATION", "yes or no", "no", "Set by `demo`: made-up data, a made-up authority "
             "of certified mail, a banner on every page, and no message ever leaves."),
)  # fmt: skip
_KNOWN = {variable.name: variable for variable in VARIABLES}


def read(name: str, environment: Mapping[str, str] | None = None) -> str:
    """The variable's value as given, or "" when it is not set. Raises `KeyError` for one not in the table."""
    return (os.environ if environment is None else environment).get(_KNOWN[name].name, "").strip()


def number(name: str, *, least: int = 1) -> int:
    """The variable as a whole number, not smaller than `least`."""
    given = read(name) or _KNOWN[name].default
    if not given.isdigit() or int(given) < least:
        raise WrongSetting(f"{name} must be a whole number from {least}, not {given!r}.")
    return int(given)


def yes(name: str) -> bool:
    """The variable as yes or no."""
    given = (read(name) or _KNOWN[name].default).lower()
    if given not in {"yes", "no", "1", "0", "true", "false"}:
        raise WrongSetting(f"{name} must be yes or no, not {given!r}.")
    return given in {"yes", "1", "true"}


def var_folder() -> Path:
    """Where data live, made when missing."""
    given = read("TRAGITTO_VAR")
    folder = Path(given) if given else ROOT / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def public_address() -> str:
    """The address people use, without a final slash. Raises `WrongSetting` when it is none."""
    given = (read("TRAGITTO_ADDRESS") or _KNOWN["TRAGITTO_ADDRESS"].default).rstrip("/")
    if not given.startswith(("http://", "https://")):
        raise WrongSetting(f"TRAGITTO_ADDRESS must begin with https:// or http://, not {given!r}.")
    return given


def secure_address(name: str) -> str:
    """An https address, or one on this machine; "" when none is given. Raises `WrongSetting` for others."""
    parts = urlsplit(given := read(name))
    if given and parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise WrongSetting(f"{name} must begin with https://, not {given!r}.")
    return given


def secret_key() -> str:
    """The key given, or one made once and kept in the data folder, readable by its owner alone."""
    if given := read("TRAGITTO_SECRET_KEY"):
        return given
    kept = var_folder() / "secret-key"
    if not kept.exists():
        aside = kept.with_name(f"secret-key.{os.getpid()}")
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(48))
        try:
            os.link(aside, kept)  # the first of two starts wins
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return kept.read_text().strip()


def page() -> str:
    """The page `docs/settings.md`."""
    rows = [f"| `{v.name}` | {v.kind} | {v.default} | {v.meaning} |" for v in VARIABLES]
    return "\n".join(
        [
            "# Settings",
            "",
            "Environment variables of a deployment; all have a default. What a programme officer might",
            "change is data of a scheme or a call. Made by `./tragitto settings --markdown`.",
            "",
            "| Variable | Kind | Default | Meaning |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )
