"""What the stories of files need: a virus scanner, Bruno's signature, a message with these files."""

import io
import os
import shutil
import socket as sockets
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.records.conftest import letter
from tragitto.gateways.clamd import scanner_at
from tragitto.records import scanner
from tragitto.records.models import Attachment
from tragitto_pec.rehearsal import Enclosure
from tragitto_pec.rehearsal.signing import Signatory

#: The harmless file every scanner takes for a virus (EICAR); in two pieces, lest one takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
THREAT = "Tragitto.Test.EICAR.UNOFFICIAL"
MOST_MIB = 8
CODICE_FISCALE = "RSSBRN80A01H501U"


@pytest.fixture(scope="session")
def bruno(authority) -> Signatory:
    """Bruno with a signature that the authority of the demonstration certifies."""
    return Signatory("Bruno Rossi", CODICE_FISCALE, authority)


@pytest.fixture
def send(take, provider):
    """Take in a message with these files, by their names."""

    def sent(enclosed: dict[str, bytes], subject: str = "Manifestazione") -> list[Attachment]:
        enclosures = [Enclosure(name, content) for name, content in enclosed.items()]
        message = take(provider.envelope(letter(subject, *enclosures), at=NOON))
        return list(message.attachments.order_by("position"))

    return sent


@contextmanager
def running_clamd(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """A clamd of its own that knows one signature: its socket, and its host and port."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no clamd on a machine that must have one: apt-get install clamav-daemon")
        pytest.skip("no clamd here: apt-get install clamav-daemon")
    database = folder / "database"
    database.mkdir()
    (database / "test.ndb").write_text(f"Tragitto.Test.EICAR:0:*:{EICAR.hex()}\n")
    # A socket's path is short by its nature; that of a test's folder may not be.
    socket = Path(tempfile.mkdtemp(prefix="clamd-")) / "socket"
    port = free_port()
    lines = [f"DatabaseDirectory {database}", f"LocalSocket {socket}", "TCPAddr 127.0.0.1"]
    lines += [f"TCPSocket {port}", "Foreground yes", f"StreamMaxLength {MOST_MIB}M", *options, ""]
    (folder / "clamd.conf").write_text("\n".join(lines))
    command = [program, "-c", str(folder / "clamd.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(socket.exists)
            yield str(socket), f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(socket.parent)


@pytest.fixture(scope="session")
def daemon(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """A clamd with its usual limits."""
    with running_clamd(tmp_path_factory.mktemp("clamd")) as addresses:
        yield addresses


@pytest.fixture
def clamd(daemon) -> str:
    """Its socket."""
    return daemon[0]


def free_port() -> int:
    with closing(sockets.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so, *, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


@pytest.fixture
def scanned(clamd) -> Iterator[None]:
    """The house asks that clamd."""
    scanner.use(scanner_at(clamd))
    yield
    scanner.use(None)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
