"""The first page of the day: overdue terms and those that end soon, calls of other offices, late filings."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.web.office.world import OFFICE_DAY
from tragitto.accounts.models import Membership
from tragitto.agenda import queries as agenda
from tragitto.employers.models import Finding
from tragitto.kernel.actors import Actor
from tragitto.web.office import lateness


@pytest.fixture
def ends(world, expression):
    """When the first term about the expression is over."""
    return agenda.of_subject(actor=Actor.system("test"), subject=expression.case.code)[0].due_at


def counts(page) -> tuple[int, int]:
    return page.context["over_count"], page.context["soon_count"]


def test_overdue_terms_and_those_that_end_soon_are_counted_apart(dario_in, ends, settings):
    settings.CLOCK_SHIFT += ends - OFFICE_DAY - timedelta(days=1)
    before = counts(dario_in.get(reverse("office:home")))
    settings.CLOCK_SHIFT += timedelta(days=1, seconds=2)
    after = counts(dario_in.get(reverse("office:home")))

    assert before[0] < after[0]
    assert sum(after) >= sum(before)
    assert before[1] > 0


def test_the_lists_of_terms_are_headed_by_what_they_hold(dario_in, ends, settings):
    settings.CLOCK_SHIFT += ends - OFFICE_DAY + timedelta(seconds=2)

    page = dario_in.get(reverse("office:home"))

    now = page.context["now"]
    assert page.context["over"]
    assert [term for term, _about in page.context["over"] if term.due_at >= now] == []
    assert [term for term, _about in page.context["soon"] if term.due_at < now] == []


def test_a_term_is_named_by_its_title(dario_in, ends, settings, world):
    settings.CLOCK_SHIFT += ends - OFFICE_DAY + timedelta(seconds=2)

    page = dario_in.get(reverse("office:home")).text

    assert f">{world.call.review_term}<" not in page


def test_what_was_met_after_its_end_is_said_to_be_late(dario_in, expression, ends, settings):
    settings.CLOCK_SHIFT += ends - OFFICE_DAY + timedelta(days=1)
    sent = {"message": expression.current.message.code, "reason": "They close the plant."}
    dario_in.post(reverse("office:withdraw", args=[expression.code]), sent)

    page = dario_in.get(reverse("office:expression", args=[expression.code])).text

    assert "Met late, on" in page


def test_people_are_greeted_by_name_and_not_by_code(dario_himself):
    said = render_to_string("account/messages/logged_in.txt", {"user": dario_himself})

    assert dario_himself.code not in said
    assert dario_himself.full_name in said


def test_counts_of_another_offices_calls_are_not_shown_as_none(sara_in, world):
    page = sara_in.get(reverse("office:home")).text

    assert page.count("not yours to see") == len(world.calls)
    assert "Act for" not in page


def test_who_also_acts_for_the_office_is_led_there(sara_in, sara_herself, world):
    office = world.call.publisher
    Membership.objects.create(
        user=sara_herself, organisation=office, roles=["reviewer"], starts_on=date(2020, 1, 1)
    )
    sara_herself.acts_for = sara_herself.memberships.exclude(organisation=office).get().organisation
    sara_herself.save(update_fields=["acts_for"])

    page = sara_in.get(reverse("office:home")).text

    assert f"Act for {office.name} to see it" in page
    assert f'name="organisation" value="{office.code}"' in page


def test_what_came_out_of_time_has_no_place_number(dario_in, world, expression):
    queue = reverse("office:call_queue", args=[world.call.code])
    assert "out of time" not in dario_in.get(queue).text
    timely = expression.current.findings.get(criterion__judge=lateness.TIMELINESS)

    data = {f"{timely.code}-answer": "unmet", f"{timely.code}-ground": "Sent after noon."}
    dario_in.post(reverse("office:judge", args=[expression.code, timely.code]), data)

    assert Finding.objects.get(pk=timely.pk).judgements.count() == 1
    assert "out of time" in dario_in.get(queue).text
    assert "out of time" in dario_in.get(reverse("office:expression", args=[expression.code])).text
