"""The desk writes down, on a page, what somebody without an account told it; who reads that it did."""

import pytest
from django.urls import reverse

from tests.selection.making import BRUNO, TINA, WATCHER, make_round, signed_in
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, person
from tests.selection.shortlisted import proposing_run, shown_shortlists
from tests.web.office.world import clock_shift
from tragitto.candidates.models import Candidate
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.models import Shortlisted

TYPED = {"answer": "accepted", "way": "telephone", "ground": "She called Tina."}


@pytest.fixture
def made():
    """Amina was registered by others, and asked; she has no account."""
    found = make_round(posts=1, candidates=1)
    Candidate.objects.filter(pk=found.amina.pk).update(account="")
    return found


@pytest.fixture
def row(made):
    (one,) = shown_shortlists(made, {0: [0]})
    return one


def address(made, row) -> str:
    return reverse("office:shortlist_told", args=[made.round.code, row.code])


def list_of(made) -> str:
    return reverse("office:shortlist", args=[made.round.code, made.posts[0].code])


def test_an_answer_is_written_down_and_the_list_says_by_whom(made, row):
    client = signed_in(TINA)
    link = client.get(list_of(made)).content.decode()

    said = client.post(address(made, row), TYPED, follow=True).content.decode()

    assert address(made, row) in link
    assert Shortlisted.objects.get().answer == "accepted"
    assert "Told by telephone. <bdi>She called Tina.</bdi> Written down by" in said
    assert TINA.code in said


def test_the_firm_reads_that_it_was_told_and_not_the_words(made, row):
    signed_in(TINA).post(address(made, row), TYPED)

    said = signed_in(BRUNO).get(reverse("portal:shortlists")).content.decode()

    assert ("Told by telephone." in said, "She called" in said) == (True, False)


def test_the_person_reads_it_once_the_registration_is_theirs(made, row):
    signed_in(TINA).post(address(made, row), TYPED)
    Candidate.objects.filter(pk=made.amina.pk).update(account=made.amina.account)
    mine = reverse("portal:invitation", args=[made.amina.code, row.invitation.code])

    said = signed_in(person(made, 0)).get(mine).content.decode()

    assert "You had no account, so the office wrote your answer down. Told by telephone." in said


def test_nothing_is_written_down_without_a_ground(made, row):
    answer = signed_in(TINA).post(address(made, row), TYPED | {"ground": ""})

    assert (answer.status_code, Shortlisted.objects.get().answer) == (422, "")


def test_the_watching_office_finds_no_form_and_writes_nothing(made, row):
    client = signed_in(WATCHER)
    said = client.get(address(made, row)).content.decode()

    assert 'name="ground"' not in said
    assert client.post(address(made, row), TYPED).status_code == 403
    assert Shortlisted.objects.get().answer == ""


def test_who_has_an_account_is_not_answered_for(made, row):
    Candidate.objects.filter(pk=made.amina.pk).update(account=made.amina.account)
    client = signed_in(TINA)

    assert address(made, row) not in client.get(list_of(made)).content.decode()
    assert "they answer themselves" in client.get(address(made, row)).content.decode()
    assert client.post(address(made, row), TYPED).status_code == 422


def test_who_cannot_answer_is_said_when_the_lists_are_shown(made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=made.round.published_at)

    answer = signed_in(TINA).post(reverse("office:show_shortlists", args=[made.round.code]), follow=True)

    assert f"{made.amina.code} cannot read or answer here" in answer.content.decode()


def test_an_offer_is_answered_and_both_sides_read_how(settings):
    settings.CLOCK_SHIFT = clock_shift(LATER)
    made = make_round(posts=1, candidates=1)
    asked(made, {0: [0]})
    all_sent(made, wishes={0: [[0]]}, ranks={0: [[0]]})
    (match,) = confirmed(made)
    offer = offered(match)
    Candidate.objects.update(account="")
    client, path = signed_in(TINA), reverse("office:offer_told", args=[made.round.code, offer.code])
    offers = reverse("office:offers", args=[made.round.code])

    assert path in client.get(offers).content.decode()
    client.post(path, TYPED)

    offer.refresh_from_db()
    assert offer.answer == "accepted"
    assert "She called Tina." in client.get(offers).content.decode()
    theirs = signed_in(BRUNO).get(reverse("portal:firm_match", args=[match.code])).content.decode()
    assert ("Told by telephone." in theirs, "She called" in theirs) == (True, False)
