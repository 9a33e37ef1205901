"""The stored results on every other Python of this machine: `python -m tests.matching.other_pythons`.

Each is given the NumPy of the lock file in a folder of its own, computes with the compiled kernels and
without, and must come to the stored hashes. Fails where there is no other Python: two versions are to agree.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.house.reading import ROOT, SRC

SUPPORTED = ("3.12", "3.13", "3.14")
_WHO = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"


def others() -> dict[str, str]:
    """Interpreters of the other supported versions by version, on the path or kept by pyenv."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found: dict[str, str] = {}
    for version in SUPPORTED:
        for path in (
            shutil.which(f"python{version}"),
            *map(str, sorted(kept.glob(f"{version}.*/bin/python"))),
        ):
            told = (
                subprocess.run([path, "-c", _WHO], capture_output=True, text=True, check=False)
                if path
                else None
            )
            said = told.stdout.split(maxsplit=1) if told else []
            if said[:1] == [version] and version != "{}.{}".format(*sys.version_info):
                found.setdefault(version, said[1].strip())
    return found


def locked(name: str, lines: Iterable[str]) -> str:
    """A package as the lock file has it, with its hashes."""
    block: list[str] = []
    for line in lines:
        if line.startswith(f"{name}=="):
            block = [line]
        elif block and line.startswith("    --hash"):
            block.append(line)
        elif block:
            break
    return "\n".join(block).removesuffix("\\") + "\n"


def agrees(python: str, folder: Path) -> bool:
    """Whether this Python comes to the stored hashes."""
    wanted = folder / "numpy.txt"
    wanted.write_text(locked("numpy", (ROOT / "requirements.lock").read_text().splitlines()))
    subprocess.run([python, "-m", "venv", folder / "env"], check=True)
    inside = folder / "env" / "bin" / "python"
    subprocess.run(
        [
            inside,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            wanted,
        ],
        check=True,
    )
    path = os.pathsep.join((str(SRC), str(ROOT)))
    done = subprocess.run(
        [inside, "-m", "tests.matching.golden"], env={**os.environ, "PYTHONPATH": path}, cwd=ROOT, check=False
    )
    return not done.returncode


def main() -> int:
    """0 = there are other versions, and all of them agree."""
    found = others()
    if not found:
        print(
            f"No Python {' or '.join(SUPPORTED)} beside this one: install one, so that two versions are seen."
        )
    agreeing = []
    for version, python in found.items():
        print(f"Python {version}:", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            agreeing.append(agrees(python, Path(folder)))
    return 0 if agreeing and all(agreeing) else 1


if __name__ == "__main__":
    sys.exit(main())
