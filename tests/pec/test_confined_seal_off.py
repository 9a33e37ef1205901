"""What the limited process gave up, tried from the inside: each step alone, then all together."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.pec.stage import ANCHORS, ENVELOPE, LETTER, NOON, letter, reading
from tragitto_pec import Verdict
from tragitto_pec.confined import Confined
from tragitto_pec.confined_filter import program
from tragitto_pec.seal_off import STEPS

SOURCE = Path(__file__).resolve().parents[2] / "src"
IS_ROOT = os.geteuid() == 0

#: What each Linux can do: there, missing protection is a fault of ours.
EXPECTED = {
    *("closed-descriptors", "empty-environment", "no-new-privileges", "not-dumpable"),
    *("no-core", "no-writing", "no-processes", "no-new-descriptors"),
    *(["own-user"] if IS_ROOT else []),
}

#: A program that tries what a hostile message would, after the steps it is given.
TRIES = """
import json, os, signal, socket, sys
from tragitto_pec.seal_off import STEPS, seal_off, stands

names, secret, target = sys.argv[1].split(","), sys.argv[2], sys.argv[3]
DONE = "print('{\\"standing\\": [], \\"execute\\": \\"done\\"}')"
opened = os.open(target, os.O_WRONLY)
os.dup2(opened, 3)

def fork():
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)

tries = {
    "read": lambda: os.close(os.open(secret, os.O_RDONLY)),
    "write": lambda: os.write(3, b"x"),
    "create": lambda: os.close(os.open(target + ".new", os.O_CREAT | os.O_WRONLY)),
    "remove": lambda: os.unlink(target),
    "list": lambda: os.listdir(os.path.dirname(target)),
    "fork": fork,
    "execute": lambda: os.execv(sys.executable, [sys.executable, "-c", DONE]),
    "socket": lambda: socket.socket().close(),
    "connect": lambda: socket.socket().connect((b"127.0.0.1", int(sys.argv[4]))),
    "signal": lambda: os.kill(os.getppid(), 0),
}

def outcome(attempt):
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "done"

standing = list(seal_off(3)) if names == ["all"] else [name for name in names if stands(STEPS[name], 3)]
wanted = sys.argv[5].split(",") if sys.argv[5] else list(tries)
print(json.dumps({"standing": standing, **{name: outcome(tries[name]) for name in wanted}}))
"""


@pytest.fixture
def folder():
    """A folder everybody may enter, so that the rights of the file itself count."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def attempts(folder, listener):
    """A function: after these steps, how the tries went, and which of the steps stand."""
    secret, target = folder / "secret-key", folder / "message"
    secret.write_text("planted")
    secret.chmod(0o600)

    def run(steps: str, tries: str = "") -> dict[str, str]:
        target.write_text("")
        arguments = [steps, str(secret), str(target), str(listener), tries]
        done = subprocess.run(
            [sys.executable, "-c", TRIES, *arguments],
            env={"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@pytest.fixture
def listener():
    """The port of somebody who listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def needs(step: str, standing: object) -> None:
    """Skip where the system refuses the step, and fail in the suite's own runs where it must not."""
    if step in standing:
        return
    if sys.platform.startswith("linux") and os.environ.get("CI") == "true" and step in EXPECTED:
        pytest.fail(f"{step} does not stand")
    pytest.skip(f"the protection {step} cannot be had here")


@pytest.mark.parametrize(
    ("step", "attempt"),
    [
        ("own-user", "read"),
        ("own-user", "create"),
        ("own-user", "remove"),
        ("own-user", "signal"),
        ("no-writing", "write"),
        ("no-new-descriptors", "read"),
        ("no-new-descriptors", "list"),
        ("no-new-descriptors", "socket"),
        ("own-network", "connect"),
        ("own-network,empty-root", "read"),
        ("own-network,empty-root", "remove"),
        ("own-network,empty-root", "execute"),
    ],
)
def test_each_step_stops_by_itself(attempts, step, attempt):
    """An empty root is for those who may ``chroot``, which others than root may in a space of their own."""
    assert attempts("closed-descriptors", attempt)[attempt] == "done"

    found = attempts(step, attempt)

    needs(step.split(",")[-1], found["standing"])
    assert found[attempt] != "done"


@pytest.mark.parametrize(
    "attempt", ["read", "create", "remove", "list", "fork", "execute", "socket", "signal"]
)
def test_the_filter_alone_stops_every_other_call(attempts, attempt):
    found = attempts("no-new-privileges,few-calls", attempt)

    needs("few-calls", found["standing"])
    assert found[attempt] == "PermissionError"


def test_no_process_can_be_started(attempts):
    found = attempts("own-user,no-processes", "fork")

    needs("no-processes", found["standing"])
    assert found["fork"] == "BlockingIOError"


def test_all_steps_together_leave_nothing(attempts):
    found = attempts("all")

    standing = found.pop("standing")
    assert "done" not in found.values()
    for step in sorted(EXPECTED):
        needs(step, standing)


def test_the_process_tells_which_protections_stand():
    with Confined() as confined:
        standing = confined.protections()

        assert confined.read(ENVELOPE, anchors=ANCHORS).verdict is Verdict.VALID
        assert confined.protections() == standing
    assert list(standing) == [name for name in STEPS if name in standing]
    for step in sorted(EXPECTED):
        needs(step, standing)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process is stands in /proc on Linux")
def test_the_kernel_agrees():
    with Confined() as confined:
        standing = confined.protections()
        status = _status(confined._process.pid)

    assert status["NoNewPrivs"] == "1"
    assert status["CapEff"].strip("0") == status["CapPrm"].strip("0") == ""
    assert (status["Seccomp"] == "2") == ("few-calls" in standing)
    if "own-user" in standing:
        assert len(set(status["Uid"].split() + status["Gid"].split())) == 1
        assert int(status["Uid"].split()[0]) > 60_000
        assert status["Groups"].split() == []


@pytest.mark.skipif(not IS_ROOT, reason="only root can give each process a user")
def test_two_processes_are_two_users():
    with Confined() as one, Confined() as another:
        needs("own-user", one.protections())
        needs("own-user", another.protections())

        assert _status(one._process.pid)["Uid"] != _status(another._process.pid)["Uid"]


@pytest.mark.parametrize(
    "charset", ["gbk", "utf-7", "iso-2022-jp", "cp1252", "hz", "klingon", "mbcs", "zlib"]
)
def test_every_character_set_is_at_hand_without_a_file(charset):
    raw = LETTER.as_message(NOON).replace(b"Subject: ", f"Subject: =?{charset}?q?a=41?= ".encode(), 1)

    with Confined() as confined:
        assert confined.read(raw, anchors=ANCHORS) == reading(raw)


def test_a_letter_in_another_script_is_read_alike():
    raw = letter(subject="طلب شهادة عدم الممانعة").as_message(NOON)

    with Confined() as confined:
        assert confined.read(raw, anchors=ANCHORS) == reading(raw)


def test_a_process_that_says_nothing_protects_nothing(monkeypatch):
    monkeypatch.setattr("sys.executable", shutil.which("false"))

    with Confined() as confined:
        assert confined.protections() == ()
        assert confined.read(ENVELOPE, anchors=ANCHORS).verdict is Verdict.UNREADABLE


def test_every_call_of_the_filter_jumps_to_the_end():
    """Each allowed call leads to the last instruction, which allows; all before it refuses."""
    filter_bytes = program(1, (7, 8, 9), 10)
    instructions = [filter_bytes[at : at + 8] for at in range(0, len(filter_bytes), 8)]

    assert [4 + place + 1 + instructions[4 + place][2] for place in range(3)] == [len(instructions) - 1] * 3


def _status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
