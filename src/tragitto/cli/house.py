"""What the command line asks of the house it stands in; `config`, above, provides it."""

from collections.abc import Iterable
from typing import Protocol


class House(Protocol):
    """The running house, as commands see it."""

    def load(self) -> None:
        """Load settings and rooms; no database is touched."""

    def open(self) -> None:
        """Load the rooms and have a database that is up to date; the embedded one is started."""

    def close(self) -> None:
        """Stop what `open` started."""

    def migrate(self) -> None:
        """Bring the database up to date, as its owner."""

    def serve(self) -> None:
        """Run web server and workers until interrupted."""

    def demonstrate(self, *, port: int, browser: bool) -> None:
        """Run the demonstration until interrupted."""

    def renew_messages(self) -> Iterable[str]:
        """Bring the catalogues in line with the code; one line for each language."""

    def variables(self, *, markdown: bool) -> Iterable[str]:
        """Every deployment variable, for a terminal or as the page of the documentation."""
