"""What a round waits for stands on the desk's agenda, and goes away by itself; the worker knows its jobs."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from tests.selection.making import TINA, Made, make_round
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, person, rematched
from tragitto.agenda.models import Task
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotAllowed
from tragitto.selection.actions.matching import match_round
from tragitto.selection.actions.offering import answer_offer, lapse_offers
from tragitto.selection.actions.to_do import keep_all
from tragitto.selection.actions.withdrawing import withdraw_person

HOUSE = Actor.system("task")
SOON = LATER + timedelta(hours=1)


@pytest.fixture
def made() -> Made:
    """One post, two people who both ranked it, asked for rankings."""
    found = make_round(posts=1, candidates=2)
    asked(found, {0: [0, 1]})
    return found


@pytest.fixture
def matched(made) -> Made:
    """Amina has the post."""
    all_sent(made, wishes={0: [[0]], 1: [[0]]}, ranks={0: [[0], [1]]})
    confirmed(made)
    return made


def waits(made: Made) -> list[str]:
    return list(Task.objects.open().filter(subject=made.round.code).values_list("kind", flat=True))


def test_missing_rankings_are_a_task_until_the_match_is_run(made):
    assert waits(made) == ["rankings_missing"]

    all_sent(made, wishes={0: [[0]]}, ranks={0: [[0], [1]]})
    match_round(round=made.round, actor=TINA, at=LATER)
    keep_all(actor=HOUSE, at=SOON)

    assert waits(made) == []


@pytest.mark.parametrize("way", ["left", "declined", "lapsed"])
def test_a_match_that_ended_is_to_be_made_anew_until_that_is_confirmed(matched, way):
    match = confirmed_of(matched)
    if way == "left":
        withdraw_person(candidate=matched.amina, round=matched.round, actor=person(matched, 0), at=SOON)
    else:
        offer = offered(match, at=LATER)
        if way == "declined":
            answer_offer(offer=offer, accepts=False, actor=person(matched, 0), at=SOON)
        else:
            lapse_offers(actor=HOUSE, at=offer.due_at + timedelta(hours=1))
    assert waits(matched) == ["match_anew"]

    rematched(matched, LATER + timedelta(days=9))

    assert waits(matched) == []


def confirmed_of(made: Made):
    return made.posts[0].matches.get(ended_at=None)


def test_an_offer_not_made_in_time_is_a_task_until_it_is_made(matched):
    keep_all(actor=HOUSE, at=LATER + timedelta(days=6))
    assert waits(matched) == []

    late = LATER + timedelta(days=8)
    keep_all(actor=HOUSE, at=late)
    assert waits(matched) == ["offers_missing"]

    offered(confirmed_of(matched), at=late)
    keep_all(actor=HOUSE, at=late + timedelta(hours=1))
    assert waits(matched) == []


def test_kept_again_nothing_is_doubled(made):
    keep_all(actor=HOUSE, at=LATER)
    keep_all(actor=HOUSE, at=SOON)

    assert Task.objects.filter(subject=made.round.code).count() == 1


def test_only_the_house_keeps_all(made):
    with pytest.raises(NotAllowed):
        keep_all(actor=TINA, at=LATER)


def test_the_worker_knows_every_job_of_the_room():
    app.perform_import_paths()

    assert {each for each in app.tasks if each.startswith("selection.")} == {
        "selection.keep_to_do",
        "selection.lapse_offers",
        "selection.propose",
        "selection.release",
        "selection.remind",
        "selection.remind_the_late",
        "selection.write_to_firm",
    }
