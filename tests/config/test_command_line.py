"""The command line: what it lists, what it refuses, what it leaves unstarted."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from tragitto.cli.commands import COMMANDS, GROUPS, Needs, root
from tragitto.config import embedded


class Untouched:
    """A house that must not be loaded or opened."""

    def __getattr__(self, name: str):
        raise AssertionError(f"{name} was called")


def call(*arguments: str):
    return CliRunner().invoke(root, list(arguments), obj=Untouched())


def test_help_lists_every_word_and_starts_nothing():
    told = call("--help")

    assert told.exit_code == 0
    assert all(name.split()[0] in told.output for name in COMMANDS)


def test_a_slip_of_the_pen_is_met_with_the_nearest_word():
    told = call("ledgr", "verify")

    assert told.exit_code == 2
    assert "ledger" in told.output


def test_every_group_says_what_it_is_for():
    assert {name.split()[0] for name in COMMANDS if " " in name} <= set(GROUPS)


@pytest.mark.parametrize("name", [name for name, listed in COMMANDS.items() if listed.needs is Needs.NOTHING])
def test_commands_that_need_nothing_explain_themselves_without_a_house(name):
    told = call(*name.split(), "--help")

    assert told.exit_code == 0
    assert "Usage:" in told.output


def test_a_port_in_use_is_said_in_one_line(tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = f"from tragitto.config.launcher import _claim; _claim('127.0.0.1', {port})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert f"Port {port} is taken" in done.stderr


def test_a_long_folder_gets_a_socket_with_a_short_path(tmp_path):
    long = tmp_path / ("x" * 90) / "postgres"

    assert len(str(embedded._socket_folder(long))) <= embedded.LONGEST_SOCKET_FOLDER
