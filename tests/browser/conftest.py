"""A real browser before the real static files; skipped where there is none, except under CI."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.tools import AXE, collect_errors

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Opens a page: language, width, and whether scripts run.
type Opener = Callable[..., Page]


def _missing(what: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what}: under CI nothing may be missing", pytrace=False)
    pytest.skip(what)


@dataclass(frozen=True)
class Driver:
    """A started browser and the event loop that Playwright drives it with.

    Playwright leaves the loop marked as running in this thread, where Django would then refuse to
    work and keep other connections. So the loop is marked only while a browser test runs.
    """

    browser: Browser
    loop: asyncio.AbstractEventLoop

    def resume(self) -> None:
        """Let Playwright work."""
        asyncio._set_running_loop(self.loop)

    def pause(self) -> None:
        """Let Django work, as in every other test."""
        asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """Debian's Chromium (or any on the path), started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _missing("no Chromium on this machine (Debian: apt install chromium)")
    if not AXE.exists():
        _missing("axe-core is not installed (./tragitto test installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        driver = Driver(browser, asyncio.get_running_loop())
        driver.pause()
        yield driver
        driver.resume()
        browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Tragitto whose static files are hashed and compressed, as in a release."""
    with override_settings(STATIC_ROOT=str(tmp_path_factory.mktemp("static"))):
        call_command("collectstatic", interactive=False, verbosity=0)
        # No handler of its own for static files: they pass through WhiteNoise.
        thread = LiveServerThread("127.0.0.1", lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def site(server: str, driver: Driver, django_db_blocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The running Tragitto, for one test.

    A test whose pages need rows is marked ``django_db(transaction=True)``: that empties the tables
    behind it, which those that only read are spared.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with django_db_blocker.unblock():
        driver.resume()
        yield server
        connections.close_all()  # those that the test opened beside the running loop
        driver.pause()


@pytest.fixture
def open_page(driver: Driver, site: str) -> Iterator[Opener]:
    """Opens pages of the site; a script error or a breach of the content policy fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(
        path: str, *, language: str = "it", width: int = 1280, scripts: bool = True, client=None
    ) -> Page:
        context = driver.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        cookies = {django_settings.LANGUAGE_COOKIE_NAME: language}
        if client is not None:
            name = django_settings.SESSION_COOKIE_NAME
            cookies[name] = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        page = context.new_page()
        collect_errors(page, errors)
        answer = page.goto(f"{site}{path}")
        assert answer is not None, path
        assert answer.status < 500, f"{path} is broken: the page of a fault has no barriers either"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
