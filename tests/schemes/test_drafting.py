"""A call drafted in the office: the way back from rows, who begins and changes it, what a copy keeps."""

from datetime import date

import msgspec
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.schemes.making import texts
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes import queries, rules
from tragitto.schemes.actions import begin_draft, load, publish, revise_draft
from tragitto.schemes.models import Call, Region, Window
from tragitto.schemes.pack import GapSpec, WindowSpec, filled
from tragitto.schemes.queries.acts import _window

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("cli")
BACKWARDS = WindowSpec(number=1, last_day=date(2025, 7, 31), opens_on=date(2025, 8, 1))
NOWHERE = GapSpec(path="windows.9.opens_on", what=texts(), source="-", stand_in="2025-01-01")


def of(call: Call, code: str = "U-CARLA", role: str = "officer") -> Actor:
    """Somebody of the body that publishes `call`."""
    return Actor(code=code, organisation=call.publisher.code, roles=frozenset({role}), door="office")


def found(refusal) -> list[str]:
    return sorted({finding.code for finding in refusal.value.findings})


def begin(call: Call, **more) -> Call:
    """A copy of `call`, begun by Carla."""
    words = {"title": texts("New"), "summary": texts("Summary"), "copied_from": call}
    told = {"code": "a-new-call", "region": call.region, "actor": of(call), **words, **more}
    return begin_draft(**told, at=NOON)


def revised(call: Call, *, actor: Actor | None = None, seen: str = "", **more) -> Call:
    """`call` with some of its values changed by Carla."""
    whole = queries.whole_of(call)
    changed = msgspec.structs.replace(whole, call=msgspec.structs.replace(whole.call, **more))
    actor, seen = actor or of(call), seen or call.content_hash
    return revise_draft(call=call, whole=changed, seen=seen, actor=actor, at=NOON)


def test_the_way_back_from_the_rows_gives_what_the_pack_said(rehearsed, shipped):
    said = {spec.code: filled(spec) for spec in shipped.calls}

    for call in Call.objects.all():
        back = queries.spec_of(call)
        assert msgspec.structs.replace(back, notice="") == msgspec.structs.replace(said[call.code], notice="")


def test_forms_and_notice_come_back_too(rehearsed, shipped):
    spec = next(each for each in shipped.calls if each.code == rehearsed.code)

    back = queries.whole_of(rehearsed)

    assert (back.forms, back.notice) == (shipped.whole(spec).forms, shipped.whole(spec).notice)


def test_what_comes_back_has_the_hash_it_was_written_with(rehearsed):
    for call in Call.objects.all():
        whole = queries.whole_of(call)
        assert call.content_hash == rules.call_hash(whole, True, call.journey.code, call.journey.version)


@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)), at=st.times())
def test_the_last_second_of_a_window_survives_the_way_to_an_instant_and_back(day, at):
    closes = rules.closing_instant(day, at, "Europe/Rome")

    back = _window(Window(number=1, closes_at=closes), "Europe/Rome")
    # In the hour that the clocks skip there is no such second: the instant is what counts.
    assert rules.closing_instant(back["last_day"], back["last_time"], "Europe/Rome") == closes


def test_a_copy_takes_over_all_but_the_act_and_its_dates(rehearsed):
    copy = queries.spec_of(begin(rehearsed))
    model = queries.spec_of(rehearsed)

    assert (copy.act, copy.act_on, copy.windows, copy.calendar) == ("", None, (), ())
    assert (copy.criteria, copy.texts, copy.privacy) == (model.criteria, model.texts, model.privacy)
    assert copy.title == texts("New")


def test_a_copy_keeps_no_choice_about_a_question_nobody_asks(rehearsed):
    copy = begin(rehearsed)

    problems = queries.problems_of(queries.whole_of(copy), copy.scheme)

    assert "choice_without_question" not in {problem.code for problem in problems}


def test_a_draft_from_nothing_says_what_it_lacks(rehearsed):
    draft = begin(rehearsed, copied_from=None)

    problems = queries.problems_of(queries.whole_of(draft), draft.scheme)

    left_out = {problem.path for problem in problems if problem.code == "left_out"}
    assert left_out == {
        "act", "act_on", "forms", "help_address", "mailbox", "notice", "privacy", "purposes", "windows",
    }  # fmt: skip


def test_beginning_is_written_down_with_where_it_came_from(rehearsed):
    draft = begin(rehearsed)

    entry = Entry.objects.get(verb="call.begun")
    assert (entry.subject, entry.facts["copied_from"]) == (draft.code, rehearsed.code)
    assert (draft.copied_from, draft.drafters, draft.is_rehearsal) == (rehearsed, ["U-CARLA"], True)


@pytest.mark.parametrize("role", ["reviewer", "observer", "administrator"])
def test_neither_reviewers_nor_observers_begin_a_call(rehearsed, role):
    with pytest.raises(NotAllowed) as refusal:
        begin(rehearsed, actor=of(rehearsed, role=role))

    assert found(refusal) == ["may_not_begin"]


def test_a_body_without_the_duty_begins_no_call(rehearsed):
    make_organisation("another-office")
    stranger = Actor("U-SARA", "another-office", frozenset({"publisher"}), "office")

    with pytest.raises(NotAllowed):
        begin(rehearsed, actor=stranger)
    assert queries.regions_to_draft(stranger) == []


def test_a_body_publishes_in_its_own_region_alone(rehearsed):
    elsewhere = Region.objects.exclude(pk=rehearsed.region_id).first()

    with pytest.raises(NotAllowed):
        begin(rehearsed, region=elsewhere)
    assert queries.regions_to_draft(of(rehearsed)) == [rehearsed.region]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": {"it": "Nuovo"}}, "missing_language"),
        ({"summary": {}}, "missing_language"),
    ],
)
def test_what_a_beginning_lacks_is_named(rehearsed, more, code):
    with pytest.raises(Blocked) as refusal:
        begin(rehearsed, **more)

    assert found(refusal) == [code]


def test_a_code_is_given_once(rehearsed):
    begin(rehearsed)

    with pytest.raises(Blocked) as refusal:
        begin(rehearsed)

    assert found(refusal) == ["code_taken"]


def test_a_draft_is_changed_and_remembers_everybody_who_wrote_it(rehearsed):
    draft = begin(rehearsed)

    changed = revised(draft, actor=of(draft, "U-BEA", "publisher"), act="Decree 7")

    assert (changed.act, changed.drafted_by, changed.drafters) == ("Decree 7", "U-BEA", ["U-CARLA", "U-BEA"])


def test_saying_the_same_again_writes_nothing(rehearsed):
    draft = begin(rehearsed)

    again = revised(draft, actor=of(draft, "U-BEA"))

    assert (again.drafters, Entry.objects.filter(verb="call.drafted").count()) == (["U-CARLA"], 0)


def test_two_who_change_one_draft_do_not_overwrite_each_other(rehearsed):
    draft = begin(rehearsed)
    seen = draft.content_hash
    revised(draft, act="Decree 7")

    with pytest.raises(Stale) as refusal:
        revised(Call.objects.get(pk=draft.pk), seen=seen, act="Decree 8")

    assert found(refusal) == ["draft_moved_on"]


def test_another_body_changes_nothing(rehearsed):
    draft = begin(rehearsed)

    with pytest.raises(NotAllowed) as refusal:
        revised(draft, actor=Actor("U-SARA", "another-office", frozenset({"officer"})), act="Decree 7")

    assert found(refusal) == ["may_not_draft"]


def test_what_is_published_is_not_drafted_any_more(rehearsed, publisher_of):
    publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)

    with pytest.raises(Stale) as refusal:
        revised(rehearsed, act="Decree 7")

    assert found(refusal) == ["call_not_a_draft"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"zone": "Europe/Nowhere"}, "unknown_zone"),
        ({"region": "nowhere"}, "unknown_region"),
        ({"journey": "nowhere"}, "unknown_journey"),
        ({"windows": (BACKWARDS,)}, "ends_before_it_starts"),
        ({"gaps": (NOWHERE,)}, "wrong_gap"),
        ({"forms": ("no-such-form",)}, "unknown_form"),
    ],
)  # fmt: skip
def test_what_the_rows_cannot_hold_is_refused(rehearsed, more, code):
    draft = begin(rehearsed)

    with pytest.raises(Blocked) as refusal:
        revised(draft, **more)

    assert code in found(refusal)


def test_a_draft_may_be_moved_to_no_region_that_is_anothers(rehearsed):
    elsewhere = Region.objects.exclude(pk=rehearsed.region_id).first()

    with pytest.raises(Blocked) as refusal:
        revised(begin(rehearsed), region=elsewhere.code)

    assert found(refusal) == ["may_not_begin"]


def test_nobody_who_ever_wrote_a_draft_publishes_it(rehearsed):
    first = of(rehearsed, "U-BEA", "publisher")
    draft = revised(rehearsed, actor=first, proposer="Another function")
    draft = revised(draft, actor=of(rehearsed), proposer="A third function")

    with pytest.raises(NotAllowed) as refusal:
        publish(call=draft, actor=first, at=NOON)

    assert found(refusal) == ["second_person_needed"]


def test_the_database_refuses_a_publisher_who_drafted(rehearsed):
    draft = revised(rehearsed, actor=of(rehearsed, "U-BEA"), proposer="Another function")
    draft = revised(draft, proposer="A third function")

    with pytest.raises(IntegrityError, match="call_published_by_none_of_its_drafters"), transaction.atomic():
        Call.objects.filter(pk=draft.pk).update(status="published", published_at=NOON, published_by="U-BEA")


def test_loading_again_leaves_what_the_office_has_changed(rehearsed, shipped):
    revised(rehearsed, proposer="Another function")

    loaded = load(pack=shipped, actor=HOUSE, at=NOON, rehearsal=True)

    assert (loaded.written, Call.objects.get(pk=rehearsed.pk).proposer) == ((), "Another function")


def test_loading_a_changed_pack_over_a_changed_draft_is_refused(rehearsed, shipped):
    revised(rehearsed, proposer="Another function")
    specs = tuple(
        msgspec.structs.replace(spec, proposer="A third") if spec.code == rehearsed.code else spec
        for spec in shipped.calls
    )

    with pytest.raises(Blocked) as refusal:
        load(pack=msgspec.structs.replace(shipped, calls=specs), actor=HOUSE, at=NOON, rehearsal=True)

    assert found(refusal) == ["draft_changed_in_office"]


def test_an_error_of_the_check_keeps_a_draft_from_being_published(rehearsed, publisher_of):
    draft = revised(rehearsed, review_term="no.such.term")

    with pytest.raises(Blocked) as refusal:
        publish(call=draft, actor=publisher_of(draft), at=NOON)

    assert found(refusal) == ["term_without_law"]


def test_a_field_fact_that_no_form_gives_is_found(rehearsed):
    review = msgspec.structs.replace(queries.review_of(rehearsed), hidden=("contact", "no.such.fact"))

    draft = revised(rehearsed, review=review)

    problems = queries.problems_of(queries.whole_of(draft), draft.scheme)
    assert [(each.code, each.path, each.matter) for each in problems if each.is_error] == [
        ("unknown_fact", "review.hidden", "no.such.fact")
    ]
