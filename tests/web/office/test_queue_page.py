"""The page of a queue: narrowed, looked through, and its filings given to people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.office.world import STORY, free_of_conflicts
from tragitto.cases.models import Responsibility
from tragitto.employers import queries
from tragitto.employers.models import ARRIVAL, Expression
from tragitto.kernel.actors import Actor

HOUSE = Actor.system("test")


@pytest.fixture
def queue(world) -> str:
    return reverse("office:call_queue", args=[world.call.code])


@pytest.fixture
def find(world) -> str:
    return reverse("office:find_filing", args=[world.call.code])


@pytest.fixture
def spread(world) -> str:
    return reverse("office:spread_cases", args=[world.call.code])


@pytest.fixture
def rows(world) -> list[Expression]:
    return list(Expression.objects.filter(call=world.call).order_by(*ARRIVAL))


def shown(page) -> list[Expression]:
    return [row.expression for row in page.context["page"]]


def officers(world) -> dict[str, str]:
    held = queries.queue(actor=HOUSE, call=world.call)
    return {row.expression.code: row.officer for row in held if row.officer}


def test_the_queue_stands_in_the_order_of_arrival_with_its_key(carla_in, queue, rows):
    page = carla_in.get(queue)

    assert shown(page) == rows
    assert [row.number for row in page.context["page"]] == list(range(1, len(rows) + 1))
    for each in rows:
        assert each.place_identifier in page.text


def test_words_are_looked_for_without_standing_in_an_address(carla_in, queue, find, rows):
    wanted = rows[1]

    answer = carla_in.post(find, {"words": wanted.employer.name}, follow=True)

    assert answer.redirect_chain == [(queue, 302)]
    assert shown(answer) == [wanted]
    assert "Show all again" in answer.text


def test_the_words_hold_until_they_are_taken_back(carla_in, queue, find, rows):
    carla_in.post(find, {"words": rows[0].code})
    assert shown(carla_in.get(queue)) == [rows[0]]

    carla_in.post(find, {"words": ""})

    assert shown(carla_in.get(queue)) == rows


def test_the_words_of_one_queue_narrow_no_other(carla_in, find, world):
    carla_in.post(find, {"words": "nothing like it"})
    other = next(code for code in world.calls if code != world.call.code)

    assert carla_in.get(reverse("office:call_queue", args=[other])).context["words"] == ""


def test_a_filter_that_does_not_exist_shows_everything(carla_in, queue, rows):
    assert shown(carla_in.get(queue, {"show": "nonsense"})) == rows


def test_ticked_filings_are_given_to_one_person(carla_in, spread, queue, rows, carla_herself, world):
    sent = {"scope": "ticked", "filing": [rows[0].code, rows[2].code], "officers": [carla_herself.code]}

    answer = carla_in.post(spread, sent, follow=True)

    assert answer.redirect_chain == [(queue, 302)]
    assert officers(world) == dict.fromkeys([rows[0].code, rows[2].code], carla_herself.code)
    assert "Given out: Carla: 2." in answer.text


def test_all_of_nobody_are_given_evenly(dario_in, spread, rows, carla_herself, dario_himself, world):
    sent = {"scope": "nobodys", "officers": [carla_herself.code, dario_himself.code], "reason": "Turns."}

    dario_in.post(spread, sent)

    held = list(officers(world).values())
    assert len(held) == len(rows)
    assert abs(held.count(carla_herself.code) - held.count(dario_himself.code)) <= 1
    assert set(Responsibility.objects.values_list("reason", flat=True)) == {"Turns."}


def test_who_was_given_a_filing_finds_it_under_mine(dario_in, spread, queue, rows, dario_himself):
    dario_in.post(spread, {"scope": "ticked", "filing": [rows[1].code], "officers": [dario_himself.code]})

    assert shown(dario_in.get(queue, {"show": "mine"})) == [rows[1]]
    assert shown(dario_in.get(queue, {"show": "nobodys"})) == [each for each in rows if each != rows[1]]


def test_giving_keeps_the_page_one_was_on(carla_in, spread, queue, rows, carla_herself):
    sent = {"scope": "ticked", "filing": [rows[0].code], "officers": [carla_herself.code]}

    answer = carla_in.post(f"{spread}?show=to_review&page=1", sent)

    assert answer.url == f"{queue}?show=to_review&page=1"


@pytest.mark.parametrize(
    ("change", "says"),
    [({"filing": []}, "Choose at least one filing."), ({"officers": []}, "This field is required.")],
)
def test_giving_nothing_or_to_nobody_is_refused_in_words(
    carla_in, spread, rows, carla_herself, world, change, says
):
    sent = {"scope": "ticked", "filing": [rows[0].code], "officers": [carla_herself.code], **change}

    answer = carla_in.post(spread, sent)

    assert answer.status_code == 422
    assert says in answer.text
    assert officers(world) == {}


def test_a_filing_of_another_call_is_not_given_from_here(carla_in, spread, carla_herself, world):
    other = next(each for each in STORY.filings if each.call != world.call.code)
    world.post_filing(other)
    foreign = Expression.objects.exclude(call=world.call)[0]

    sent = {"scope": "ticked", "filing": [foreign.code], "officers": [carla_herself.code]}

    assert carla_in.post(spread, sent).status_code == 422


def test_an_observer_sees_the_queue_and_gives_nothing(olga_in, queue, spread, rows, carla_herself):
    page = olga_in.get(queue)

    assert shown(page) == rows
    assert 'name="filing"' not in page.text
    assert olga_in.post(spread, {"scope": "nobodys", "officers": [carla_herself.code]}).status_code == 403


def test_people_of_another_office_find_nobody_to_give_to(sara_in, spread, rows, sara_herself, world):
    sent = {"scope": "ticked", "filing": [rows[0].code], "officers": [sara_herself.code]}

    assert sara_in.post(spread, sent).status_code == 422
    assert officers(world) == {}


def test_strangers_and_employers_are_kept_out(client, bruno_in, queue, find, spread):
    for address in (find, spread):
        assert client.post(address).status_code == 302
        assert bruno_in.post(address).status_code == 403
    assert bruno_in.get(queue).status_code == 403


@pytest.mark.parametrize("show", ["", "to_review", "late", "mine"])
def test_every_page_of_the_queue_costs_the_same(dario_in, queue, world, dario_himself, show):
    def cost() -> int:
        dario_in.get(queue, {"show": show})
        with CaptureQueriesContext(connection) as taken:
            dario_in.get(queue, {"show": show})
        return len(taken)

    before = cost()
    for filing in [each for each in STORY.filings if each.call == world.call.code][4:6]:
        world.post_filing(filing)
    free_of_conflicts(dario_himself)

    assert cost() == before
