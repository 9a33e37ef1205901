"""Batches: tried row by row, applied whole or not at all, sent again without harm, cancelled, forgotten."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.candidates.making import (
    CARLA,
    ELIF,
    NOON,
    OTHER_PARTNER,
    STRANGER,
    make_candidate,
    make_passport,
    make_scheme,
)
from tests.candidates.registering_others import (
    HOUSE,
    applied,
    codes,
    fresh,
    row,
    taken,
    tried,
    verdicts,
    xlsx,
)
from tragitto.candidates.actions import applying, batches, checking, forgetting_batches
from tragitto.candidates.models import Batch, BatchRow, Candidate, LikePair, Registration
from tragitto.candidates.queries import batches as queries
from tragitto.candidates.tasks import batches as tasks
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


def jobs(name: str) -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name)]


def take(scheme: Scheme, content: bytes, actor=ELIF) -> Batch:
    return batches.take_file(scheme=scheme, name="anapec.xlsx", content=content, actor=actor, at=NOON)


# --- taking in ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_a_spreadsheet_is_read_whatever_the_language_of_its_headings(scheme, language):
    batch = take(scheme, xlsx([row(1), row(2)], language, before=2))

    assert (batch.state, batch.total) == ("checking", 2)
    assert [each.raw for each in batch.rows.order_by("number")] == [row(1), row(2)]
    assert [each.number for each in batch.rows.order_by("number")] == [4, 5]
    assert jobs("candidates.check_batch") == [{"code": batch.code}]


def test_separated_values_are_read_and_formulas_stay_text(scheme):
    batch = take(scheme, "Référence;Nom;Prénom;Ville\r\nA-1;=1+1;OMAR;Fès\r\n".encode())

    assert [each.raw for each in batch.rows.all()] == [
        {"reference": "A-1", "surnames": "=1+1", "given_names": "OMAR", "town": "Fès"}
    ]


def test_columns_that_are_none_of_ours_are_named_and_not_kept(scheme):
    batch = take(scheme, "Référence;Nom;Sexe\nA-1;TAZI;M\n".encode())

    assert batch.columns == [["Référence", "reference"], ["Nom", "surnames"], ["Sexe", ""]]
    assert batch.rows.get().raw == {"reference": "A-1", "surnames": "TAZI"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 nothing", "unreadable"),
        ("Nom;Prénom\nTAZI;OMAR\n".encode(), "no-headings"),
        ("Référence;Nom;Cognome\n1;TAZI;TAZI\n".encode(), "headings-twice"),
        ("Référence;Nom\n".encode(), "no-rows"),
        (b"x" * (batches.MOST_BYTES + 1), "too-large"),
    ],
)
def test_what_is_no_list_of_people_is_refused_with_a_reason(scheme, content, code):
    with pytest.raises(Blocked) as refusal:
        take(scheme, content)

    assert [finding.code for finding in refusal.value.findings] == [code]
    assert list(Batch.objects.all()) == []


def test_the_same_file_again_is_the_same_batch_until_it_is_applied(scheme):
    file = xlsx([row()])
    first = take(scheme, file)

    assert take(scheme, file) == first
    batches.cancel_batch(batch=first, actor=ELIF, at=NOON)
    assert take(scheme, file) != first


@pytest.mark.parametrize("actor", [STRANGER, OTHER_PARTNER, CARLA])
def test_nobody_else_sends_batches(scheme, actor):
    with pytest.raises(NotAllowed):
        take(scheme, xlsx([row()]), actor)


# --- trying ------------------------------------------------------------------------------------------------


def test_each_row_gets_its_verdict_and_nothing_is_entered(scheme):
    applied(scheme, [row(1), row(2)])
    people = Candidate.objects.count()

    batch = tried(scheme, [row(1), row(2, town="Rabat"), row(3), row(4, birth_on="soon")])

    assert verdicts(batch) == ["same", "changed", "new", "refused"]
    assert batch.counts == {"same": 1, "changed": 1, "new": 1, "refused": 1}
    assert (batch.state, batch.done, Candidate.objects.count()) == ("checked", 4, people)


def test_a_change_shows_what_it_was_and_what_it_would_be(scheme):
    applied(scheme, [row(town="Fès")])

    batch = tried(scheme, [row(town="Rabat")])

    assert batch.rows.get().differences == {"town": {"ours": "Fès", "theirs": "Rabat", "taken": True}}


def test_what_the_person_wrote_is_shown_to_stay(scheme):
    applied(scheme, [row(town="Fès")])
    identity = Candidate.objects.get().identity
    identity.town = "Agadir"
    identity.save(update_fields=["town"])

    batch = tried(scheme, [row(town="Rabat")])

    assert (verdicts(batch), codes(batch), batch.counts) == (
        ["same"],
        [("town", "kept")],
        {"same": 1, "kept": 1},
    )
    assert [each.number for each in queries.rows(batch, "kept")] == [1]


def test_every_reason_of_a_refusal_is_named(scheme):
    batch = tried(scheme, [row(birth_on="soon", phone="12", profile_1="baker")])

    assert sorted(codes(batch)) == [
        ("birth_on", "no_day"),
        ("phone", "no_phone"),
        ("profile_1", "not_in_list"),
    ]


def test_two_rows_of_one_reference_are_both_refused(scheme):
    batch = tried(scheme, [row(1), row(2, reference="AN-00001")])

    assert verdicts(batch) == ["refused", "refused"]
    assert codes(batch, 2) == [("reference", "reference_twice")]


def test_a_row_by_which_somebody_was_too_young_when_sent_is_refused(scheme):
    applied(scheme, [row(1)], at=datetime(2026, 9, 1, 9, 0, tzinfo=UTC))

    batch = tried(scheme, [row(1, birth_on="01/10/2008")])

    assert (verdicts(batch), codes(batch)) == (["refused"], [("birth_on", "under_age_when_sent")])


def test_a_second_trial_asks_for_nothing_that_was_erased(scheme):
    """Nor does one that a killed worker left in the middle."""
    batch = tried(scheme, [row(1), row(2, birth_on="01/01/2015")])
    said, counts = codes(batch, 2), batch.counts
    Batch.objects.filter(pk=batch.pk).update(state="checking")

    checking.check(code=batch.code, actor=HOUSE, at=NOON)

    batch = fresh(batch)
    assert (verdicts(batch), codes(batch, 2), batch.counts) == (["new", "refused"], said, counts)


def test_of_who_is_too_young_nothing_but_the_reason_stays(scheme):
    batch = tried(scheme, [row(birth_on="2012-01-01")])

    kept = batch.rows.get()
    assert (kept.raw, kept.values, kept.verdict) == ({"reference": "AN-00001"}, {}, "refused")


@pytest.mark.parametrize("sign", ["\0", "\ud800"], ids=["nul", "half"])
def test_a_row_with_signs_that_are_no_text_is_not_taken(scheme, sign):
    with pytest.raises(Blocked) as refusal:
        taken(scheme, [row(town=f"F{sign}s")])

    assert [finding.code for finding in refusal.value.findings] == ["not-text"]


def test_rows_that_look_like_one_another_are_doubtful(scheme):
    batch = tried(scheme, [row(1), row(1, reference="AN-2")])

    assert verdicts(batch) == ["doubtful", "doubtful"]
    assert codes(batch, 1) == [("reference", "like_row")]


def test_of_somebody_on_the_roster_whom_others_registered_nothing_is_said(scheme):
    known = make_candidate(scheme, surnames="ZNIBER", given_names="LEILA", passport=None)
    make_passport(known, number="AB0000001")

    batch = applied(scheme, [row(surnames="ZNIBER", given_names="LEILA", birth_on="1998-03-14")])

    assert (verdicts(batch), codes(batch)) == (["new"], [])
    assert LikePair.objects.filter(state="open").count() == 1


def test_ones_own_person_under_another_reference_is_named(scheme):
    applied(scheme, [row(1)])

    batch = tried(scheme, [row(1, reference="OTHER")])

    assert batch.rows.get().problems[0]["facts"] == {"reference": "AN-00001"}


def test_a_trial_ended_in_the_middle_begins_anew(scheme, monkeypatch):
    monkeypatch.setattr(checking, "STEP", 2)
    batch = taken(scheme, [row(number) for number in range(1, 6)])
    steps = iter(range(10))

    def dies(self, numbers):
        if next(steps) == 1:
            raise SystemExit
        return {}

    with monkeypatch.context() as dying:
        dying.setattr(checking.LikelyRows, "of", dies)
        with pytest.raises(SystemExit):
            checking.check(code=batch.code, actor=HOUSE, at=NOON)
    assert (fresh(batch).state, fresh(batch).done) == ("checking", 2)

    checking.check(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, fresh(batch).done, verdicts(batch)) == ("checked", 5, ["new"] * 5)


def test_a_cancelled_batch_is_tried_no_further(scheme):
    batch = taken(scheme, [row()])
    batches.cancel_batch(batch=batch, actor=ELIF, at=NOON)

    checking.check(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, list(BatchRow.objects.all())) == ("cancelled", [])


# --- applying ----------------------------------------------------------------------------------------------


def test_applied_everybody_is_on_the_roster_and_the_rows_know_whom(scheme):
    batch = applied(scheme, [row(1), row(2), row(3, birth_on="soon")])

    assert (batch.state, batch.applied_by, batch.applied_at) == ("applied", ELIF.code, NOON)
    assert sorted(Registration.objects.values_list("reference", flat=True)) == ["AN-00001", "AN-00002"]
    assert [each.candidate is not None for each in batch.rows.order_by("number")] == [True, True, False]
    assert jobs("candidates.tell_registered") == [{}]


def test_applied_once_more_nothing_happens_twice(scheme):
    batch = applied(scheme, [row()])
    entries = Entry.objects.count()

    batches.apply_batch(batch=batch, leaves_out=True, actor=ELIF, at=NOON)
    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (Candidate.objects.count(), Entry.objects.count()) == (1, entries)


def test_ended_in_the_middle_nobody_was_entered_and_the_job_goes_on(scheme, monkeypatch):
    batch = tried(scheme, [row(1), row(2)])
    batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)

    def dies(**_given):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(applying.entering.likeness, "note", dies)
        with pytest.raises(SystemExit):
            applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)
    assert (fresh(batch).state, Candidate.objects.count()) == ("applying", 0)

    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, Candidate.objects.count()) == ("applied", 2)


def test_refused_rows_are_left_out_only_if_somebody_says_so(scheme):
    batch = tried(scheme, [row(1), row(2, birth_on="soon")])

    with pytest.raises(Blocked) as refusal:
        batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)

    assert [finding.code for finding in refusal.value.findings] == ["rows_refused"]
    assert fresh(batch).state == "checked"


def test_where_nothing_would_be_entered_there_is_nothing_to_apply(scheme):
    batch = tried(scheme, [row(birth_on="soon")])

    with pytest.raises(Blocked) as refusal:
        batches.apply_batch(batch=batch, leaves_out=True, actor=ELIF, at=NOON)

    assert [finding.code for finding in refusal.value.findings] == ["nothing_to_enter"]


def test_a_batch_that_was_not_tried_is_not_applied(scheme):
    with pytest.raises(Stale):
        batches.apply_batch(batch=taken(scheme, [row()]), leaves_out=True, actor=ELIF, at=NOON)


def test_what_was_tried_is_what_is_done_or_it_is_tried_again(scheme):
    applied(scheme, [row(1, town="Fès")])
    batch = tried(scheme, [row(1, town="Rabat"), row(2)])
    batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)
    identity = Candidate.objects.get().identity
    identity.town = "Agadir"  # the person, meanwhile
    identity.save(update_fields=["town"])

    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, fresh(batch).problem) == ("checking", "moved-on")
    assert Candidate.objects.count() == 1
    checking.check(code=batch.code, actor=HOUSE, at=NOON)
    assert verdicts(batch) == ["same", "new"]


def test_where_the_organisation_registers_no_more_nobody_is_entered(scheme):
    batch = tried(scheme, [row()])
    batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)
    scheme.roster_duties.filter(organisation__code=ELIF.organisation).delete()

    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (Candidate.objects.count(), fresh(batch).state) == (0, "checking")


def test_a_second_worker_takes_an_entered_batch_back_nowhere(scheme, monkeypatch):
    batch = tried(scheme, [row(1)])
    batches.apply_batch(batch=batch, leaves_out=True, actor=ELIF, at=NOON)

    def late(code, at):
        """Another worker enters the batch while this one finds that something moved on."""
        enter(code, at)
        raise Blocked([])

    enter = applying._enter
    monkeypatch.setattr(applying, "_enter", late)
    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, fresh(batch).applied_by) == ("applied", ELIF.code)


def test_doubtful_people_are_entered_and_wait_at_the_desk_of_the_keepers(scheme):
    applied(scheme, [row(1), row(1, reference="AN-2")])

    assert LikePair.objects.filter(state="open").count() == 1


def test_everybody_entered_has_an_entry_of_the_ledger_with_the_batch(scheme):
    batch = applied(scheme, [row(1), row(2)])

    told = Entry.objects.filter(verb="candidate.entered")
    assert sorted(each.subject for each in told) == sorted(Candidate.objects.values_list("code", flat=True))
    assert {each.facts["batch"] for each in told} == {batch.code}


def test_broken_work_is_said_to_be_broken(scheme):
    batch = taken(scheme, [row()])

    applying.fail_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, fresh(batch).problem) == ("failed", "broken")


def test_a_worker_tries_enters_and_says_when_it_broke(scheme, monkeypatch):
    batch = taken(scheme, [row(1)])
    tasks.check_batch(code=batch.code)
    batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)
    with monkeypatch.context() as breaking:
        breaking.setattr(applying, "_demand_as_tried", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.apply_batch(code=batch.code)

    assert (fresh(batch).state, Candidate.objects.count()) == ("failed", 0)


# --- afterwards --------------------------------------------------------------------------------------------


def test_rows_are_forgotten_after_a_month_and_the_counts_stay(scheme):
    done, waiting = applied(scheme, [row(1)]), tried(scheme, [row(2)])

    assert forgetting_batches.forget_batches(actor=HOUSE, at=NOON + timedelta(days=30)) == 0
    assert forgetting_batches.forget_batches(actor=HOUSE, at=NOON + timedelta(days=31)) == 2

    assert list(BatchRow.objects.all()) == []
    assert (fresh(done).state, fresh(done).counts) == ("applied", {"new": 1})
    assert fresh(waiting).state == "cancelled"


def test_what_is_applied_cannot_be_cancelled(scheme):
    with pytest.raises(Stale):
        batches.cancel_batch(batch=applied(scheme, [row()]), actor=ELIF, at=NOON)


@pytest.mark.parametrize("actor", [STRANGER, OTHER_PARTNER, CARLA])
def test_another_organisations_batch_does_not_exist(scheme, actor):
    batch = tried(scheme, [row()])

    with pytest.raises(NotFound):
        queries.get_for(actor, batch.code)
    with pytest.raises(NotAllowed):
        batches.apply_batch(batch=batch, leaves_out=True, actor=actor, at=NOON)
    with pytest.raises(NotAllowed):
        batches.cancel_batch(batch=batch, actor=actor, at=NOON)


def test_entering_costs_the_same_however_many(scheme):
    costs = []
    for numbers in (range(1, 2), range(2, 3), range(3, 6)):
        batch = tried(scheme, [row(number) for number in numbers])
        batches.apply_batch(batch=batch, leaves_out=False, actor=ELIF, at=NOON)
        with CaptureQueriesContext(connection) as queries_made:
            applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)
        costs.append(len(queries_made))

    assert costs[1] == costs[2]  # the first one wakes those who tell people


def test_the_database_knows_the_words_of_verdicts(scheme):
    batch = tried(scheme, [row()])

    with pytest.raises(DatabaseError):
        batch.rows.update(verdict="perhaps")


@pytest.mark.slow
def test_five_thousand_rows_with_mistakes(scheme):
    mistakes = {
        "soon": {"birth_on": "soon"},
        "phone": {"phone": "12"},
        "profile": {"profile_1": "baker"},
        "young": {"birth_on": "2012-02-02"},
    }
    rows = [row(number) for number in range(1, 4801)]
    rows += [row(4800 + at, **list(mistakes.values())[at % 4]) for at in range(1, 201)]

    batch = applied(scheme, rows)

    counted = Counter(verdicts(batch))
    assert counted["refused"] == 200
    assert counted["new"] + counted["doubtful"] == Candidate.objects.count() == 4800
    assert Counter(verdicts(tried(scheme, rows))) == {"same": 4800, "refused": 200}
