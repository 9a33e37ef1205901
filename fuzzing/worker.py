"""Fuzzes one target in a process of its own; started by ``run``, and by hand to look at one finding."""

from __future__ import annotations

import argparse
import json
import logging
import random
import resource
import signal
import sys
import time
import warnings
from pathlib import Path

try:
    import atheris
except ImportError:  # Built for Linux alone; without it bytes are changed blindly.
    atheris = None

_MEMORY = 2 * 1024**3
_MOST_SECONDS = 10
_INSTRUMENTED = ["tragitto_pec"]
_WITH = {
    "signatures": ["asn1crypto", "pyhanko", "pyhanko_certvalidator"],
    "pdf": ["pypdf", "pyhanko"],
    "mail": ["email", "zipfile", "html"],
}


def main() -> None:
    """Fuzz the named target for some seconds, from the corpus and the seeds on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--group", default="mail")
    parser.add_argument("--blind", action="store_true")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    (_blindly if asked.blind or atheris is None else _guided)(asked)


def _guided(asked: argparse.Namespace) -> None:
    """By coverage; never returns."""
    with atheris.instrument_imports(
        include=[*_INSTRUMENTED, *_WITH[asked.group]], exclude=["tragitto_pec.rehearsal"]
    ):
        from fuzzing.targets import TARGETS
    from fuzzing.findings import Findings
    from fuzzing.mutating import changed

    target = TARGETS[asked.target]
    found = Findings(target, asked.folder / "crashes" / target.name)

    def mutator(raw: bytes, most: int, seed: int) -> bytes:
        return changed(raw, target.shape, random.Random(seed), atheris.Mutate, most)  # noqa: S311

    options = [
        f"-max_total_time={asked.seconds}",
        f"-timeout={_MOST_SECONDS}",
        f"-max_len={target.most_bytes}",
        f"-artifact_prefix={found.folder}/native-",
        "-rss_limit_mb=2000",
        "-print_final_stats=1",
    ]
    corpus = asked.folder / "corpus" / target.name
    atheris.Setup([sys.argv[0], *options, str(corpus)], found.run, custom_mutator=mutator)
    atheris.Fuzz()


def _blindly(asked: argparse.Namespace) -> None:
    """Without coverage: any of the corpus, changed once or more."""
    from fuzzing.findings import Findings
    from fuzzing.mutating import blindly, changed
    from fuzzing.targets import TARGETS

    target = TARGETS[asked.target]
    found = Findings(target, asked.folder / "crashes" / target.name)
    corpus = [path.read_bytes() for path in sorted((asked.folder / "corpus" / target.name).iterdir())]
    chance, until = random.Random(), time.monotonic() + asked.seconds  # noqa: S311
    current = asked.folder / "crashes" / target.name / "native-current"
    signal.signal(signal.SIGALRM, _too_long)
    while time.monotonic() < until:
        raw = chance.choice(corpus)
        for _each in range(chance.randint(1, 4)):
            raw = changed(raw, target.shape, chance, blindly(chance), target.most_bytes)
        current.write_bytes(raw)
        signal.alarm(_MOST_SECONDS)
        found.run(raw)
        signal.alarm(0)
    current.unlink(missing_ok=True)
    print(json.dumps({"executions": found.executions}), file=sys.stderr)


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {_MOST_SECONDS} seconds")


if __name__ == "__main__":
    main()
