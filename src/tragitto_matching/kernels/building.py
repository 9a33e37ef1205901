"""Makes the compiled kernels out of the C files beside this one: once on a machine, never while one waits."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
#: Whole numbers alone are computed, so that optimising changes no answer.
_FLAGS = ("-std=c11", "-O3", "-march=native", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra")


def sources() -> list[Path]:
    """The C files, in order of name."""
    return sorted(HERE.glob("*.c"))


def place() -> Path:
    """Where the compiled kernels of these sources lie on this machine, or would."""
    digest = hashlib.sha256(" ".join(_FLAGS).encode())
    for path in (*sources(), *sorted(HERE.glob("*.h"))):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(_processor().encode())
    ending = "dll" if sys.platform == "win32" else "so"
    name = f"kernels-{digest.hexdigest()[:16]}.{ending}"
    # What one user made is found by every other: the service need not be who set the machine up.
    there = next((each / name for each in _folders() if (each / name).exists()), None)
    return there or _folder() / name


def build() -> Path | None:
    """Compile the kernels, unless they are there; their place, or None where the machine has no compiler.

    The compiler is the machine's (`cc`, `gcc`, `clang`), or that of the package `ziglang` where installed.
    Raises `RuntimeError` with what it said if it fails.
    """
    wanted = place()
    if wanted.exists():
        return wanted
    compiler = _compiler()
    if compiler is None:
        return None
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wanted.parent) as folder:
        made = Path(folder) / wanted.name
        command = [*compiler, *_FLAGS, "-o", str(made), *map(str, sources())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise RuntimeError(done.stderr)
        os.replace(made, wanted)
    _clear(wanted)
    return wanted


def _clear(kept: Path) -> None:
    """Remove the kernels of earlier sources. A process that has loaded them goes on with them."""
    for old in kept.parent.glob(f"kernels-*{kept.suffix}"):
        if old != kept:
            # Windows keeps what is loaded: then the next build removes it.
            with suppress(OSError):
                old.unlink()


def _compiler() -> list[str] | None:
    for name in ("cc", "gcc", "clang"):
        if found := shutil.which(name):
            return [found]
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "cc"]
    return None


def _folders() -> list[Path]:
    """Where kernels may lie: beside the sources, and in the user's cache; a service may have no home."""
    found = [HERE / "compiled"]
    try:
        kept = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    except RuntimeError:
        return found
    return [*found, Path(kept) / "tragitto-matching"]


def _folder() -> Path:
    """Where this user may write them."""
    beside, *others = _folders()
    is_ours = os.access(beside if beside.exists() else HERE, os.W_OK)
    return beside if is_ours or not others else others[0]


def _processor() -> str:
    """What the code is made for: a file carried to another kind of processor is not taken there."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    features = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return f"{platform.system()} {platform.machine()} {platform.processor()} {features}"
