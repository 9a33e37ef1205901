"""The embedded server: starts, joins, stops, survives being killed."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from tragitto.config import embedded


@pytest.fixture(scope="module")
def server():
    # Not pytest's own folder: as root the server runs as nobody, who may not enter it.
    folder = Path(tempfile.mkdtemp(prefix="tragitto-embedded-"))
    yield embedded.start(folder / "postgres")
    embedded.stop(folder / "postgres")
    shutil.rmtree(folder)


def ask(server, question: str, user: str = embedded.RUNNER):
    with psycopg.connect(server.url(user), autocommit=True) as connection:
        return connection.execute(question).fetchone()


def test_the_ordinary_role_owns_nothing_and_creates_nothing(server):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "CREATE TABLE mine (id int)")


def test_a_second_start_joins_the_running_server(server):
    pid = (server.data / "postmaster.pid").read_text().splitlines()[0]

    assert embedded.start(server.data) == server
    assert (server.data / "postmaster.pid").read_text().splitlines()[0] == pid


def test_upper_and_lower_follow_unicode(server):
    assert ask(server, "SELECT upper('città straße')") == ("CITTÀ STRASSE",)


def test_nobody_else_may_enter_the_socket_folder(server):
    assert server.socket.stat().st_mode & 0o077 == 0


def test_what_was_committed_outlives_a_power_cut(server):
    with psycopg.connect(server.url(embedded.OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (7)")

    embedded.kill(server.data)
    while embedded.is_running(server.data):
        pass
    embedded.start(server.data)

    assert ask(server, "SELECT id FROM kept", embedded.OWNER) == (7,)


def test_a_number_reused_by_another_process_is_not_the_server(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")

    assert not embedded.is_running(tmp_path)


def test_half_made_data_are_made_again():
    folder = Path(tempfile.mkdtemp(prefix="tragitto-embedded-"))
    (folder / "postgres.making").mkdir()
    (folder / "postgres.making" / "rest").write_text("of a killed start")

    try:
        assert ask(embedded.start(folder / "postgres"), "SELECT 1") == (1,)
    finally:
        embedded.stop(folder / "postgres")
        shutil.rmtree(folder)


def test_only_search_is_opened_on_the_folders_above(tmp_path):
    closed = tmp_path / "closed"
    (closed / "data").mkdir(parents=True)
    closed.chmod(0o700)

    embedded.open_the_way(closed / "data")

    assert closed.stat().st_mode & 0o777 == 0o701
