"""The shipped pack, a law that covers it, and registries that know the names it uses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import NOON
from tests.schemes.making import registries_of
from tragitto.kernel.actors import Actor
from tragitto.kernel.periods import Period
from tragitto.law.actions import load_pack
from tragitto.law.rules import read_pack as read_law
from tragitto.schemes.actions import load
from tragitto.schemes.models import Call
from tragitto.schemes.pack import Pack, read_pack
from tragitto.schemes.rules import Registries
from tragitto.schemes.rules.check.journeys import NAMES_OF_LAW

SHIPPED = Path(__file__).parents[2] / "src" / "tragitto_packs" / "schemes"


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    """The folder of the one shipped scheme."""
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    return folder


@pytest.fixture(scope="session")
def shipped(shipped_folder: Path) -> Pack:
    """The shipped scheme as its files say, with its gaps open."""
    return read_pack(shipped_folder)


@pytest.fixture(scope="session")
def registries(shipped: Pack) -> Registries:
    """Registries that offer every name the shipped pack uses, with any parameters."""
    return registries_of(shipped)


@pytest.fixture(scope="session")
def law(shipped: Pack) -> dict[str, list[Period]]:
    """A law that covers every term the shipped pack names, at all times."""
    words = [stage.term for journey in shipped.journeys for stage in journey.stages]
    words += [call.review_term for call in shipped.calls]
    words += [
        str(effect.parameters[name])
        for journey in shipped.journeys
        for step in journey.steps
        for effect in step.effects
        for name in NAMES_OF_LAW
        if name in effect.parameters
    ]
    return {word: [Period()] for word in words if word}


@pytest.fixture
def changed() -> Any:
    """A copy of a frozen shape with some of its fields changed."""
    return msgspec.structs.replace


@pytest.fixture
def law_loaded(db: None) -> None:
    """The shipped law in the database, as a deployment has it before its first scheme."""
    load_pack(pack=read_law(), actor=Actor.system("cli"), at=NOON)


@pytest.fixture
def rehearsed(shipped: Pack, law_loaded: None) -> Call:
    """The shipped scheme loaded as a rehearsal; the one call whose notice is known."""
    load(pack=shipped, actor=Actor.system("cli"), at=NOON, rehearsal=True)
    return Call.objects.exclude(notice=[]).get()


@pytest.fixture
def publisher_of() -> Callable[[Call], Actor]:
    """Dario as a publisher of the body in whose name a call goes out."""
    return lambda call: Actor(
        code="U-DARIO", organisation=call.publisher.code, roles=frozenset({"publisher"}), door="office"
    )
