"""A call from draft to its end on the pages: what blocks it, who publishes, extensions, closing."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_organisation
from tests.web.office.world import enter, person
from tragitto.accounts.models import User
from tragitto.schemes import queries
from tragitto.schemes.models import Call, Choice, Criterion, Form, Gap, Window
from tragitto.schemes.vocabulary import CallStatus


def address(name: str, call: Call) -> str:
    return reverse(f"office:{name}", args=[call.code])


@pytest.fixture
def elena_herself(world) -> User:
    """Elena, who publishes for the office of the story's first call."""
    return person("Elena", "publisher", office=world.call.publisher)


@pytest.fixture
def elena_in(elena_herself) -> Client:
    return enter(Client(), elena_herself)


@pytest.fixture
def draft(world) -> Call:
    """The first call once more, as a draft of its office."""
    whole = {field.name: getattr(world.call, field.name) for field in Call._meta.fields if field.name != "id"}
    draft = {"code": "once-more", "status": CallStatus.DRAFT, "published_at": None, "published_by": ""}
    call = Call.objects.create(**{**whole, **draft, "drafted_by": "U-SOMEBODY"})
    for part in (Window, Form, Criterion, Gap, Choice):
        rows = part.objects.filter(call=world.call).order_by("pk")
        names = [field.attname for field in part._meta.fields if field.name not in ("id", "call")]
        part.objects.bulk_create(part(call=call, **row) for row in rows.values(*names))
    return call


def extension(call: Call, days: int = 3, **more: str) -> dict[str, str]:
    """What Elena types to move the end of the last window."""
    last = queries.openings(call)[-1]
    day = last.closes_at.astimezone(ZoneInfo(call.zone)).date() + timedelta(days=days)
    typed = {"number": str(last.number), "last_day": day.isoformat(), "last_time": "12:00:00"}
    return {**typed, "act": "Decree 7", "reason": "The mailbox was full.", **more}


def test_a_publisher_of_another_office_is_refused_and_sees_no_form(draft, world):
    stranger = enter(Client(), person("Ugo", "publisher", office=make_organisation("another-office")))

    assert "Publish this call" not in stranger.get(address("call", draft)).text
    sent = {name: extension(draft) for name in ("publish", "extend", "close")}
    answers = [stranger.post(address(name, draft), typed) for name, typed in sent.items()]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "Only a publisher of this body may publish the call." in answers[0].text
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_nobody_publishes_what_they_drafted(draft, elena_in, elena_herself):
    Call.objects.filter(pk=draft.pk).update(drafted_by=elena_herself.code)

    assert "You have drafted this call" in elena_in.get(address("call", draft)).text
    answer = elena_in.post(address("publish", draft))

    assert answer.status_code == 403
    assert "A second person publishes what one has drafted." in answer.text


def test_what_is_unknown_blocks_and_is_named_in_the_language_of_the_page(draft, elena_in):
    Call.objects.filter(pk=draft.pk).update(is_rehearsal=False)
    what = {"it": "Il giorno di apertura", "fr": "Le jour", "ar": "اليوم", "en": "The first day"}
    Gap.objects.create(call=draft, path="windows[0].opens_on", what=what, source="art. 3")

    assert "The sources do not say: The first day (art. 3)" in elena_in.get(address("call", draft)).text
    answer = elena_in.post(address("publish", draft))

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_elena_publishes_a_draft_that_nothing_blocks(draft, elena_in, elena_herself):
    assert "Nothing stands in the way." in elena_in.get(address("call", draft)).text

    answer = elena_in.post(address("publish", draft), follow=True)

    assert "The call is published." in answer.text
    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == ("published", elena_herself.code)


def test_what_is_published_is_not_published_again(world, elena_in):
    answer = elena_in.post(address("publish", world.call))

    assert answer.status_code == 422
    assert "This call is not a draft any more." in answer.text


def test_an_extension_backwards_is_refused_and_keeps_what_was_typed(world, elena_in):
    answer = elena_in.post(address("extend", world.call), extension(world.call, days=-3))

    assert answer.status_code == 422
    assert "An extension moves the end of a window to later." in answer.text
    assert "The mailbox was full." in answer.text
    assert not world.call.amendments.exists()


@pytest.mark.parametrize("left_out", ["number", "last_day", "last_time", "act", "reason"])
def test_an_extension_leaves_nothing_out(world, elena_in, left_out):
    answer = elena_in.post(address("extend", world.call), extension(world.call, **{left_out: ""}))

    assert answer.status_code == 422
    assert not world.call.amendments.exists()


def test_the_last_second_named_is_in_time_and_the_next_is_late(world, elena_in):
    typed = extension(world.call)

    assert elena_in.post(address("extend", world.call), typed).status_code == 302

    end = queries.openings(world.call)[-1].closes_at.astimezone(ZoneInfo(world.call.zone))
    assert end.replace(tzinfo=None).isoformat() == f"{typed['last_day']}T12:00:01"
    page = elena_in.get(address("call", world.call)).text
    assert "Decree 7" in page
    assert "The mailbox was full." in page


def test_a_call_is_not_closed_while_a_window_is_open(world, elena_in):
    elena_in.post(address("extend", world.call), extension(world.call, days=4000))

    answer = elena_in.post(address("close", world.call))

    assert answer.status_code == 422
    assert "A window of this call has not closed yet." in answer.text


def test_a_call_whose_windows_are_over_is_closed(world, elena_in, settings):
    settings.CLOCK_SHIFT += timedelta(days=4000)

    answer = elena_in.post(address("close", world.call))

    world.call.refresh_from_db()
    assert (answer.status_code, world.call.status) == (302, "closed")
