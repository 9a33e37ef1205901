"""Gives the suite its database, before any setting is read.

The suite runs on an embedded server of its own, or on the server of TRAGITTO_TEST_SERVER (the owner's
address, with a password). Each process of the suite works on a copy of a template that holds the
migrated tables; sessions take the ordinary role, so that its missing rights are missing in tests too.
"""

import fcntl
import gc
import os
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import IO, TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tragitto.config import embedded
from tragitto.config.setup import QUICK_TESTS

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

ROOT = Path(__file__).parents[1]
RUNNER = embedded.RUNNER
#: A power cut may cost a test its data: nobody minds, and the suite is faster.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")

#: Seconds; a test that takes longer is marked slow.
LONG = 2.0

#: Held, together with others, by every process of every suite that uses the server.
_IN_USE = ROOT / "var" / "tests" / "in-use.lock"


def _server() -> str:
    if given := os.environ.get("TRAGITTO_TEST_SERVER"):
        return given
    _IN_USE.parent.mkdir(parents=True, exist_ok=True)
    handle = _IN_USE.open("w")
    fcntl.flock(handle, fcntl.LOCK_SH)
    _held.append(handle)
    server = embedded.start(ROOT / "var" / "tests" / "postgres", options=FAST)
    return server.url(embedded.OWNER, "postgres")


def _name() -> str:
    return f"tests_{os.getpid()}"


_held: list[IO[str]] = []
SERVER = _server()
os.environ["TRAGITTO_VAR"] = tempfile.mkdtemp(prefix="tragitto-tests-")
os.environ["TRAGITTO_SECRET_KEY"] = "only-for-tests-" * 4
os.environ["TRAGITTO_SMTP"] = "smtp://mail.example"
os.environ["DATABASE_URL"] = make_conninfo(SERVER, dbname=_name(), options=f"-c role={RUNNER}")
os.environ["DATABASE_OWNER_URL"] = make_conninfo(SERVER, dbname=_name())


def _migrations_hash() -> str:
    house = ROOT / "src" / "tragitto"
    files = [ROOT / "requirements.lock", house / "config" / "grants.py", house / "kernel" / "permanence.py"]
    for pattern in ("**/migrations/*.py", "*/*/models*.py", "*/*/models/*.py"):
        files += sorted((ROOT / "src").glob(pattern))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def make_database() -> None:
    """Make this process's database from the template, which is made first when the tables have changed."""
    template = f"template_{_migrations_hash()}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4217)")
        _ensure_runner(connection)
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        if template not in names:
            _make_template(connection, template)
        _drop_leftovers(connection, names, template)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(_name()), sql.Identifier(template)
            )
        )


def _ensure_runner(connection: psycopg.Connection) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNNER]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(RUNNER)))


def _make_template(connection: psycopg.Connection, template: str) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from tragitto.config import grants

    aside = f"{template}_making"
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(aside)))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(aside)))
    ordinary = dict(settings.DATABASES["default"])
    database = connections["default"]
    database.settings_dict.update(NAME=aside, OPTIONS={})
    try:
        call_command("migrate", verbosity=0, interactive=False)
        grants.give(RUNNER)
    finally:
        database.close()
        database.settings_dict.update(NAME=ordinary["NAME"], OPTIONS=ordinary["OPTIONS"])
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(aside), sql.Identifier(template))
    )


def _drop_leftovers(connection: psycopg.Connection, names: set[str], template: str) -> None:
    """Databases of processes that are gone, and templates of tables that have changed."""
    for name in names:
        kind, _, rest = name.partition("_")
        gone = kind == "tests" and rest.isdigit() and not Path(f"/proc/{rest}").exists()
        if gone or (kind == "template" and rest.isalnum() and name != template and len(rest) == 16):
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def drop_database() -> None:
    """Drop this process's database."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name())))


@pytest.fixture(scope="session", name="django_db_setup")
def database_of_the_suite(django_db_blocker):
    """Replaces pytest-django's: the database comes from a template, and only the owner may empty tables."""
    from django.db import connections
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        make_database()
        TransactionTestCase._fixture_teardown = lambda _case: empty_database()  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        drop_database()


#: What a migration writes for Django itself: no test changes it, and writing it anew took a second each time.
_KEPT = {"django_content_type", "auth_permission"}


def empty_database() -> None:
    """Empty, as the owner, every table in which a test left rows."""
    from django.db import connections

    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            _empty_when_still(cursor, lambda: _empty(cursor))
        finally:
            cursor.execute(f"SET ROLE {RUNNER}")


def _empty(cursor: "CursorWrapper") -> None:
    from django.db import transaction

    tables = [table for table in _tables() if table not in _KEPT]
    ask = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
    cursor.execute(ask)
    full = [name for (name,) in cursor.fetchall()]
    cursor.execute("SELECT current_setting('is_superuser') = 'on'")
    (may_ignore_triggers,) = cursor.fetchone() or (False,)
    if not may_ignore_triggers:
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables))
    elif full:
        # Rows are deleted without asking foreign keys or the guards of what may never be deleted: TRUNCATE
        # makes new files for every table and index, and must name each table that points to another.
        deletes = "; ".join(f'DELETE FROM "{name}"' for name in full)
        with transaction.atomic():
            cursor.execute(f"SET LOCAL session_replication_role = replica; {deletes}")


@cache
def _tables() -> list[str]:
    from django.db import connections

    return connections["default"].introspection.django_table_names(only_existing=True, include_views=False)


def _empty_when_still(cursor: "CursorWrapper", empty: Callable[[], object], seconds: float = 30.0) -> None:
    """A page that the browser still loads when its test ends holds tables: emptying them would deadlock."""
    from django.db import OperationalError

    until = monotonic() + seconds
    while monotonic() < until:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        (working,) = cursor.fetchone() or (0,)
        if not working:
            try:
                empty()
            except OperationalError:  # one more request began between the question and the answer
                continue
            return
        sleep(0.05)
    empty()


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: the rubbish collector need not look through it."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was left out, and under CI what should be: wall clocks vary, so it is told and fails nothing."""
    if config.getoption("markexpr") == QUICK_TESTS:
        terminalreporter.write_line(
            "Left out: what takes more than two seconds and what drives a browser. "
            "`./tragitto test --all` runs everything, as CI does."
        )
    if os.environ.get("CI") != "true":
        return
    calls = [report for report in terminalreporter.stats.get("passed", []) if report.duration > LONG]
    for report in sorted(calls, key=lambda report: -report.duration):
        if not {"slow", "browser"} & set(report.keywords):
            terminalreporter.write_line(f"Not marked slow: {report.duration:.1f} s {report.nodeid}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """A process of the suite has done its work."""
    gc.unfreeze()
    leave()


def leave() -> None:
    """The last process to leave stops the server, unless it was given from outside."""
    if not _held:
        return
    with _held.pop() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another process of the suite, or another suite, still works
        embedded.stop(ROOT / "var" / "tests" / "postgres")
