"""Measures how long a certified message takes to read, against the openssl command in the same run.

    python benchmarks/pec_reading.py [--rounds 100] [--large-mib 30]

Needs nothing but the package; the openssl lines are left out where there is no such command. Every
message is made up here, so the figures say nothing about anybody's mail.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tragitto_pec import read
from tragitto_pec.confined import Confined
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider

NOON = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
OPENING, CLOSING = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def message(provider: Provider, size: int, number: int = 0) -> bytes:
    """A message with one attachment of this many bytes."""
    enclosure = Enclosure("Modulo A.pdf", b"%PDF-1.7\n" + os.urandom(size))
    sender = f"bruno{number}@pec.impresa.example"
    return provider.envelope(
        Letter(sender, ("avviso@pec.regione.example",), "Manifestazione", "testo", (enclosure,)), at=NOON
    )


def milliseconds(action: Callable[[bytes], object], messages: list[bytes]) -> float:
    """The median time of one message."""
    times = []
    for raw in messages:
        start = time.perf_counter()
        action(raw)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def with_openssl(raw: bytes) -> None:
    """The same question to the openssl command: a process for each message, from a file as a user would."""
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(raw)
        file.flush()
        command = ["openssl", "cms", "-verify", "-noverify", "-in", file.name, "-out", os.devnull]
        subprocess.run(command, check=True, capture_output=True)


def one_apart(raw: bytes, authority: Authority) -> tuple[float, float]:
    """Seconds of reading and growth of peak memory in MiB, in a fresh process that reads one message."""
    with tempfile.TemporaryDirectory() as folder:
        file, pem = Path(folder) / "message.eml", Path(folder) / "authority.pem"
        file.write_bytes(raw)
        authority.save(pem)
        command = [sys.executable, __file__, "--one", str(file), "--authority", str(pem)]
        seconds, grown = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return seconds, grown


def peak_memory() -> float:
    """The most memory this process has held, in MiB; ``getrusage`` would count its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def measure_one(file: Path, pem: Path) -> None:
    """What the fresh process does: read the file's message, print seconds and growth."""
    anchors = Authority.load(pem).anchors()
    before = peak_memory()
    raw = file.read_bytes()
    start = time.perf_counter()
    assert read(raw, anchors=anchors).is_valid
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, peak_memory() - before]))


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--large-mib", type=int, default=30)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--authority", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure_one(options.one, options.authority)
        return
    authority = Authority.create(valid_from=OPENING, valid_until=CLOSING)
    provider, anchors = Provider.create(authority), authority.anchors()
    messages = [message(provider, 60_000, number) for number in range(options.rounds)]
    assert all(read(raw, anchors=anchors).is_valid for raw in messages)

    ours = milliseconds(lambda raw: read(raw, anchors=anchors), messages)
    print(f"read, {len(messages[0]) // 1024} KiB messages:      {ours:8.2f} ms a message")
    with Confined() as confined:
        assert confined.read(messages[0], anchors=anchors).is_valid
        apart = milliseconds(lambda raw: confined.read(raw, anchors=anchors), messages)
    print(f"read in the limited process:     {apart:8.2f} ms a message")
    if shutil.which("openssl"):
        theirs = milliseconds(with_openssl, messages)
        print(f"openssl cms -verify -noverify:   {theirs:8.2f} ms a message")
        print(f"ratio ours / openssl:            {ours / theirs:8.2f} (limited process {apart / theirs:.2f})")
    large = message(provider, options.large_mib * 1024 * 1024 * 3 // 4)
    seconds, grown = one_apart(large, authority)
    print(f"one message of {len(large) / 1024**2:.0f} MiB:           {seconds:8.2f} s, +{grown:.0f} MiB")


if __name__ == "__main__":
    main()
