"""Named functions that published data may refer to, with typed parameters."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import msgspec


class NoParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a function needs that needs nothing."""


class UnknownName(LookupError):
    """Data names a function that no room offers."""


class WrongParameters(ValueError):
    """Data gives a function parameters it cannot read."""


@dataclass(frozen=True)
class Entry[F: Callable[..., Any]]:
    """One registered function: its name, the parameters it needs and what it says of itself."""

    name: str
    function: F
    needs: type[msgspec.Struct]

    @property
    def doc(self) -> str:
        """The first sentence of the function's docstring."""
        return (inspect.getdoc(self.function) or "").split("\n\n")[0]

    def read(self, parameters: Mapping[str, object]) -> Any:
        """The parameters as the typed value the function takes; raises `WrongParameters`."""
        try:
            return msgspec.convert(dict(parameters), self.needs)
        except msgspec.ValidationError as error:
            raise WrongParameters(f"{self.name}: {error}") from error


class Registry[F: Callable[..., Any]]:
    """Functions of one kind (guards, effects, criteria …) by name; rooms fill it when they load."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry[F]] = {}

    def register(self, name: str, *, needs: type[msgspec.Struct] = NoParameters) -> Callable[[F], F]:
        """Offer a function under `name`; a name can be given once."""

        def offer(function: F) -> F:
            if name in self._entries and self._entries[name].function is not function:
                raise ValueError(f"two functions offer the {self.what} {name!r}")
            self._entries[name] = Entry(name, function, needs)
            return function

        return offer

    def names(self) -> tuple[str, ...]:
        """All names, in alphabetical order."""
        return tuple(sorted(self._entries))

    def entries(self) -> tuple[Entry[F], ...]:
        """All entries, by name."""
        return tuple(self._entries[name] for name in self.names())

    def get(self, name: str) -> Entry[F]:
        """The entry of `name`; raises `UnknownName` with the nearest names."""
        try:
            return self._entries[name]
        except KeyError:
            near = get_close_matches(name, self._entries, n=2)
            hint = f" (near: {', '.join(near)})" if near else ""
            raise UnknownName(f"no {self.what} is called {name!r}{hint}") from None
