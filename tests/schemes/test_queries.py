"""Questions about published things: who sees what, and which call a message is for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tragitto.kernel.refusals import NotFound
from tragitto.schemes import queries
from tragitto.schemes.actions import publish
from tragitto.schemes.models import Call, Window
from tragitto.schemes.vocabulary import DutyKind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_published(rehearsed, publisher_of):
    """The rehearsed calls, all published; the one whose notice is known."""
    for call in Call.objects.select_related("publisher"):
        publish(call=call, actor=publisher_of(call), at=NOON)
    return Call.objects.get(pk=rehearsed.pk)


def test_a_stranger_does_not_know_a_draft(rehearsed, stranger, carla):
    with pytest.raises(NotFound):
        queries.get_call(stranger, rehearsed.code)

    assert queries.get_call(carla, rehearsed.code) == rehearsed
    assert queries.all_calls(stranger) == []


def test_a_stranger_reads_a_published_call(all_published, stranger):
    assert queries.get_call(stranger, all_published.code) == all_published


def test_calls_published_by_a_moment(all_published):
    assert queries.published_calls(NOON - timedelta(seconds=1)) == []
    assert len(queries.published_calls(NOON)) == 3


def test_the_list_of_calls_costs_one_query(all_published, django_assert_num_queries):
    with django_assert_num_queries(1):
        calls = queries.published_calls()
        assert all(call.region.code and call.publisher.code and call.scheme.code for call in calls)


def test_a_message_finds_its_call_by_the_address(all_published):
    address = all_published.mailbox

    assert queries.call_for_address(address.upper(), NOON) == all_published
    assert queries.call_for_address("nobody@pec.example", NOON) is None


def test_a_late_message_finds_its_call_too(all_published):
    late = datetime(2025, 8, 1, 8, 0, tzinfo=UTC)

    assert queries.call_for_address(all_published.mailbox, late) == all_published
    assert queries.window_of(all_published, late) is None


def test_a_draft_takes_no_message(rehearsed):
    assert queries.call_for_address(rehearsed.mailbox, NOON) is None


def test_duties_of_the_region_and_of_the_scheme(all_published):
    reviewers = queries.duty_holders(all_published, DutyKind.REVIEWS)
    coordinators = queries.duty_holders(all_published, DutyKind.COORDINATES)

    assert reviewers == [all_published.publisher]
    assert len(coordinators) == 1
    assert queries.duty_holders(all_published, DutyKind.TRAINS) == []


def test_several_bodies_may_hold_one_duty(all_published):
    assert len(queries.duty_holders(all_published, DutyKind.SUPPORTS_EMPLOYERS)) == 3


def test_fields_of_a_form_have_exact_names(all_published):
    code = all_published.forms.get(role="main").code

    names = [slot.name for slot in queries.form_fields(all_published, code)]

    assert len(names) == len(set(names))
    assert {"enterprise_name", "unit_province_1", "unit_province_3", "profile_5"} <= set(names)


def test_an_unknown_form(all_published):
    with pytest.raises(NotFound):
        queries.form_fields(all_published, "no-form")


def test_profiles_can_be_chosen_in_the_form(all_published):
    code = all_published.forms.get(role="main").code
    slot = next(s for s in queries.form_fields(all_published, code) if s.name == "profile_1")

    assert [option.value for option in slot.field.options] == [
        profile.code for profile in queries.profiles(all_published.scheme)
    ]


def test_the_journey_has_one_entry_and_ends(all_published):
    journey = queries.current_journey(all_published.scheme, Subject.EXPRESSION)

    assert queries.entry(journey).source is None
    assert {stage.outcome for stage in queries.stages(journey) if stage.is_closed} == {
        "admitted",
        "refused",
        "inadmissible",
        "withdrawn",
    }


def test_windows_of_one_call_may_not_overlap(rehearsed):
    (two,) = [call for call in Call.objects.all() if call.windows.count() == 2]
    first = two.windows.get(number=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Window.objects.create(
            call=two, number=3, opens_at=first.closes_at - timedelta(1), closes_at=first.closes_at
        )


def test_windows_of_two_calls_may(rehearsed):
    (two,) = [call for call in Call.objects.all() if call.windows.count() == 2]

    assert two.windows.get(number=1).closes_at == rehearsed.windows.get().closes_at
