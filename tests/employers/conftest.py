"""The three real calls as a rehearsal, published, and the people of the offices that review them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import NOON
from tests.employers.making import HOUSE, Paper, Sent, free_of_conflicts, letter, modulo
from tragitto.employers import actions
from tragitto.employers.models import Expression
from tragitto.employers.queries import unsettled
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_holidays, load_pack
from tragitto.law.rules import read_pack as read_law
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call
from tragitto.schemes.pack import Pack, read_pack
from tragitto.schemes.queries import duty_holders
from tragitto.schemes.vocabulary import DutyKind

SHIPPED = Path(__file__).parents[2] / "src" / "tragitto_packs" / "schemes"
EARLY = datetime(2024, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The one shipped scheme."""
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    return read_pack(folder)


@pytest.fixture(scope="package")
def published(pack: Pack, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Law, holidays and the three calls, published once for this room's tests and taken back after them.

    Each test works in a savepoint of its own within; loading them for each would take most of the time.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        publish_all(pack)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


def publish_all(pack: Pack) -> None:
    """Law, holidays and the three calls of the shipped scheme, published in time."""
    cli = Actor.system("cli")
    load_pack(pack=read_law(), actor=cli, at=EARLY)
    load_holidays(years=range(2024, 2029), actor=cli, at=EARLY)
    load(pack=pack, actor=cli, at=EARLY, rehearsal=True)
    for call in Call.objects.select_related("publisher"):
        publisher = Actor("U-P", call.publisher.code, frozenset({"publisher"}), "office")
        publish(call=call, actor=publisher, at=EARLY)


@pytest.fixture
def calls(published: None, db: None) -> dict[str, Call]:
    """The three calls, published, by region."""
    found = Call.objects.select_related("region", "publisher", "scheme", "journey")
    return {call.region.code: call for call in found}


@pytest.fixture
def lombardia(calls: dict[str, Call]) -> Call:
    return calls["lombardia"]


@pytest.fixture
def veneto(calls: dict[str, Call]) -> Call:
    return calls["veneto"]


@pytest.fixture
def emilia(calls: dict[str, Call]) -> Call:
    return calls["emilia-romagna"]


@pytest.fixture
def at_office(lombardia: Call) -> Callable[[Actor], Actor]:
    """Somebody at the office that reviews the call of Lombardia."""
    (office, *_others) = duty_holders(lombardia, DutyKind.REVIEWS)
    return lambda actor: replace(actor, organisation=office.code)


@pytest.fixture
def carla(carla: Actor, at_office: Callable[[Actor], Actor]) -> Actor:
    return at_office(carla)


@pytest.fixture
def dario(dario: Actor, at_office: Callable[[Actor], Actor]) -> Actor:
    return at_office(dario)


@pytest.fixture
def file(lombardia: Call) -> Callable[..., Expression]:
    """Bruno files under the call of Lombardia: his form as changed, or these papers, sent like this.

    The cast has no conflict of interest in his case, and has said so.
    """

    def _file(*papers: Paper, call: Call = lombardia, sent: Sent | None = None, **changes: str) -> Expression:
        message = letter(call, *(papers or [modulo(call, **changes)]), sent=sent)
        filed = actions.receive(message=message, call=call, actor=HOUSE, at=message.arrived_at)
        free_of_conflicts(filed.expression)
        return filed.expression

    return _file


@pytest.fixture
def settle(dario: Actor) -> Callable[[Expression], None]:
    """Dario confirms what is met and answers what the house could not read with: met."""

    def _settle(expression: Expression) -> None:
        expression.refresh_from_db()
        actions.confirm_met(version=expression.current, actor=dario, at=NOON)
        for view in unsettled(expression.current):
            if view.finding.state == State.UNKNOWN:
                verdict, ground = Verdict.OVERRULED, "Seen on paper."
                actions.judge(
                    finding=view.finding,
                    verdict=verdict,
                    state=State.MET,
                    ground=ground,
                    actor=dario,
                    at=NOON,
                )
            else:
                actions.judge(finding=view.finding, verdict=Verdict.CONFIRMED, actor=dario, at=NOON)

    return _settle
