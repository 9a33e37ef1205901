"""A real Dovecot for the tests: in a folder of its own, as whoever runs the suite, on a free port."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path

import pytest

from tests.gateways.certificates import Certificates

PASSWORD = "segreta"
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/base
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mail/%u
mail_uid = {owner}
mail_gid = {owner_group}
first_valid_uid = 0
first_valid_gid = 0
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    special_use = \\Drafts
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def required() -> None:
    """Skip, or fail where everything must be there, when this machine has no Dovecot of the version meant."""
    problem = ""
    if not PROGRAM:
        problem = "Dovecot is not installed (Debian: dovecot-imapd)"
    elif not _version().startswith("2.3."):
        problem = f"Dovecot {_version()} is configured otherwise than 2.3, for which these tests are written"
    if problem and os.environ.get("CI") == "true":
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)


def _version() -> str:
    answer = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.split()[0]


@dataclass
class Dovecot:
    """A running server: any user name with `PASSWORD` has an empty INBOX."""

    folder: Path
    port: int
    tls_port: int
    certificates: Certificates

    @contextmanager
    def hand(self, user: str) -> Iterator[IMAP4]:
        """The hand of the office's staff in a mailbox: a client that may change everything."""
        client = IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, user: str, *messages: bytes, folder: str = "INBOX") -> None:
        """Let messages arrive in a folder, which is made if need be."""
        with self.hand(user) as client:
            if folder != "INBOX":
                client.create(folder)
            for raw in messages:
                answer = client.append(folder, None, None, raw)
                assert answer[0] == "OK", answer

    def move(self, user: str, uid: int, *, to: str) -> None:
        """Let somebody move a message out of INBOX."""
        with self.hand(user) as client:
            client.create(to)
            client.select("INBOX")
            assert client.uid("COPY", str(uid), to)[0] == "OK"
            client.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
            client.expunge()

    def renumber(self, user: str) -> None:
        """Let the server number a mailbox anew, as after a restore."""
        for file in (self.folder / "mail" / user).rglob("dovecot*"):
            if file.is_file():
                file.unlink()

    def flags(self, user: str) -> list[bytes]:
        """The flags of all messages of INBOX, as the server tells them."""
        with self.hand(user) as client:
            client.select("INBOX", readonly=True)
            answer = client.uid("FETCH", "1:*", "(FLAGS)")[1]
            return [line for line in answer if line]


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server from its start to its end. Its folder is short: addresses of sockets may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    folder.chmod(0o755)
    server = Dovecot(folder, _free_port(), _free_port(), Certificates.make(folder))
    users = _users()
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder / "mail", users["owner"], users["owner_group"])
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            certificates=server.certificates,
            port=server.port,
            tls_port=server.tls_port,
            password=PASSWORD,
            **users,
        )
    )
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(server.port, folder / "log")
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _users() -> dict[str, str]:
    """Root gives up its rights; anybody else is everything at once."""
    if os.geteuid() == 0:
        owner_group = grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_name
        return {
            "internal": "dovecot",
            "group": "dovecot",
            "login": "dovenull",
            "owner": "nobody",
            "owner_group": owner_group,
        }
    me, mine = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    return {"internal": me, "group": mine, "login": me, "owner": me, "owner_group": mine}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int, log: Path) -> None:
    for _try in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")
