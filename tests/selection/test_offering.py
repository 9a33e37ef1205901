"""Offers: made by the firm, answered in time by the person, taken back, lapsed once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import BIANCA, BRUNO, HOUSE, STRANGER, TINA, Made, make_round
from tests.selection.matched import LATER, TERMS, all_sent, asked, confirmed, offered, person
from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions import offering
from tragitto.selection.models import Match, Offer
from tragitto.selection.queries.offers import matches_of_firms, own_offers

WEEK = timedelta(days=7)


@pytest.fixture
def made() -> Made:
    """Amina is matched with Bruno's post."""
    found = make_round(posts=2, candidates=1)
    asked(found, {0: [0]})
    all_sent(found, wishes={0: [[0]]}, ranks={0: [[0]]})
    confirmed(found)
    return found


@pytest.fixture
def match(made) -> Match:
    return Match.objects.select_related("post__round").get(candidate=made.amina)


def answer(made, offer, accepts, *, at=LATER, actor=None) -> Offer:
    return offering.answer_offer(offer=offer, accepts=accepts, actor=actor or person(made, 0), at=at)


def refused(kind, call) -> list[str]:
    with pytest.raises(kind) as refusal:
        call()
    return [each.code for each in refusal.value.findings]


def status(made) -> str:
    return Candidate.objects.get(pk=made.amina.pk).status


def test_it_is_answered_within_the_days_of_the_rules(match):
    assert offered(match).due_at == LATER + WEEK


def test_a_yes_keeps_the_match(made, match):
    answer(made, offered(match), True)

    match.refresh_from_db()
    assert (match.ended_at, status(made)) == (None, "reserved")


def test_a_no_ends_it_and_gives_the_place_back(made, match):
    answer(made, offered(match), False)

    match.refresh_from_db()
    assert (match.end, status(made)) == ("offer_declined", "active")
    assert Candidate.objects.get(pk=made.amina.pk).seniority_at == made.amina.seniority_at


def test_the_same_answer_again_changes_nothing(made, match):
    offer = offered(match)
    answer(made, offer, True)

    assert answer(made, offer, True, at=LATER + WEEK * 2).answered_at == LATER


def test_another_answer_is_none(made, match):
    offer = offered(match)
    answer(made, offer, True)

    assert refused(Blocked, lambda: answer(made, offer, False)) == ["offer_over"]


def test_after_the_term_it_cannot_be_answered(made, match):
    offer = offered(match)

    late = lambda: answer(made, offer, True, at=LATER + WEEK + timedelta(seconds=1))  # noqa: E731
    assert refused(Blocked, late) == ["too_late"]


@pytest.mark.parametrize("actor", [BRUNO, TINA, STRANGER])
def test_only_the_person_answers(made, match, actor):
    offer = offered(match)

    assert refused(NotAllowed, lambda: answer(made, offer, True, actor=actor)) == ["not_the_person"]


@pytest.mark.parametrize("actor", [BIANCA, TINA, STRANGER])
def test_only_the_firm_offers(match, actor):
    assert refused(NotAllowed, lambda: offered(match, actor)) == ["not_of_the_firm"]


def test_one_offer_at_a_time(match):
    offered(match)

    assert refused(Blocked, lambda: offered(match)) == ["offer_open"]


def test_the_database_knows_one_open_offer(match):
    first = offered(match)

    first.pk, first.code = None, "OF-SECOND"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_taken_back_a_better_one_can_be_made(match):
    first = offered(match)
    offering.take_back_offer(offer=first, actor=BRUNO, at=LATER)

    offered(match)

    assert list(match.offers.order_by("pk").values_list("answer", flat=True)) == ["taken_back", ""]


def test_an_answered_offer_is_not_taken_back(made, match):
    offer = offered(match)
    answer(made, offer, True)

    back = lambda: offering.take_back_offer(offer=offer, actor=BRUNO, at=LATER)  # noqa: E731
    assert refused(Blocked, back) == ["offer_over"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contract": " "}, "contract"),
        ({"pay_cents": 0}, "pay_cents"),
        ({"hours_tenths": 1681}, "hours_tenths"),
        ({"starts_on": LATER.date()}, "starts_on"),
    ],
)
def test_terms_that_cannot_be(match, change, field):
    offer = lambda: offering.offer(match=match, terms=replace(TERMS, **change), actor=BRUNO, at=LATER)  # noqa: E731

    assert refused(Blocked, offer) == [f"wrong_{field}"]


def test_unanswered_it_lapses_once(made, match):
    offered(match)

    times = [offering.lapse_offers(actor=HOUSE, at=LATER + WEEK + timedelta(hours=n)) for n in (0, 1, 2)]

    match.refresh_from_db()
    assert (times, match.end, status(made)) == ([0, 1, 0], "offer_lapsed", "active")


def test_nothing_is_offered_after_the_end(made, match):
    answer(made, offered(match), False)

    assert refused(Blocked, lambda: offered(match)) == ["match_ended"]


def test_each_side_reads_its_own(made, match):
    offer = offered(match)

    assert list(own_offers(made.amina)) == [offer]
    assert list(matches_of_firms([made.firms[0].code])) == [match]
    assert list(matches_of_firms([made.firms[1].code])) == []
