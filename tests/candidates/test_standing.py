"""Moving people on the roster: typed reasons, who may give them, what the clock makes of them, the link."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.candidates.making import (
    AMINA,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    OTHER_PARTNER,
    SENT_AT,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates import actions
from tragitto.candidates.actions import indexing
from tragitto.candidates.models import Candidate, StatusChange
from tragitto.candidates.queries.standing import offered
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Refusal
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("task")
TODAY = timezone.localdate(NOON)
OWN = {"account": AMINA.code}


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def amina(scheme) -> Candidate:
    """Amina, who waits on the roster and is to confirm by the first of December."""
    return make_candidate(scheme, **OWN, confirm_by=date(2026, 12, 1), email="amina@example.org")


def refused(act, kind=Blocked) -> list[str]:
    """The codes of the refusal that `act` meets, which changes nothing."""
    lines = StatusChange.objects.count()
    with pytest.raises(kind) as refusal, transaction.atomic():
        act()
    assert StatusChange.objects.count() == lines
    return [finding.code for finding in refusal.value.findings]


def move(person, reason, actor=AMINA, at=NOON, **more) -> Candidate:
    actions.move(candidate=person, reason=reason, actor=actor, at=at, **more)
    return Candidate.objects.get(pk=person.pk)


def picked(person, leads_to: RosterStatus) -> str:
    """The code of a reason for that status which the desk picks by itself."""
    reasons = roster_of(person.scheme).reasons
    return next(each.code for each in reasons if each.leads_to == leads_to and each.use is None)


def test_a_registration_that_is_sent_takes_its_place_at_that_instant(scheme):
    person = move(make_candidate(scheme, **OWN, status="registering"), ReasonUse.SENDING)

    assert (person.status, person.seniority_at, person.sent_on) == ("checking", NOON, TODAY)
    assert (person.valid_until, person.confirm_by) == (None, None)


def test_nobody_under_age_is_sent(scheme):
    person = make_candidate(scheme, **OWN, status="registering", birth_on=date(2009, 1, 1))

    assert refused(lambda: move(person, ReasonUse.SENDING)) == ["under-age-today"]


def test_nobody_is_sent_without_a_date_of_birth(scheme):
    person = make_candidate(scheme, **OWN, status="registering", birth_on=None, passport=None)

    assert refused(lambda: move(person, ReasonUse.SENDING)) == ["birth-unknown"]


def test_a_registrar_sends_whom_it_registered_and_nobody_else(scheme):
    theirs = make_candidate(scheme, status="registering", registered_by=ELIF.organisation)
    other = make_candidate(scheme, status="registering")

    assert move(theirs, ReasonUse.SENDING, actor=ELIF).status == "checking"
    assert refused(lambda: move(other, ReasonUse.SENDING, actor=ELIF), NotAllowed) == ["not-yours"]
    assert refused(lambda: move(theirs, ReasonUse.WITHDRAWING, actor=ELIF), NotAllowed) == ["not-yours"]


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_sent_in_the_queries_of_one(scheme, django_assert_num_queries, monkeypatch, count):
    people = [
        make_candidate(scheme, status="registering", registered_by=ELIF.organisation)
        for _each in range(count)
    ]
    monkeypatch.setattr(indexing, "refresh", lambda pks: None)  # it counts its own

    with django_assert_num_queries(6):  # a savepoint's two among them
        actions.send_many(candidates=people, actor=ELIF, at=NOON)

    rows = Candidate.objects.values_list("status", "seniority_at", "sent_on")
    assert set(rows) == {("checking", NOON, TODAY)}
    assert StatusChange.objects.count() == count


def test_many_are_not_sent_by_who_did_not_register_them(scheme):
    people = [make_candidate(scheme, status="registering", registered_by=ELIF.organisation)]

    for actor in (OTHER_PARTNER, STRANGER):
        assert refused(
            lambda actor=actor: actions.send_many(candidates=people, actor=actor, at=NOON), NotAllowed
        ) == ["not-yours"]


def test_nobody_is_on_the_roster_before_their_identity_was_confirmed(scheme):
    person = make_candidate(scheme, status="checking")

    assert refused(lambda: move(person, ReasonUse.ADMITTING, actor=CARLA)) == ["not-identified"]


def test_who_was_checked_has_the_place_of_the_sending_and_the_whole_time(scheme):
    person = make_candidate(scheme, status="checking")
    identity = person.identity
    identity.confirmed_at, identity.confirmed_by = NOON, DARIO.code
    identity.confirmed_with = person.documents.get()
    identity.save()

    person = move(person, ReasonUse.ADMITTING, actor=CARLA)

    assert (person.status, person.seniority_at) == ("active", SENT_AT)
    assert (person.valid_until, person.confirm_by) == (
        TODAY + timedelta(days=730),
        TODAY + timedelta(days=90),
    )


#: Of age since October, sent in September.
TOO_YOUNG = {"birth_on": date(2008, 10, 1)}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("paused", ReasonUse.RETURNING),
        ("lapsed", ReasonUse.CONFIRMING_LATE),
    ],
)
def test_who_was_under_age_when_they_sent_does_not_come_on_the_roster(scheme, status, reason):
    person = make_candidate(scheme, **OWN, **TOO_YOUNG, status=status, reason="own-pause")

    assert refused(lambda: move(person, reason)) == ["under-age-when-sent"]


def test_nor_is_anybody_admitted_who_was_under_age_when_they_sent(scheme):
    person = make_candidate(scheme, **OWN, **TOO_YOUNG, status="checking")
    identity = person.identity
    identity.confirmed_at, identity.confirmed_by = NOON, DARIO.code
    identity.confirmed_with = person.documents.get()
    identity.save()

    assert refused(lambda: move(person, ReasonUse.ADMITTING, actor=CARLA)) == ["under-age-when-sent"]


def test_who_is_of_age_meanwhile_registers_again(scheme):
    person = make_candidate(scheme, **OWN, **TOO_YOUNG, status="checking")
    move(person, ReasonUse.UNDER_AGE, actor=CARLA)

    person = move(person, ReasonUse.COMING_BACK)

    assert (person.status, person.sent_on) == ("checking", TODAY)


def test_a_pause_stops_the_clock_and_a_return_gives_back_place_and_days(amina):
    paused = move(amina, ReasonUse.PAUSING)
    back = move(amina, ReasonUse.RETURNING, at=NOON + timedelta(days=100))

    assert (paused.status, paused.valid_until, paused.confirm_by) == ("paused", None, None)
    waited = NOON - amina.status_at
    ends_at = NOON + timedelta(days=830) - waited
    assert (back.seniority_at, back.valid_until) == (SENT_AT, timezone.localdate(ends_at))
    assert back.confirm_by == TODAY + timedelta(days=190)


def test_a_pause_of_the_office_is_ended_by_the_office(amina):
    move(amina, picked(amina, RosterStatus.PAUSED), actor=CARLA, note="The consulate is closed.")

    assert refused(lambda: move(amina, ReasonUse.RETURNING)) == ["office-pause"]
    assert move(amina, ReasonUse.RETURNING, actor=CARLA).status == "active"


def test_a_reason_that_needs_a_note_has_one(amina):
    reason = picked(amina, RosterStatus.PAUSED)

    assert refused(lambda: move(amina, reason, actor=CARLA, note="  ")) == ["note-missing"]


def test_the_place_comes_back_after_a_placement_that_fell_through(amina):
    for use in (ReasonUse.RESERVING, ReasonUse.PLACING, ReasonUse.FALLING_THROUGH):
        person = move(amina, use, actor=HOUSE)

    assert (person.status, person.seniority_at) == ("active", SENT_AT)


def test_a_withdrawal_asks_for_no_reason_and_ends_everything(amina):
    person = move(amina, ReasonUse.WITHDRAWING)

    assert (person.status, person.seniority_at, person.valid_until) == ("withdrawn", None, None)


def test_a_keeper_takes_no_place_away_by_having_somebody_come_back(amina):
    assert refused(lambda: move(amina, ReasonUse.COMING_BACK, actor=CARLA)) == ["not-from-here"]


def test_who_lapsed_comes_back_to_their_place_and_to_no_other(amina):
    move(amina, ReasonUse.UNCONFIRMED, actor=HOUSE)

    assert refused(lambda: move(amina, ReasonUse.COMING_BACK)) == ["place-still-kept"]
    assert move(amina, ReasonUse.CONFIRMING_LATE, at=NOON + timedelta(days=365)).seniority_at == SENT_AT


def test_after_the_term_of_return_the_place_is_a_new_one(amina):
    move(amina, ReasonUse.UNCONFIRMED, actor=HOUSE)
    late = NOON + timedelta(days=366)

    assert refused(lambda: move(amina, ReasonUse.CONFIRMING_LATE, at=late)) == ["too-late"]
    assert move(amina, ReasonUse.COMING_BACK, at=late).seniority_at == late


def test_who_withdrew_and_registered_again_goes_on_with_that(scheme, amina):
    move(amina, ReasonUse.WITHDRAWING)
    make_candidate(scheme, **OWN)

    assert refused(lambda: move(amina, ReasonUse.COMING_BACK)) == ["registered-again"]


@pytest.mark.parametrize("actor", [STRANGER, ELIF, OTHER_PARTNER, Actor("U-BRUNO", door="portal")])
def test_nobody_else_moves_anybody(amina, actor):
    assert refused(lambda: move(amina, ReasonUse.WITHDRAWING, actor=actor), NotAllowed) == ["not-yours"]


def test_a_person_gives_no_reason_of_the_office(amina):
    assert refused(lambda: move(amina, ReasonUse.PLACING), NotAllowed) == ["not-yours"]


def test_a_keeper_does_not_give_the_reasons_of_the_clock(amina):
    assert refused(lambda: move(amina, ReasonUse.UNCONFIRMED, actor=CARLA), NotAllowed) == ["not-yours"]


def test_an_unknown_reason_is_refused(amina):
    assert refused(lambda: move(amina, "no-such-reason", actor=CARLA)) == ["reason-unknown"]


def test_what_is_offered_is_what_may_be_done(amina):
    reasons = offered(CARLA, amina, roster_of(amina.scheme), since_on=TODAY, on=TODAY)

    done = []
    for each in roster_of(amina.scheme).reasons:
        mark = transaction.savepoint_create()
        with suppress(Refusal):
            move(amina, each.code, actor=CARLA, note="Seen.")
            done.append(each)
        transaction.savepoint_rollback(mark)
    assert list(reasons) == done


def test_a_move_is_told_by_codes_alone(amina):
    move(amina, ReasonUse.PAUSING)

    entry = Entry.objects.get(verb="candidate.moved")
    assert entry.facts == {"reason": "own-pause", "from": "active", "to": "paused", "roster": 1}


@pytest.mark.django_db(transaction=True)
def test_the_ordinary_role_rewrites_no_history():
    person = make_candidate(make_scheme())

    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE candidate_status_change SET keeps_place = false")
    assert person.status_changes.filter(keeps_place=True).count() == 2


def test_the_database_takes_no_place_without_a_line_that_may(amina):
    rows = Candidate.objects.filter(pk=amina.pk)

    with pytest.raises(IntegrityError, match="lost only by a rule"), transaction.atomic():
        rows.update(seniority_at=NOON)
    with pytest.raises(IntegrityError, match="lost only by a rule"), transaction.atomic():
        rows.update(seniority_at=None, status="withdrawn")
    assert rows.update(seniority_at=SENT_AT - timedelta(days=1)) == 1


# -- merges


def test_a_merge_keeps_the_earlier_place_and_undone_gives_each_its_own(scheme):
    kept = make_candidate(scheme, **OWN, seniority_at=SENT_AT)
    gone = make_candidate(scheme)
    earlier = SENT_AT - timedelta(days=1)
    Candidate.objects.filter(pk=gone.pk).update(seniority_at=earlier)

    actions.merge_into(gone=gone, kept=kept, actor=CARLA, at=NOON)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.status, kept.seniority_at) == ("active", earlier)
    assert (gone.status, gone.merged_into) == ("merged", kept)

    actions.unmerge(gone=gone, kept=kept, actor=CARLA, at=NOON + timedelta(days=1))
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.status, kept.seniority_at) == ("active", SENT_AT)
    assert (gone.status, gone.seniority_at, gone.merged_into) == ("active", earlier, None)


def test_undoing_one_of_two_merges_leaves_the_place_of_the_other(scheme):
    kept = make_candidate(scheme, **OWN)
    first, second = make_candidate(scheme), make_candidate(scheme)
    for days, gone in ((9, first), (5, second)):
        Candidate.objects.filter(pk=gone.pk).update(seniority_at=SENT_AT - timedelta(days=days))
    for minutes, gone in enumerate((first, second)):
        actions.merge_into(gone=gone, kept=kept, actor=CARLA, at=NOON + timedelta(minutes=minutes))

    actions.unmerge(gone=first, kept=kept, actor=CARLA, at=NOON + timedelta(days=1))

    kept.refresh_from_db()
    assert kept.seniority_at == SENT_AT - timedelta(days=5)


def test_an_own_pause_is_still_ones_own_after_a_merge_was_undone(scheme):
    kept, gone = make_candidate(scheme), make_candidate(scheme, **OWN)
    move(gone, ReasonUse.PAUSING)
    actions.merge_into(gone=gone, kept=kept, actor=CARLA, at=NOON)

    actions.unmerge(gone=gone, kept=kept, actor=CARLA, at=NOON)

    assert move(gone, ReasonUse.RETURNING).status == "active"


def test_what_is_merged_is_neither_moved_nor_merged_again(scheme):
    kept, gone = make_candidate(scheme), make_candidate(scheme, **OWN)
    actions.merge_into(gone=gone, kept=kept, actor=CARLA, at=NOON)

    again = {"gone": gone, "kept": kept, "actor": CARLA, "at": NOON}
    assert refused(lambda: move(gone, ReasonUse.WITHDRAWING)) == ["candidate_merged"]
    assert refused(lambda: actions.merge_into(**again)) == ["candidate_merged"]


def test_only_a_merge_is_undone(scheme):
    kept, gone = make_candidate(scheme), make_candidate(scheme)

    again = {"gone": gone, "kept": kept, "actor": CARLA, "at": NOON}
    assert refused(lambda: actions.unmerge(**again)) == ["not-merged"]


def test_an_unsent_registration_is_not_merged(scheme):
    kept, gone = make_candidate(scheme), make_candidate(scheme, status="registering")

    again = {"gone": gone, "kept": kept, "actor": CARLA, "at": NOON}
    assert refused(lambda: actions.merge_into(**again)) == ["not-sent"]
