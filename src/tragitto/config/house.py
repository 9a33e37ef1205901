"""The house as the command line sees it: loaded, opened, served, closed."""

import os
import sys
import textwrap
from collections.abc import Iterable
from typing import IO

import click
import django
from django.utils import translation

from tragitto.config import embedded, places, variables


class RunningHouse:
    """Implements `tragitto.cli.house.House`; what it started, `close` stops."""

    def __init__(self) -> None:
        self._database: places.Running | None = None
        self._lock: IO[str] | None = None

    def load(self) -> None:
        """Load settings and rooms; no database is touched."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragitto.config.settings")
        django.setup()
        # Commands answer in English, whatever language the pages begin with.
        translation.activate("en")

    def open(self) -> None:
        """Have a database and the rooms; an embedded database is brought up to date, another must be."""
        from tragitto.config import database

        self._find()
        self.load()
        if not database.is_current():
            if not variables.read("DATABASE_OWNER_URL"):
                raise click.ClickException(
                    "The database is not up to date: run `tragitto migrate`, then again."
                )
            database.migrate()

    def migrate(self) -> None:
        """Bring the database up to date, as its owner."""
        from tragitto.config import database

        self._find()
        self.load()
        database.migrate(verbosity=1)

    def serve(self) -> None:
        """Run web server and workers until interrupted."""
        from tragitto.config import launcher

        self._launch_alone()
        launcher.serve(listen=variables.read("TRAGITTO_LISTEN") or "127.0.0.1:8000")

    def demonstrate(self, *, port: int, browser: bool) -> None:
        """Run the demonstration until interrupted."""
        from tragitto.config import launcher

        launcher.be_demonstration(port)
        self._launch_alone()
        launcher.demonstrate(port=port, browser=browser)

    def renew_messages(self) -> Iterable[str]:
        """Bring the catalogues in line with the code; one line for each language."""
        from tragitto.config import messages

        for language, lacking in messages.renew(variables.ROOT).items():
            yield f"{language}: {lacking} texts to translate"
        messages.compile_all(variables.ROOT)

    def variables(self, *, markdown: bool) -> Iterable[str]:
        """Every deployment variable, for a terminal or as the page of the documentation."""
        if markdown:
            yield from variables.page().splitlines()
            return
        for variable in variables.VARIABLES:
            yield f"{variable.name}  ({variable.kind}; default: {variable.default})"
            yield from textwrap.wrap(variable.meaning, 96, initial_indent="    ", subsequent_indent="    ")

    def close(self) -> None:
        """Stop what was started."""
        if self._database is not None:
            self._database.stop()
            self._database = None

    def _launch_alone(self) -> None:
        # One launcher at a time: so a database found running was left by a killed one, and is stopped too.
        self._lock = places.be_the_only_launcher(variables.var_folder())
        if self._lock is None:
            raise click.ClickException(
                f"Tragitto runs already on the data of {variables.var_folder()}: stop it first, or use the "
                "address it printed."
            )
        self.open()
        assert self._database is not None
        self._database.adopt()

    def _find(self) -> None:
        # Before the settings load: they read where the database is.
        try:
            if self._database is None:
                self._database = places.find()
        except embedded.CannotStart as failure:
            print(*getattr(failure, "__notes__", ()), sep="\n", file=sys.stderr)
            raise click.ClickException(f"The embedded database did not start: {failure}") from failure
