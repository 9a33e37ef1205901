"""The shipped calls, loaded as a rehearsal and published by their own bodies."""

from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import NOON
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_pack
from tragitto.law.rules import read_pack as read_law
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack

SHIPPED = Path(__file__).parents[2] / "src" / "tragitto_packs" / "schemes"
#: Later than every window of the calls of 2025.
AFTERWARDS = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def load_the_shipped_calls() -> list[Call]:
    """The calls of every shipped scheme as drafts, their gaps filled by stand-ins."""
    house = Actor.system("cli")
    load_pack(pack=read_law(), actor=house, at=NOON)
    for folder in sorted(path for path in SHIPPED.iterdir() if path.is_dir()):
        load(pack=read_pack(folder), actor=house, at=NOON, rehearsal=True)
    return [*Call.objects.select_related("publisher").order_by("code")]


def publish_all(calls: list[Call]) -> list[Call]:
    """Each call published by Dario, as a publisher of the body in whose name it goes out."""
    published = []
    for call in calls:
        dario = Actor("U-DARIO", call.publisher.code, frozenset({"publisher"}), "office")
        published.append(publish(call=call, actor=dario, at=NOON))
    return published
