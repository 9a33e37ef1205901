"""Text messages: written down before they leave, sent once, never twice by ourselves."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.texting import texter  # noqa: F401
from tests.conftest import NOON
from tragitto.accounts import actions, ports, queries
from tragitto.accounts.actions.texting import MOST_SENDINGS, TEXTING, Postponed
from tragitto.accounts.models import TextMessage
from tragitto.cli import texts
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texter")]
HOUSE = Actor.system("task")
NUMBER, WORDS = "+212612345678", "Are you still interested?"


def write(key: str = "confirm C-1", number: str = "06 12 34 56 78", **more) -> TextMessage:
    return actions.text(number=number, text=WORDS, key=key, actor=HOUSE, at=NOON, **more)


def send(message: TextMessage, at=NOON) -> TextMessage:
    return actions.send_text(code=message.code, actor=HOUSE, at=at)


def test_a_message_is_sent_once_to_the_number_in_its_one_form(texter):  # noqa: F811
    message = write()

    assert send(message).state == "sent"
    assert send(message).state == "sent"
    assert texter.arrived == [(NUMBER, WORDS, message.code)]


def test_the_same_occasion_gives_the_same_message():
    assert write() == write()
    assert ProcrastinateJob.objects.filter(task_name=TEXTING).count() == 1


def test_the_same_occasion_for_another_number_is_a_mistake():
    write()

    with pytest.raises(Blocked):
        write(number="+393331234567")


def test_a_landline_is_refused():
    with pytest.raises(Blocked):
        write(number="0522 12 34 56")


def test_where_no_texts_are_sent_none_is_written():
    ports.use(None)

    with pytest.raises(Blocked):
        write()
    assert not TextMessage.objects.exists()


def test_nobody_reads_the_words_in_the_database(texter):  # noqa: F811
    message = write()
    assert WORDS not in message.sealed

    assert send(message).sealed == ""


def test_what_certainly_has_not_left_is_tried_again(texter):  # noqa: F811
    message = write()
    texter.fails = ports.TextPostponed("HTTP 503")
    with pytest.raises(Postponed):
        send(message)
    texter.fails = None

    sent = send(message)
    assert (sent.state, sent.tries) == ("sent", 2)


def test_trying_again_has_an_end(texter):  # noqa: F811
    message = write()
    texter.fails = ports.TextPostponed("HTTP 503")
    for _time in range(MOST_SENDINGS - 1):
        with pytest.raises(Postponed):
            send(message)

    last = send(message)
    assert (last.state, last.detail, last.sealed) == ("failed", "HTTP 503", "")


def test_what_the_gateway_refuses_is_not_tried_again(texter):  # noqa: F811
    message = write()
    texter.fails = ports.TextRefused("HTTP 400")

    assert send(message).state == "failed"
    assert send(message).state == "failed"
    assert len(texter.arrived) == 1


def test_what_may_have_left_is_shown_and_not_sent_again(texter):  # noqa: F811
    message = write()
    assert queries.texts_left(["confirm C-1", "other"]) == {"confirm C-1": None}
    texter.fails = ports.TextUncertain("ReadTimeout")

    assert send(message).state == "uncertain"
    assert send(message).state == "uncertain"
    assert len(texter.arrived) == 1
    assert queries.texts_left(["confirm C-1"]) == {"confirm C-1": NOON}


def test_a_process_killed_over_a_message_loses_and_doubles_nothing(texter):  # noqa: F811
    message = write()
    texter.fails = SystemExit()  # the worker ends, with the message in its hands
    with pytest.raises(SystemExit):
        send(message)
    texter.fails = None

    found = send(message)
    assert (found.state, found.detail) == ("uncertain", "the process was ended")
    assert len(texter.arrived) == 1


def test_a_message_that_nobody_needs_any_more_is_not_sent(texter):  # noqa: F811
    message = write(until=NOON + timedelta(minutes=10))

    late = send(message, at=NOON + timedelta(minutes=10))
    assert (late.state, late.detail, texter.arrived) == ("failed", "too late", [])


def test_a_message_sealed_with_a_lost_key_fails(texter, settings):  # noqa: F811
    message = write()
    settings.SECRET_KEY = "another"

    assert send(message).state == "failed"
    assert texter.arrived == []


def test_the_command_lists_what_has_not_surely_left(texter):  # noqa: F811
    sent, uncertain = write("a"), write("b")
    send(sent)
    texter.fails = ports.TextUncertain("ReadTimeout")
    send(uncertain)

    result = CliRunner().invoke(texts.list_texts)
    assert result.output == (
        f"{uncertain.code}  {NUMBER}  uncertain since 2025-07-01 10:00 UTC  tries 1  ReadTimeout\n"
    )


def test_only_the_house_sees_numbers(carla):
    write()

    assert list(queries.texts_not_sent(carla)) == []


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "lost"}, "text_message_state_known"),
        ({"number": "0612345678"}, "text_message_number_in_form"),
        ({"key": ""}, "text_message_has_a_key"),
        ({"state": "sent"}, "text_message_words_kept_until_it_left"),
        ({"sealed": ""}, "text_message_words_kept_until_it_left"),
    ],
)
def test_the_database_keeps_messages_in_form(values, constraint):
    write()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TextMessage.objects.update(**values)
