"""Lists cost the same however long they are: each page is read with one row and with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.office.world import OFFICE_DAY, STORY, World, actor, admit
from tragitto.employers import queries
from tragitto.employers.models import Expression, Version
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record
from tragitto.records.models import Message

HOUSE = Actor.system("test")
#: Three of them are the session, the person and the roles.
QUEUE, ADMITTED = 11, 7


def cost(client, address: str) -> int:
    """How many queries the page takes, read twice so that nothing is looked up for the first time."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def grow(world: World) -> None:
    """Two more filings and two more messages at the desk."""
    for filing in [each for each in STORY.filings if each.call == world.call.code][4:6]:
        world.post_filing(filing)
    posted = world.post.oddity(STORY, STORY.oddities[0], world.calls[STORY.oddities[0].call])
    for number in range(2):
        raw = posted.raw.replace(b"postacert.eml", b"postacert.em%d" % number)
        world.take(type(posted)(raw, posted.mailbox, posted.at))


def addresses(world: World) -> list[str]:
    """Every page that is a list."""
    arguments = {
        "call_queue": [world.call.code],
        "admitted": [world.call.code],
        "register_year": [OFFICE_DAY.year],
    }
    return [reverse(f"office:{name}", args=arguments.get(name, [])) for name in LISTS]


LISTS = (
    "home", "calls", "sorting", "ledger", "law", "access", "call_queue", "admitted", "register_year",
    "mailboxes",
)  # fmt: skip


def test_lists_cost_the_same_with_more_rows(world, dario_in):
    before = {address: cost(dario_in, address) for address in addresses(world)}
    rows = Expression.objects.count(), Message.objects.waiting().count()

    grow(world)

    assert (Expression.objects.count(), Message.objects.waiting().count()) == tuple(n + 2 for n in rows)
    assert {address: cost(dario_in, address) for address in addresses(world)} == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_costs_the_same_with_one_filing_and_with_three(world, dario_in, count):
    other = next(each for each in reversed(STORY.filings) if each.call != world.call.code).call
    for filing in [each for each in STORY.filings if each.call == other][:count]:
        world.post_filing(filing)

    address = reverse("office:call_queue", args=[other])

    assert len(queries.queue(actor=HOUSE, call=world.calls[other])) == count
    assert cost(dario_in, address) == QUEUE


@pytest.mark.parametrize("count", [1, 3])
def test_the_admitted_list_costs_the_same_with_one_row_and_with_three(
    world, dario_in, dario_himself, rita_herself, count
):
    for expression in Expression.objects.filter(call=world.call).order_by("pk")[:count]:
        admit(expression, proposer=actor(dario_himself), decider=actor(rita_herself))

    address = reverse("office:admitted", args=[world.call.code])

    assert len(dario_in.get(address).context["page"]) == count
    assert cost(dario_in, address) == ADMITTED


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_costs_ten_queries_however_long(world, dario_in, count):
    for _entry in range(count):
        record("test.happened", subject="X-HISTORY", actor=HOUSE, at=OFFICE_DAY)

    page = reverse("office:ledger") + "?subject=X-HISTORY"

    assert dario_in.get(page).text.count("test.happened") == count
    assert cost(dario_in, page) <= 10


def test_an_expression_costs_the_same_with_another_version(world, expression, dario_in):
    address = reverse("office:expression", args=[expression.code])
    before = cost(dario_in, address)

    again = [each for each in STORY.filings if each.repeats == expression.employer.codice_fiscale]
    for filing in again:
        world.post_filing(filing)

    assert Version.objects.filter(expression=expression).count() == 1 + len(again)
    assert cost(dario_in, address) == before
