"""The minute of the closing: two hundred employers press at once, some twice, while a worker is killed."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.employers.conftest import EARLY, SHIPPED
from tests.employers.making import company, rome
from tests.employers.sending import answered
from tragitto.accounts.models import User
from tragitto.config import places
from tragitto.employers import actions
from tragitto.employers.actions import submitting
from tragitto.employers.jobs import TAKING_IN
from tragitto.employers.models import Expression, FilingDraft, Submission
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_holidays, load_pack
from tragitto.law.rules import read_pack as read_law
from tragitto.records.models import Message, RegisterEntry
from tragitto.records.queries import content, verify_documents, verify_register
from tragitto.records.receipts import checked, public_keys
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack
from tragitto.schemes.vocabulary import FormRole

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
EMPLOYERS, AT_ONCE = 200, 8
CLOSING = rome(2025, 1, 1)
NUMBERS = ("enterprise_codice_fiscale", "partita_iva")
WORKER = "from tragitto.config import worker; worker.main()"
MINUTES_PASS = (
    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'",
    "DELETE FROM procrastinate_periodic_defers",
)


class Clocks(threading.local):
    """A clock for each who presses: it shows the moment they do, and at each further look five seconds more.

    So nothing but the first look, when the request arrives, tells on which side of the deadline it came.
    """

    shows = CLOSING

    def now(self) -> datetime:
        seen, self.shows = self.shows, self.shows + timedelta(seconds=5)
        return seen


@pytest.fixture
def clocks(monkeypatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(clock, "now", clocks.now)
    return clocks


@pytest.fixture
def call(transactional_db) -> Call:
    """The call of Emilia-Romagna, which takes filings on line until the last second of 2024."""
    cli = Actor.system("cli")
    load_pack(pack=read_law(), actor=cli, at=EARLY)
    load_holidays(years=range(2024, 2027), actor=cli, at=EARLY)
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    load(pack=read_pack(folder), actor=cli, at=EARLY, rehearsal=True)
    found = Call.objects.select_related("region", "publisher", "scheme").get(region__code="emilia-romagna")
    publisher = Actor("U-P", found.publisher.code, frozenset({"publisher"}), "office")
    publish(call=found, actor=publisher, at=EARLY)
    found.refresh_from_db()
    return found


@pytest.fixture
def drafts(call) -> list[FilingDraft]:
    """One complete draft of each employer."""
    main, answers = call.forms.get(role=FormRole.MAIN).code, answered(call)
    return FilingDraft.objects.bulk_create(
        FilingDraft(
            code=f"DR-{number:04}",
            call=call,
            account=f"U-{number:04}",
            language="it",
            answers={main: {**answers, **dict.fromkeys(NUMBERS, company(number + 1))}},
            started_at=EARLY,
            saved_at=EARLY,
        )
        for number in range(EMPLOYERS)
    )


class Doors:
    """The pages as people use them who have signed in already, each on a device of their own."""

    def __init__(self, clocks: Clocks) -> None:
        self.clocks, self.house = clocks, Client().handler
        self.house.load_middleware()
        self.browsers: dict[str, Client] = {}

    def enter(self, drafts: list[FilingDraft]) -> None:
        """Everybody who has written one of these signs in."""
        people = User.objects.bulk_create(
            User(code=draft.account, email=f"{draft.account.lower()}@example.test", joined_at=EARLY)
            for draft in drafts
        )
        for person in people:
            browser = Client(raise_request_exception=False)
            browser.handler = self.house
            browser.force_login(person)
            self.browsers[person.code] = browser

    def press(self, draft: FilingDraft, at: datetime) -> str | int:
        """What the person sees who presses the button then: where they are led, or what went wrong."""
        self.clocks.shows = at
        page = reverse("portal:send", args=[draft.code])
        answer = self.browsers[draft.account].post(page, {"language": "it"})
        return answer.headers.get("Location", answer.status_code)


@pytest.fixture
def doors(clocks, settings, tmp_path) -> Doors:
    settings.STATIC_ROOT = tmp_path  # WhiteNoise warns of a folder that is not there
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return Doors(clocks)


@contextmanager
def at_once(number: int) -> Iterator[ThreadPoolExecutor]:
    """So many people, each with a connection of their own, closed at the end."""
    with ThreadPoolExecutor(number) as people:
        yield people
        leaving = threading.Barrier(number, timeout=20)
        for _each in range(number):
            people.submit(lambda: (leaving.wait(), connections.close_all()))


@pytest.fixture
def worker(tmp_path, settings) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker of the house, on the day of the closing; none outlives the test."""
    settings.VAR, settings.DOCUMENTS = tmp_path, str(tmp_path / "documents")
    places.set_demonstration_day(tmp_path, CLOSING)
    changed = {"TRAGITTO_VAR": str(tmp_path), "TRAGITTO_DEMONSTRATION": "yes"}
    changed["PYTHONPATH"] = os.pathsep.join(sys.path)
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", WORKER], env={**os.environ, **changed}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def receipts() -> int:
    return Submission.objects.filter(printed_receipt__isnull=False).count()


def is_done() -> bool:
    return receipts() == EMPLOYERS


def killed_at_work(worker: Callable[[], subprocess.Popen[bytes]], after: int) -> bool:
    """Whether a worker, killed after so many receipts, left its job half done; then the dead are missed."""
    process = worker()
    wait_until(lambda: receipts() >= after)
    process.kill()
    process.wait()
    is_half_done = ProcrastinateJob.objects.filter(task_name=TAKING_IN, status="doing").exists()
    with connection.cursor() as cursor:
        for statement in MINUTES_PASS:
            cursor.execute(statement)
    return is_half_done and receipts() < Submission.objects.count()


@pytest.mark.slow
def test_nothing_is_lost_nothing_is_doubled_and_everybody_keeps_their_moment(drafts, doors, worker):
    doors.enter(drafts)
    chance = random.Random(7)
    moments = [CLOSING + timedelta(milliseconds=chance.randrange(-30_000, 30_000)) for _each in drafts]
    presses = list(zip(drafts, moments, strict=True))
    twice = [(draft, at + timedelta(seconds=20)) for draft, at in presses[::5]]
    pressed = sorted(presses, key=lambda one: one[1]) + twice

    with at_once(AT_ONCE) as people:
        seen = people.map(lambda one: (one[0].code, doors.press(*one)), pressed)
        was_half_done = killed_at_work(worker, after=3)
    answers: dict[str, set[object]] = {}
    for code, answer in seen:
        answers.setdefault(code, set()).add(answer)
    last = worker()
    wait_until(is_done)
    last.terminate()

    assert was_half_done
    assert last.wait(60) == 0
    rows = Submission.objects.select_related("draft", "receipt", "message__entry")
    sent = {each.draft.code: each for each in rows}
    there = {code: reverse("portal:submission", args=[each.code]) for code, each in sent.items()}
    assert {code: {page} for code, page in there.items()} == answers
    assert {code: each.received_at for code, each in sent.items()} == {
        draft.code: at for draft, at in presses
    }
    assert {code: told(each) for code, each in sent.items()} == {
        code: (each.code, each.received_at, each.message.entry.number) for code, each in sent.items()
    }
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == list(range(1, EMPLOYERS + 1))
    assert Message.objects.count() == EMPLOYERS
    assert [*verify_register(), *verify_documents()] == []


def told(submission: Submission) -> tuple[str, datetime, int]:
    """What the receipt states, and our key has signed."""
    stated = checked(content(submission.receipt), public_keys())
    return stated["filing"], datetime.fromisoformat(stated["received_at"]), stated["protocol"]["number"]


def test_the_last_instant_is_in_and_the_next_one_out(drafts, doors, settings, tmp_path):
    """However long the house takes to look at them, and whichever it takes in first."""
    settings.VAR, settings.DOCUMENTS = tmp_path, str(tmp_path / "documents")
    doors.enter(drafts[:3])
    moments = [CLOSING, CLOSING - timedelta(microseconds=1), CLOSING - timedelta(seconds=1)]
    for draft, at in zip(drafts, moments, strict=False):
        doors.press(draft, at)

    for submission in Submission.objects.order_by("pk"):
        actions.take_in_at_once(submission=submission, actor=Actor.system("task"), at=CLOSING)

    queue = Expression.objects.order_by("place_instant", "place_identifier").select_related("current")
    judged = [(it.current.instant, it.current.findings.get(criterion__judge="in_time").state) for it in queue]
    assert judged == list(zip(sorted(moments), ["met", "met", "unmet"], strict=True))


def both_press(doors, draft: FilingDraft) -> list[str | int]:
    doors.enter([draft])
    with at_once(2) as people:
        return list(people.map(lambda _each: doors.press(draft, CLOSING - timedelta(seconds=1)), range(2)))


def sent_page() -> str:
    return reverse("portal:submission", args=[Submission.objects.get().code])


def test_two_who_press_at_once_see_one_filing(drafts, doors):
    pages = both_press(doors, drafts[0])

    assert pages == [sent_page()] * 2


def test_without_the_lock_the_second_press_sees_an_error(drafts, doors, monkeypatch):
    """The twin: the story above tells something only because this one is possible."""
    both = threading.Barrier(2, timeout=20)

    def unlocked(actor, key):
        draft = FilingDraft.objects.select_related("call__region", "expression", "co_signature").get(pk=key)
        both.wait()
        return draft

    monkeypatch.setattr(submitting, "held_draft", unlocked)

    pages = both_press(doors, drafts[0])

    assert sorted(pages, key=str) == sorted([sent_page(), 500], key=str)
