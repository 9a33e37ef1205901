"""Documents that run out: people are told in time, once for each day the roster names."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.candidates.making import AMINA, NOON, make_candidate, make_passport, make_scheme
from tragitto.candidates import tasks
from tragitto.candidates.actions.telling import WRITING
from tragitto.candidates.actions.warning import warn
from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("task")
EXPIRY = date(2028, 1, 31)


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.CAN_SEND_MAIL = True


@pytest.fixture
def amina() -> Candidate:
    """Amina, who reads mail in French; passports are warned of 365, 180 and 60 days before."""
    passport = {"expires_on": EXPIRY}
    return make_candidate(make_scheme(), account=AMINA.code, email="amina@example.org", passport=passport)


def morning(days_left: int) -> datetime:
    return datetime.combine(EXPIRY - timedelta(days=days_left), NOON.timetz())


def letters() -> list[str]:
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name=WRITING).order_by("pk"):
        tasks.telling.write_to_person(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
    return [letter.body for letter in mail.outbox]


def test_the_person_is_told_once_for_each_day_of_the_roster(amina):
    told = [warn(actor=HOUSE, at=morning(left)) for left in (366, 365, 364, 180, 179, 60, 1, 0, -1, -2)]

    assert told == [0, 1, 0, 1, 0, 1, 0, 0, 1, 0]
    assert Entry.objects.filter(verb="candidate.told", subject=amina.code).count() == 4


def test_the_letter_says_which_document_until_when_and_where_to_go(amina):
    warn(actor=HOUSE, at=morning(60))

    (letter,) = letters()
    assert "31 janvier 2028" in letter
    assert reverse("portal:roster_documents", args=[amina.scheme.code]) in letter


def test_days_that_were_missed_are_told_once(amina):
    assert warn(actor=HOUSE, at=morning(30)) == 1
    assert warn(actor=HOUSE, at=morning(30)) == 0


def test_a_newer_document_begins_anew(amina):
    warn(actor=HOUSE, at=morning(60))
    amina.documents.update(superseded_at=NOON)
    make_passport(amina, expires_on=date(2033, 1, 1), number="CD7654321")

    assert warn(actor=HOUSE, at=morning(-1)) == 0


@pytest.mark.parametrize("status", [RosterStatus.WITHDRAWN, RosterStatus.REGISTERING])
def test_who_left_or_never_sent_is_left_alone(status):
    make_candidate(make_scheme(), status=status, passport={"expires_on": EXPIRY})

    assert warn(actor=HOUSE, at=morning(1)) == 0


def test_who_can_be_reached_in_no_way_stays_on_the_list_and_stops_nobody(amina):
    make_candidate(amina.scheme, phone="", email="", passport={"expires_on": EXPIRY})

    assert warn(actor=HOUSE, at=morning(60)) == 2
    assert len(letters()) == 1


def test_the_job_warns_by_the_clock_of_the_house(amina, settings):
    settings.CLOCK_SHIFT = morning(60) - timezone.now()

    tasks.warning.warn_of_documents(timestamp=0)

    assert amina.documents.get().warned_days == 60
