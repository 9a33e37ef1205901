"""Leaving those who registered somebody: it ends what they read and change, and nothing else."""

import pytest

from tests.candidates.making import (
    AMINA,
    BRUNO,
    CARLA,
    ELIF,
    NOON,
    OTHER_PARTNER,
    REGISTRAR_ORGANISATION,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tests.candidates.registering_others import row
from tragitto.candidates.actions import entering, leave_registrar, move
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.batches import own_people
from tragitto.candidates.queries.people import registrars
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import ReasonUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def amina(scheme) -> Candidate:
    """Amina, whom Elif's organisation registered, and who has taken her registration over."""
    return make_candidate(scheme, account=AMINA.code, registered_by=REGISTRAR_ORGANISATION)


def leave(candidate: Candidate, actor=AMINA) -> None:
    leave_registrar(candidate=candidate, organisation=REGISTRAR_ORGANISATION, actor=actor, at=NOON)


def read_by_elif(scheme) -> list[Candidate]:
    return [each.candidate for each in own_people(ELIF, scheme)]


def test_who_is_left_reads_nothing_more_and_the_person_keeps_their_place(scheme, amina):
    leave(amina)

    after = Candidate.objects.get(pk=amina.pk)
    assert (read_by_elif(scheme), registrars(amina)) == ([], [])
    assert not Candidate.objects.visible_to(ELIF).filter(pk=amina.pk).exists()
    assert (after.status, after.seniority_at) == (amina.status, amina.seniority_at)


def test_who_is_left_changes_nothing_more(scheme, amina):
    leave(amina)

    reference = amina.registrations.get().reference
    with pytest.raises(Blocked) as refused:
        entering.enter(scheme=scheme, raw=row(1, reference=reference), actor=ELIF, at=NOON)
    assert [each.code for each in refused.value.findings] == ["registration_ended"]


def test_leaving_twice_is_told_once(amina):
    leave(amina)
    leave(amina)

    told = Entry.objects.get(verb="candidate.registrar_left", subject=amina.code)
    assert told.facts == {"organisation": REGISTRAR_ORGANISATION}


@pytest.mark.parametrize("actor", [BRUNO, CARLA, ELIF, OTHER_PARTNER, STRANGER])
def test_nobody_else_ends_it(amina, actor):
    with pytest.raises(NotAllowed):
        leave(amina, actor)

    assert [each.code for each in registrars(amina)] == [REGISTRAR_ORGANISATION]


def test_who_withdraws_leaves_those_who_registered_them(scheme, amina):
    move(candidate=amina, reason=ReasonUse.WITHDRAWING, actor=AMINA, at=NOON)

    assert (read_by_elif(scheme), registrars(amina)) == ([], [])


def test_who_pauses_does_not(scheme, amina):
    move(candidate=amina, reason=ReasonUse.PAUSING, actor=AMINA, at=NOON)

    assert read_by_elif(scheme) == [amina]


def test_who_comes_back_does_not_come_back_through_them(scheme, amina):
    move(candidate=amina, reason=ReasonUse.WITHDRAWING, actor=AMINA, at=NOON)
    move(candidate=amina, reason=ReasonUse.COMING_BACK, actor=AMINA, at=NOON)

    assert read_by_elif(scheme) == []
