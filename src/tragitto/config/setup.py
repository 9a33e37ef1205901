"""First steps with nothing but the standard library: the virtual environment, the packages, the assets.

Run as a file by the `tragitto` script, before anything of the project can be imported.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
NEEDS_ASSETS = {"demo", "serve", "test"}
NEEDS_KERNELS = {"demo", "serve", "test"}
NEEDS_DEVELOPMENT = {"test", "messages"}
#: What `tragitto test` runs without further words; CI and `--all` run everything.
QUICK_TESTS = "not slow and not browser"


def say(line: str) -> None:
    """Progress goes to standard error, so that a command's answer stays clean."""
    print(line, file=sys.stderr, flush=True)


def make_venv() -> None:
    """Make `.venv` aside and move it into place, so that a killed first start leaves nothing half made."""
    aside = ROOT / f".venv.{os.getpid()}"
    say(f"Making .venv with Python {sys.version.split()[0]} …")
    venv.create(aside, with_pip=True, symlinks=True)
    try:
        aside.rename(VENV)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # another start was quicker


def install(lock: Path) -> None:
    """Install the packages of `lock` by their hashes, unless this very lock is installed already."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"{lock.name}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    began = time.monotonic()
    say(f"Installing the packages of {lock.name} (once; a minute or less on a good line) …")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        say(f"The packages of {lock.name} could not be installed: see the lines above, then start again.")
        raise SystemExit(1)
    stamp.write_text(wanted)
    say(f"Packages installed in {time.monotonic() - began:.0f} s.")


def know_the_sources() -> None:
    """Let this environment import the project from `src`, without a build step."""
    site = next(VENV.glob("lib/python*/site-packages"))
    path_file = site / "tragitto.pth"
    if not path_file.exists() or path_file.read_text().strip() != str(ROOT / "src"):
        path_file.write_text(f"{ROOT / 'src'}\n")


def begin_kernels() -> "subprocess.Popen[bytes]":
    """Start to compile the kernels of the matching engine beside what already waits.

    They need the standard library alone. Without a compiler nothing is made and nothing said: the engine
    gives the same answers without, more slowly.
    """
    build = "import sys; sys.path.insert(0, sys.argv[1]); from tragitto_matching.kernels import building; "
    build += "building.build()"
    return subprocess.Popen([sys.executable, "-c", build, str(ROOT / "src")], stderr=subprocess.DEVNULL)  # noqa: S603


def end_kernels(begun: "subprocess.Popen[bytes] | None") -> None:
    """Wait until the kernels are there."""
    if begun and begun.wait():
        say("The engine's kernels could not be compiled: matching works without them, more slowly.")


def run(arguments: list[str]) -> None:
    """Prepare what the command needs, then become the real command."""
    command = arguments[0] if arguments else ""
    kernels = begin_kernels() if command in NEEDS_KERNELS else None
    install(ROOT / "requirements.lock")
    if command in NEEDS_DEVELOPMENT:
        install(ROOT / "requirements-dev.lock")
    know_the_sources()
    if command in NEEDS_ASSETS:
        build = "import sys; from pathlib import Path; from tragitto.config import assets, messages; "
        build += "root = Path(sys.argv[1]); messages.compile_all(root); assets.build(root)"
        if subprocess.run([sys.executable, "-c", build, str(ROOT)], check=False).returncode:  # noqa: S603
            raise SystemExit(1)
    end_kernels(kernels)
    if command == "test":
        os.chdir(ROOT)
        become(["-m", "pytest", *test_words(arguments[1:], under_ci=os.environ.get("CI", "") == "true")])
    become(["-m", "tragitto.config.entry", *arguments])


def test_words(words: list[str], *, under_ci: bool) -> list[str]:
    """What pytest is told: the quick tests, unless everything is asked for or the words choose some."""
    chosen = [word for word in words if word != "--all"]
    everything = under_ci or "--all" in words or any(not word.startswith("-") for word in chosen)
    quick = [] if everything else ["-m", QUICK_TESTS]
    processors = str(min(4, os.cpu_count() or 1))
    return ["-n", processors, "--dist", "loadgroup", *quick, *chosen]


def become(arguments: list[str]) -> None:
    """Replace this process, so that signals and the exit status are the command's own."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


if __name__ == "__main__":
    if sys.argv[1] == "venv":
        make_venv()
    else:
        run(sys.argv[2:])
