"""Once a day a mailbox is compared with the house; what the rows say is held by the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.conftest import NOON
from tests.records.made_up_mailbox import DAY, connected_mailbox, fetch, first_folder, raw, reconcile  # noqa: F401
from tragitto.records import queries
from tragitto.records.models import Fetched, Message, Trouble
from tragitto.records.vocabulary import Problem

pytestmark = pytest.mark.django_db


def test_a_reconciliation_counts_and_fetches_what_is_missing(inbox):
    uids = [inbox.put(raw(number)) for number in range(4)]
    fetch(at_once=2)
    del inbox.messages[uids[0]]

    (row,) = reconcile(NOON + DAY)

    counts = (row.on_server, row.fetched, row.missing, row.taken, row.known, row.gone, row.left)
    assert counts == (3, 1, 2, 2, 0, 1, 0)
    assert Message.objects.count() == 4


def test_a_message_below_the_watermark_that_appears_later_is_found_at_night(inbox):
    inbox.put(raw(1))
    inbox.last_uid += 1
    inbox.put(raw(3))
    fetch()
    inbox.messages[2] = raw(2)

    by_minute = fetch(NOON + timedelta(minutes=1))
    (row,) = reconcile(NOON + DAY)

    assert (by_minute.taken, row.missing, row.taken) == (0, 1, 1)


def test_what_went_before_it_could_be_fetched_is_told_for_a_week(mailbox, inbox):
    uid = inbox.put(raw(1))
    mailbox.withholds = {uid}
    fetch()
    del inbox.messages[uid]

    reconcile(NOON + DAY)
    told = Trouble.objects.get(solved_at=None).problem
    reconcile(NOON + DAY * 7)
    still_told = Trouble.objects.filter(solved_at=None).count()
    reconcile(NOON + DAY * 8)

    assert (told, still_told) == (Problem.MAIL_GONE, 1)
    assert not Trouble.objects.filter(solved_at=None).exists()


def test_the_latest_comparison_of_each_folder_is_shown_to_its_office(mailbox, inbox, carla, carla_elsewhere):
    inbox.put(raw(1))
    reconcile()
    reconcile(NOON + DAY)

    assert [row.at for row in queries.reconciliations(actor=carla)] == [NOON + DAY]
    assert list(queries.reconciliations(actor=carla_elsewhere)) == []
    assert [mark.looked_at for mark in queries.watermarks(actor=carla)] == [NOON + DAY]


# What the database itself guards


def test_a_place_on_the_server_is_fetched_once(inbox):
    inbox.put(raw(1))
    fetch()
    row = Fetched.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError, match="fetched_once_per_uid"), transaction.atomic():
        row.save(force_insert=True)


def test_counts_that_do_not_add_up_are_refused(inbox):
    (row,) = reconcile()
    row.pk, row.on_server = None, 7

    with pytest.raises(IntegrityError, match="reconciliation_adds_up"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mailbox_fetched SET uid = 9",
        "DELETE FROM mailbox_reconciliation",
        "DELETE FROM mailbox_watermark",
    ],
)
def test_the_ordinary_role_rewrites_no_history(statement, db):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
