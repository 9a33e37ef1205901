"""Many at once: one code lets one in, one address has one live code, one account is opened."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.texting import code_in, texter, work  # noqa: F401
from tests.conftest import NOON
from tragitto.accounts import actions
from tragitto.accounts.models import OneTimeCode, TextMessage, User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("texter")]
STRANGER, PHONE, AT_ONCE = Actor.stranger("sign-in"), "+212612345678", 8


@pytest.fixture(autouse=True)
def no_work_is_left(transactional_db):
    """Nobody else empties the table of jobs behind a story that commits."""
    yield
    ProcrastinateJob.objects.all().delete()


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def at_once[T](act: Callable[[], T]) -> list[T | Blocked]:
    """What each of eight people who do the same at the same moment gets."""

    def one(_number: int) -> T | Blocked:
        try:
            return act()
        except Blocked as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_one_code_lets_one_in(texter):  # noqa: F811
    actions.send_code(address=PHONE, language="it", actor=STRANGER, at=NOON)
    work()
    code = code_in(texter.arrived[-1][1])

    got = at_once(lambda: actions.redeem_code(address=PHONE, code=code, actor=STRANGER, at=NOON))

    assert sum(isinstance(each, User) for each in got) == 1
    assert User.objects.filter(phone=PHONE).count() == 1


def test_five_tries_are_five_however_fast(texter):  # noqa: F811
    actions.send_code(address=PHONE, language="it", actor=STRANGER, at=NOON)
    work()
    code = code_in(texter.arrived[-1][1])
    wrong = f"{(int(code) + 1) % 10**6:06}"

    at_once(lambda: actions.redeem_code(address=PHONE, code=wrong, actor=STRANGER, at=NOON))

    assert OneTimeCode.objects.get().tries == 5


def test_an_address_has_one_live_code_however_many_were_asked_for():
    at_once(lambda: actions.send_code(address=PHONE, language="it", actor=STRANGER, at=NOON))

    assert OneTimeCode.objects.filter(used_at=None, voided_at=None).count() == 1


def test_one_occasion_is_one_message_however_many_write_it():
    house = Actor.system("task")
    at_once(lambda: actions.text(number=PHONE, text="Salam", key="once", actor=house, at=NOON))

    assert TextMessage.objects.count() == 1


def test_one_message_is_sent_once_however_many_workers_take_it(texter):  # noqa: F811
    house = Actor.system("task")
    message = actions.text(number=PHONE, text="Salam", key="once", actor=house, at=NOON)

    at_once(lambda: actions.send_text(code=message.code, actor=house, at=NOON))

    assert len(texter.arrived) == 1
