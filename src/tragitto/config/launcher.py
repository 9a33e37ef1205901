"""Starts the web server and the workers, tells when they answer, and stops them all together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from urllib.parse import urlsplit

import click

from tragitto.config import places, statics, variables
from tragitto.demo import story

#: prctl(2): the child gets this signal when its parent dies, so that a killed launcher leaves no orphans.
PR_SET_PDEATHSIG = 1
#: Called once the pages answer.
type Opened = Callable[[], None]


def be_demonstration(port: int) -> None:
    """Make this run a demonstration: loopback only, data of its own, before any setting is read."""
    outside = ("DATABASE_URL", "DATABASE_OWNER_URL", "TRAGITTO_DOCUMENTS", "TRAGITTO_INBOX")
    for name in (*outside, "TRAGITTO_MAILBOXES"):
        if os.environ.pop(name, ""):
            click.echo(f"{name} is left aside: a demonstration keeps to its own data.", err=True)
    os.environ["TRAGITTO_DEMONSTRATION"] = "yes"
    os.environ["TRAGITTO_ADDRESS"] = f"http://127.0.0.1:{port}"
    # Never the folder of real use, whatever is set: its own, beside it.
    os.environ["TRAGITTO_VAR"] = str(variables.var_folder() / "demo")
    told = story.told()
    places.set_demonstration_day(variables.var_folder(), told.moment(told.office_day))


def serve(*, listen: str) -> None:
    """Serve for real use on `listen` until interrupted."""
    host, _, port = listen.rpartition(":")
    if not port.isdigit():
        raise click.ClickException(f"TRAGITTO_LISTEN must be host:port, not {listen!r}.")
    if places.holds_demonstration(variables.var_folder()):
        raise click.ClickException("TRAGITTO_VAR holds a demonstration: real use needs a folder of its own.")
    _have_a_receipt_key()
    public = variables.public_address()
    told = f"Tragitto answers at {public} (listening on {listen})"
    _run(host.strip("[]"), int(port), opened=lambda: click.echo(told))


def _have_a_receipt_key() -> None:
    """Make the key for receipts before the first is given; one that was lost is said now and not at night."""
    from django.db import connections

    from tragitto.employers import actions
    from tragitto.kernel import clock
    from tragitto.kernel.actors import Actor

    actions.make_receipt_key(actor=Actor.system("launcher"), at=clock.now())
    connections.close_all()


def demonstrate(*, port: int, browser: bool) -> None:
    """Seed the demonstration, then serve it on the loopback address until interrupted."""
    from tragitto.demo import actions

    _claim("127.0.0.1", port)
    sign_ins = actions.prepare(say=lambda line: click.echo(line, err=True))

    address = f"http://127.0.0.1:{port}/"

    def opened() -> None:
        click.echo(f"\nTragitto's demonstration answers at {address}\n")
        for line in sign_ins:
            click.echo(line)
        click.echo("\nCtrl-C stops everything.")
        if browser:
            webbrowser.open(address)

    _run("127.0.0.1", port, opened=opened)


def _run(host: str, port: int, *, opened: Opened) -> None:
    _claim(host, port)
    statics.collect()
    family = Family()
    family.catch_signals()
    try:
        family.start(_web(host, port))
        for _ in range(variables.number("TRAGITTO_WORKERS")):
            family.start([sys.executable, "-c", "from tragitto.config import worker; worker.main()"])
        family.wait_for(_probe(host, port))
        opened()
        family.watch()
    finally:
        family.stop()


def _web(host: str, port: int) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(variables.number("TRAGITTO_WEB_PROCESSES")), "--blocking-threads", "4"]
    return [*command, "--log-level", "warning", "--no-ws", "tragitto.config.wsgi:application"]


def _probe(host: str, port: int) -> urllib.request.Request:
    """How to ask whether the pages answer: on this machine, in the name of the public address."""
    near = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    public = urlsplit(variables.public_address())
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
    return urllib.request.Request(f"http://{near}:{port}/status", headers=headers)


def _claim(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"Port {port} is taken: stop what listens there, or choose another with --port."
            raise click.ClickException(message) from error


@dataclass
class Family:
    """Child processes that live and die together."""

    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    asked_to_stop: bool = False

    def start(self, command: Sequence[str]) -> None:
        """Start one child, in a group of its own so that Ctrl-C reaches it through us, in order."""
        # Whoever serves does not migrate: the owner's address stays with the launcher.
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        child = subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (it only calls the kernel)
            process_group=0,
        )
        self.children.append(child)

    def catch_signals(self) -> None:
        """Ctrl-C, a closed terminal and `kill` all mean: stop cleanly."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def wait_for(self, question: urllib.request.Request, seconds: float = 30) -> None:
        """Wait until `question` is answered; raises when a child dies first or nothing answers in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.asked_to_stop:
            if any(child.poll() is not None for child in self.children):
                raise click.ClickException("A process stopped while starting: see the lines above.")
            try:
                with urllib.request.urlopen(question, timeout=2):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.05)
        if not self.asked_to_stop:
            raise click.ClickException(f"{question.full_url} did not answer within {seconds:.0f} seconds.")

    def watch(self) -> None:
        """Return when asked to stop; a child that dies by itself is said and ends the run."""
        while not self.asked_to_stop:
            for child in self.children:
                if child.poll() is not None:
                    raise click.ClickException(f"A process stopped by itself (status {child.returncode}).")
            time.sleep(0.2)

    def stop(self, seconds: float = 10) -> None:
        """Ask every child to stop, then insist."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + seconds
        for child in self.children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
