"""Changing many people at once: seen before it is done, asked again when it is, and never done twice."""

from datetime import timedelta

import pytest

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.candidates.making import (
    AMINA,
    DARIO,
    ELIF,
    KEEPER_ORGANISATION,
    NOON,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.accounts.models import Membership, Organisation
from tragitto.accounts.queries import actor_for
from tragitto.candidates.actions import bulk, indexing, listing, move, working
from tragitto.candidates.models import Candidate, StatusChange, Work
from tragitto.candidates.queries import lists
from tragitto.candidates.queries.bulk import preview
from tragitto.candidates.rules.bulk import Change, digest_of
from tragitto.candidates.tasks.working import do_work
from tragitto.candidates.vocabulary import BulkAct, ListKind, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Refusal, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus

pytestmark = pytest.mark.django_db
ON = NOON.date()
HOUSE = Actor.system("task")


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def carla(scheme) -> Actor:
    """Carla, whom the background finds again by her account."""
    office = Organisation.objects.get(code=KEEPER_ORGANISATION)
    herself = make_person("Carla")
    grant_long_ago(herself, ["officer"], office)
    return actor_for(herself, on=ON, door="office", organisation=office.code)


def pausing(scheme) -> Change:
    """The change that pauses people at their own wish."""
    reason = roster_of(scheme).reason_for(ReasonUse.PAUSING)
    return Change(act=BulkAct.MOVE, reason=reason.code)


def order(scheme, change, people, actor, seen=None) -> Work:
    codes = [each.code for each in people]
    looked = preview(actor, scheme, change, codes, on=ON)
    return bulk.order_change(
        scheme=scheme,
        change=change,
        people=codes,
        seen=looked.digest if seen is None else seen,
        language="en",
        actor=actor,
        at=NOON,
    )


def run(work: Work) -> Work:
    begun = working.begin(code=work.code, actor=HOUSE, at=NOON)
    if begun is not None:
        bulk.carry_out(work=begun, actor=HOUSE, at=NOON)
    return Work.objects.get(pk=work.pk)


def statuses(*people) -> list[str]:
    return [Candidate.objects.get(pk=each.pk).status for each in people]


# --- the preview ---


def test_the_preview_says_who_is_touched_and_why_the_others_are_not(scheme, carla):
    amina, own = make_candidate(scheme), make_candidate(scheme, account=carla.code)
    paused = make_candidate(scheme, status=RosterStatus.PAUSED)
    merged = make_candidate(scheme, status=RosterStatus.MERGED, merged_into=amina)
    draft = make_candidate(scheme, status=RosterStatus.REGISTERING)

    people = [each.code for each in (amina, own, paused, merged, draft)]
    looked = preview(carla, scheme, pausing(scheme), people, on=ON)

    assert looked.touched == [amina.code]
    assert looked.left == {
        "own-file": [own.code],
        "not-from-here": [paused.code],
        "candidate_merged": [merged.code],
    }


def test_what_is_seen_does_not_hang_on_the_order():
    assert digest_of(["a", "b"]) == digest_of(["b", "a"]) != digest_of(["a"])


def test_the_preview_of_a_list_leaves_out_who_stands_on_it(scheme, carla):
    amina, salma = make_candidate(scheme), make_candidate(scheme)
    roster_list = listing.make_list(scheme=scheme, kind=ListKind.WORKING, name="L", actor=carla, at=NOON)
    listing.put_on_list(roster_list=roster_list, candidates=[amina.code], actor=carla, at=NOON)
    codes = [amina.code, salma.code]

    put, off = (
        preview(carla, scheme, Change(act=act, roster_list=roster_list.code), codes, on=ON)
        for act in (BulkAct.LIST, BulkAct.UNLIST)
    )

    assert (put.touched, put.left) == ([salma.code], {"on-the-list": [amina.code]})
    assert (off.touched, off.left) == ([amina.code], {"not-on-the-list": [salma.code]})


def test_only_those_on_the_roster_are_asked(scheme, carla):
    amina, paused = make_candidate(scheme), make_candidate(scheme, status=RosterStatus.PAUSED)

    looked = preview(carla, scheme, Change(act=BulkAct.ASK), [amina.code, paused.code], on=ON)

    assert (looked.touched, looked.left) == ([amina.code], {"not-on-the-roster": [paused.code]})


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_however_many(scheme, carla, count, django_assert_num_queries):
    codes = [make_candidate(scheme).code for _each in range(count)]
    change = pausing(scheme)

    with django_assert_num_queries(2):
        assert len(preview(carla, scheme, change, codes, on=ON).touched) == count


# --- the order ---


@pytest.mark.parametrize("actor", [AMINA, DARIO, ELIF, STRANGER])
def test_only_officers_of_a_keeper_change_many(scheme, actor):
    with pytest.raises(NotAllowed):
        order(scheme, pausing(scheme), [make_candidate(scheme)], actor)


def code_of(scheme, carla, change, people, **more) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        order(scheme, change, people, carla, **more)
    return [each.code for each in refusal.value.findings]


def test_others_than_were_seen_are_not_touched(scheme, carla):
    amina, salma = make_candidate(scheme), make_candidate(scheme)

    with pytest.raises(Stale) as refusal:
        order(scheme, pausing(scheme), [amina, salma], carla, seen=digest_of([amina.code]))

    assert [each.code for each in refusal.value.findings] == ["others_than_seen"]
    assert not Work.objects.exists()


def test_a_change_that_touches_nobody_is_not_ordered(scheme, carla):
    paused = make_candidate(scheme, status=RosterStatus.PAUSED)

    assert code_of(scheme, carla, pausing(scheme), [paused]) == ["touches_nobody"]


def test_an_unknown_reason_and_an_unknown_list_are_refused(scheme, carla):
    amina = make_candidate(scheme)

    assert code_of(scheme, carla, Change(act=BulkAct.MOVE, reason="x"), [amina]) == ["reason-unknown"]
    assert code_of(scheme, carla, Change(act=BulkAct.LIST, roster_list="x"), [amina]) == ["list-unknown"]


def test_a_reason_that_needs_a_note_is_not_given_without(scheme, carla):
    wordless = next(each for each in roster_of(scheme).reasons if each.needs_note)
    change = Change(act=BulkAct.MOVE, reason=wordless.code)

    assert code_of(scheme, carla, change, [make_candidate(scheme)]) == ["note-missing"]


def test_too_many_are_refused(scheme, carla, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 1)

    people = [make_candidate(scheme), make_candidate(scheme)]

    assert code_of(scheme, carla, pausing(scheme), people) == ["too_many"]


# --- the doing ---


def test_it_is_done_to_each_in_the_background(scheme, carla):
    amina, salma = make_candidate(scheme), make_candidate(scheme)
    indexing.refresh([amina.pk, salma.pk])

    work = run(order(scheme, pausing(scheme), [amina, salma], carla))

    assert statuses(amina, salma) == ["paused", "paused"]
    assert (work.state, work.done, work.outcome) == (WorkState.DONE, 2, {})
    assert {each.actor for each in StatusChange.objects.filter(after="paused")} == {carla.code}
    told = Entry.objects.filter(subject=work.code).order_by("pk").values_list("verb", "facts__people")
    assert list(told) == [("roster.change_ordered", 2), ("roster.many_changed", 2)]


def test_who_moved_on_meanwhile_is_left_with_the_reason(scheme, carla):
    amina, salma = make_candidate(scheme), make_candidate(scheme)
    ordered = order(scheme, pausing(scheme), [amina, salma], carla)
    withdrawing = roster_of(scheme).reason_for(ReasonUse.WITHDRAWING)
    move(candidate=amina, reason=withdrawing.code, actor=carla, at=NOON)

    work = run(ordered)

    assert statuses(amina, salma) == ["withdrawn", "paused"]
    assert work.outcome["left"]["not-from-here"]["people"] == [amina.code]


def test_who_was_under_age_when_sent_is_left_and_holds_up_nobody(scheme, carla):
    """A later document may say so between the order and the doing."""
    amina, bruno = (make_candidate(scheme, status="paused", reason="office-stop") for _each in range(2))
    back = next(each for each in roster_of(scheme).reasons if each.use == ReasonUse.RETURNING)
    work = order(scheme, Change(act=BulkAct.MOVE, reason=back.code), [amina, bruno], carla)
    Candidate.objects.filter(pk=amina.pk).update(adult_on=NOON.date())

    work = run(work)

    assert statuses(amina, bruno) == ["paused", "active"]
    assert work.outcome["left"]["under-age-when-sent"]["people"] == [amina.code]


def test_rights_that_ended_meanwhile_end_the_work(scheme, carla):
    amina = make_candidate(scheme)
    ordered = order(scheme, pausing(scheme), [amina], carla)
    Membership.objects.filter(user__code=carla.code).update(ends_on=ON - timedelta(days=1))

    work = run(ordered)

    assert (work.state, work.problem, statuses(amina)) == (WorkState.FAILED, "not-allowed", ["active"])


def test_a_cancelled_work_does_nothing_more(scheme, carla):
    amina = make_candidate(scheme)
    ordered = order(scheme, pausing(scheme), [amina], carla)
    working.cancel(work=ordered, actor=carla, at=NOON)

    assert (run(ordered).state, statuses(amina)) == (WorkState.CANCELLED, ["active"])


def test_it_stops_between_two_people_when_it_is_cancelled(scheme, carla, monkeypatch):
    people = [make_candidate(scheme) for _each in range(3)]
    ordered = order(scheme, pausing(scheme), people, carla)
    monkeypatch.setattr(bulk, "_AT_A_TIME", 1)
    done = bulk._some

    def cancelled_after_one(*given):
        found = done(*given)
        if found is not None and found.done == 1:
            working.cancel(work=ordered, actor=carla, at=NOON)
        return found

    monkeypatch.setattr(bulk, "_some", cancelled_after_one)
    work = run(ordered)

    assert (work.state, work.done, statuses(*people)) == (
        WorkState.CANCELLED,
        1,
        ["paused", "active", "active"],
    )


def test_a_killed_worker_s_work_goes_on_where_it_stood(scheme, carla, monkeypatch):
    people = [make_candidate(scheme) for _each in range(3)]
    ordered = order(scheme, pausing(scheme), people, carla)
    monkeypatch.setattr(bulk, "_AT_A_TIME", 1)
    whole, acted = bulk._act, []

    def killed_at_the_second(work, person, *rest):
        if len(acted) == 1:
            acted.append("killed")
            raise KeyboardInterrupt
        acted.append(person.code)
        whole(work, person, *rest)

    monkeypatch.setattr(bulk, "_act", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(ordered)
    work = run(ordered)

    assert acted == [people[0].code, "killed", people[1].code, people[2].code]
    assert (work.state, work.done, statuses(*people)) == (WorkState.DONE, 3, ["paused"] * 3)
    assert StatusChange.objects.filter(after="paused").count() == 3


def test_work_that_is_done_is_not_done_again(scheme, carla):
    amina = make_candidate(scheme)
    ordered = order(scheme, pausing(scheme), [amina], carla)
    run(ordered)

    assert working.begin(code=ordered.code, actor=HOUSE, at=NOON) is None


def test_people_are_put_on_a_list_and_taken_off_together(scheme, carla):
    people = [make_candidate(scheme) for _each in range(2)]
    roster_list = listing.make_list(scheme=scheme, kind=ListKind.WORKING, name="L", actor=carla, at=NOON)
    change = Change(act=BulkAct.LIST, roster_list=roster_list.code, note="for June")

    run(order(scheme, change, people, carla))
    filled = [(each.candidate.code, each.note) for each in lists.entries(roster_list)]
    run(order(scheme, Change(act=BulkAct.UNLIST, roster_list=roster_list.code), people, carla))

    assert filled == [(each.code, "for June") for each in people]
    assert list(lists.entries(roster_list)) == []


def test_who_cannot_be_reached_is_left_with_the_reason(scheme, carla):
    amina = make_candidate(scheme, phone="", email="")

    work = run(order(scheme, Change(act=BulkAct.ASK), [amina], carla))

    assert work.outcome["left"]["no-way-to-reach"]["people"] == [amina.code]


def test_the_job_notes_what_breaks(scheme, carla, monkeypatch):
    ordered = order(scheme, pausing(scheme), [make_candidate(scheme)], carla)
    monkeypatch.setattr(bulk, "_act", lambda *_given: 1 / 0)

    do_work(code=ordered.code)

    assert Work.objects.values_list("state", "problem").get() == (WorkState.FAILED, "broken")


def test_only_who_ordered_it_cancels_it_and_only_while_it_runs(scheme, carla):
    ordered = order(scheme, pausing(scheme), [make_candidate(scheme)], carla)

    with pytest.raises(NotAllowed):
        working.cancel(work=ordered, actor=DARIO, at=NOON)
    run(ordered)
    with pytest.raises(Stale):
        working.cancel(work=ordered, actor=carla, at=NOON)


def test_what_was_ordered_names_people_by_their_codes_alone(scheme, carla):
    amina = make_candidate(scheme)

    work = order(scheme, pausing(scheme), [amina], carla)

    assert (work.parameters["people"], set(work.parameters)) == (
        [amina.code],
        {"act", "reason", "note", "roster_list", "people", "language"},
    )


def test_blocked_is_a_refusal_that_writes_nothing(scheme, carla):
    with pytest.raises(Blocked):
        order(scheme, Change(act=BulkAct.MOVE, reason="x"), [make_candidate(scheme)], carla)

    assert not Work.objects.exists()
