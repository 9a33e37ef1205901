"""The demonstration as a person starts it: answers, stops on Ctrl-C, starts again after a kill."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from tragitto.config import embedded

pytestmark = pytest.mark.slow


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="tragitto-demo-"))
    made.chmod(0o755)
    yield made
    embedded.stop(made / "postgres")
    shutil.rmtree(made)


def port_nobody_uses() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path, port: int) -> subprocess.Popen:
    environment = {key: value for key, value in os.environ.items() if "DATABASE" not in key}
    environment |= {"TRAGITTO_VAR": str(folder), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tragitto.config.entry", "demo", "--no-browser", "--port", str(port)]
    with (folder / "demo.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def wait_for(url: str, process: subprocess.Popen, seconds: float = 120) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.status
        except OSError:
            time.sleep(0.1)
    return 0


def children_of(port: int) -> list[str]:
    found = subprocess.run(
        ["pgrep", "-fa", f"granian.*--port {port}"], capture_output=True, text=True, check=False
    )
    return found.stdout.splitlines()


def test_it_survives_a_kill_and_stops_cleanly(folder):
    port = port_nobody_uses()
    first = start(folder, port)
    assert wait_for(f"http://127.0.0.1:{port}/status", first) == 200, (folder / "demo.log").read_text()

    first.send_signal(signal.SIGKILL)
    first.wait()
    deadline = time.monotonic() + 10
    while children_of(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert children_of(port) == []

    second = start(folder, port)
    assert wait_for(f"http://127.0.0.1:{port}/", second) == 200, (folder / "demo.log").read_text()
    second.send_signal(signal.SIGINT)

    assert second.wait(timeout=20) == 0
    assert children_of(port) == []
