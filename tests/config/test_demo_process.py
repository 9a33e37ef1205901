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
    embedded.stop(made / "demo" / "postgres")
    embedded.stop(made / "postgres")
    shutil.rmtree(made)


def port_nobody_uses() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path, *words: str, **more: str) -> subprocess.Popen:
    environment = {key: value for key, value in os.environ.items() if "DATABASE" not in key}
    environment |= {"TRAGITTO_VAR": str(folder), "PYTHONUNBUFFERED": "1", **more}
    command = [sys.executable, "-m", "tragitto.config.entry", *words]
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
    first = start(folder, "demo", "--no-browser", "--port", str(port))
    assert wait_for(f"http://127.0.0.1:{port}/status", first) == 200, (folder / "demo.log").read_text()

    first.send_signal(signal.SIGKILL)
    first.wait()
    deadline = time.monotonic() + 10
    while children_of(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert children_of(port) == []

    second = start(folder, "demo", "--no-browser", "--port", str(port))
    assert wait_for(f"http://127.0.0.1:{port}/", second) == 200, (folder / "demo.log").read_text()
    second.send_signal(signal.SIGINT)

    assert second.wait(timeout=20) == 0
    assert children_of(port) == []
    # The server that the killed start left behind is stopped as well.
    assert not embedded.is_running(folder / "demo" / "postgres")


def test_real_use_starts_behind_a_proxy_with_tls(folder):
    # On every address of the machine, under a public name: neither may keep the start from being seen.
    host, port = "0.0.0.0", port_nobody_uses()
    process = start(
        folder, "serve", TRAGITTO_ADDRESS="https://tragitto.example", TRAGITTO_LISTEN=f"{host}:{port}"
    )
    deadline = time.monotonic() + 60
    while "Tragitto answers at" not in (folder / "demo.log").read_text() and time.monotonic() < deadline:
        assert process.poll() is None, (folder / "demo.log").read_text()
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 0
    assert "Tragitto answers at https://tragitto.example" in (folder / "demo.log").read_text()


def test_a_demonstration_never_touches_the_database_of_real_use(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        real = {"DATABASE_URL": "postgresql://nobody@nowhere.example/real"}
        process = start(folder, "demo", "--port", port, **real)
        process.wait(timeout=60)

    told = (folder / "demo.log").read_text()
    assert "DATABASE_URL is left aside" in told
    assert f"Port {port} is taken" in told
    assert not (folder / "postgres").exists()


def test_real_use_never_serves_what_is_made_up(folder):
    (folder / "demonstration-clock").write_text("0")
    process = start(folder, "serve")

    assert process.wait(timeout=60) == 1
    assert "TRAGITTO_VAR holds a demonstration" in (folder / "demo.log").read_text()
