"""What the desk writes down for people without an account: kept with its way, ground and writer."""

import pytest

from tests.selection.making import BRUNO, NOON, OUTSIDER, STRANGER, TINA, WATCHER, Made
from tests.selection.making import make_round as make
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, person
from tests.selection.shortlisted import proposing_run, shown_shortlists
from tragitto.candidates.models import Candidate, Consent
from tragitto.candidates.queries.disclosure import shown_to
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.selection.actions.answering import answer_line
from tragitto.selection.actions.on_behalf import answer_line_for, answer_offer_for
from tragitto.selection.actions.proposing import show
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.models import Match, Offer, Shortlisted
from tragitto.selection.vocabulary import ToldWay

GROUND = "She called Tina, at ten."


@pytest.fixture
def made() -> Made:
    """A round in which Amina was registered by others, and never came herself."""
    found = make(posts=1, candidates=2)
    without_account(found)
    return found


def without_account(made: Made) -> None:
    Candidate.objects.filter(pk=made.amina.pk).update(account="")


def told(
    row: Shortlisted, answer: Answer = Answer.ACCEPTED, *, ground: str = GROUND, actor=TINA, at=NOON
) -> Shortlisted:
    return answer_line_for(row=row, answer=answer, way=ToldWay.TELEPHONE, ground=ground, actor=actor, at=at)


def refused(act) -> list[str]:
    with pytest.raises((Blocked, NotAllowed)) as refusal:
        act()
    return [each.code for each in refusal.value.findings]


def test_a_yes_by_telephone_is_kept_with_who_wrote_it(made):
    (row,) = shown_shortlists(made, {0: [0]})

    told(row)

    row.refresh_from_db()
    kept = (row.answer, row.told_way, row.told_ground, row.told_by)
    assert kept == ("accepted", "telephone", GROUND, TINA.code)
    assert [each.is_named for each in shown_to([made.firms[0].code], on=NOON.date())] == [True]


def test_the_ledger_names_the_writer_and_never_the_words(made):
    (row,) = shown_shortlists(made, {0: [0]})

    told(row, Answer.DECLINED)

    entry = Entry.objects.get(verb="shortlist.answered")
    assert entry.actor == TINA.code
    assert entry.facts == {"shortlisted": row.code, "answer": "declined", "told": "telephone"}


def test_the_same_again_changes_nothing(made):
    (row,) = shown_shortlists(made, {0: [0]})
    told(row)

    told(row, ground="Again.")

    assert Shortlisted.objects.get().told_ground == GROUND


@pytest.mark.parametrize("actor", [STRANGER, OUTSIDER, WATCHER, BRUNO], ids=lambda each: each.code)
def test_nobody_else_writes_it_down(made, actor):
    (row,) = shown_shortlists(made, {0: [0]})

    assert refused(lambda: told(row, actor=actor)) == ["not_of_the_desk"]
    assert Shortlisted.objects.get().answer == ""


def test_who_has_an_account_answers_themselves(made):
    (row,) = shown_shortlists(made, {0: [1]})

    assert refused(lambda: told(row)) == ["answers_themselves"]


def test_nothing_is_written_down_without_a_ground(made):
    (row,) = shown_shortlists(made, {0: [0]})

    assert refused(lambda: told(row, ground=" ")) == ["ground_missing"]


def test_a_yes_needs_the_consent_that_is_on_file_and_a_no_does_not(made):
    (row,) = shown_shortlists(made, {0: [0]})
    Consent.objects.filter(candidate=made.amina).update(withdrawn_at=NOON)

    assert refused(lambda: told(row)) == ["may_not_be_shown"]
    assert told(row, Answer.DECLINED).answer == Answer.DECLINED


def test_the_term_is_theirs_too(made):
    (row,) = shown_shortlists(made, {0: [0]})

    assert refused(lambda: told(row, at=LATER.replace(year=LATER.year + 1))) == ["invitation_over"]


def test_their_own_answer_is_nobody_elses_word_any_more(made):
    (row,) = shown_shortlists(made, {0: [0]})
    told(row)
    Candidate.objects.filter(pk=made.amina.pk).update(account=made.amina.account)

    answer_line(row=row, answer=Answer.DECLINED, actor=person(made, 0), at=NOON)

    row.refresh_from_db()
    assert (row.answer, row.told_way, row.told_ground, row.told_by) == ("declined", "", "", "")


def test_the_desk_reads_who_cannot_answer(made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)

    shown = show(round=made.round, actor=TINA, at=NOON)

    assert [each.candidate_id for each in shown.unreached] == [made.amina.pk]


@pytest.fixture
def offer() -> Offer:
    """Bruno's offer to Amina, who has no account."""
    made = make(posts=1, candidates=1)
    asked(made, {0: [0]})
    all_sent(made, wishes={0: [[0]]}, ranks={0: [[0]]})
    (match,) = confirmed(made)
    without_account(made)
    return offered(match)


def told_of(offer: Offer, accepts: bool = True, *, actor=TINA) -> Offer:
    return answer_offer_for(
        offer=offer, accepts=accepts, way=ToldWay.COUNTER, ground=GROUND, actor=actor, at=LATER
    )


def test_an_offer_is_accepted_at_the_counter(offer):
    told_of(offer)

    offer.refresh_from_db()
    kept = (offer.answer, offer.told_way, offer.told_ground, offer.told_by)
    assert kept == ("accepted", "counter", GROUND, TINA.code)
    assert Entry.objects.get(verb="offer.accepted").facts == {"answer": "accepted", "told": "counter"}


def test_a_no_to_an_offer_ends_the_match(offer):
    told_of(offer, accepts=False)

    assert Match.objects.get().end == "offer_declined"


@pytest.mark.parametrize("actor", [STRANGER, OUTSIDER, WATCHER, BRUNO], ids=lambda each: each.code)
def test_nobody_else_answers_an_offer(offer, actor):
    assert refused(lambda: told_of(offer, actor=actor)) == ["not_of_the_desk"]


def test_who_has_an_account_answers_their_offer_themselves(offer):
    Candidate.objects.update(account="U-OWN")

    assert refused(lambda: told_of(offer)) == ["answers_themselves"]
