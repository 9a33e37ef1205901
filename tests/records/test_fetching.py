"""Mailboxes fetched: nothing lost, nothing twice, and one bad message never stops the next."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.records.conftest import ANOTHER, OFFICE, letter
from tests.records.made_up_mailbox import (  # noqa: F401
    DAY,
    SYSTEM,
    connected_mailbox,
    fetch,
    first_folder,
    kept,
    raw,
    reconcile,
)
from tragitto.gateways.made_up import MadeUpFolder, MadeUpMailbox
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.records import actions, ports
from tragitto.records.actions import fetching
from tragitto.records.models import Fetched, Message, Trouble, Watermark
from tragitto.records.vocabulary import Problem

pytestmark = pytest.mark.django_db


def test_what_is_new_is_kept_as_the_mail_of_its_office(inbox):
    inbox.put(raw(1))

    found = fetch()

    message = Message.objects.get()
    assert (found.taken, found.known, found.left, found.has_more) == (1, 0, 0, False)
    assert (message.door, message.mailbox, message.office) == ("imap", OFFICE, "office")
    assert kept() == [raw(1)]


def test_it_is_asked_for_once(mailbox, inbox):
    inbox.put(raw(1))
    fetch()
    mailbox.asked.clear()

    found = fetch()

    assert (found.taken, found.known, mailbox.asked) == (0, 0, [])


def test_each_message_leaves_its_place_and_hash(inbox):
    uid = inbox.put(raw(1))
    fetch()

    row = Fetched.objects.get()
    assert (row.folder, row.uid_validity, row.uid) == ("INBOX", 1, uid)
    assert row.sha256 == row.message.sha256


def test_a_connection_cut_half_way_goes_on_where_it_stopped(mailbox, inbox):
    uids = [inbox.put(raw(number)) for number in range(5)]
    mailbox.breaks_at = {uids[2]}
    cut = fetch()
    mailbox.breaks_at = set()
    mailbox.asked.clear()

    found = fetch(NOON + DAY)

    assert cut.failure == "the connection broke"
    assert (found.taken, mailbox.asked) == (3, uids[2:])
    assert kept() == [raw(number) for number in range(5)]


def test_a_connection_cut_is_a_trouble_until_it_works_again(mailbox, inbox):
    mailbox.breaks_at = {inbox.put(raw(1))}
    fetch()
    trouble = Trouble.objects.get()
    mailbox.breaks_at = set()

    fetch(NOON + DAY)

    assert (trouble.problem, trouble.file_name) == (Problem.MAILBOX_UNREACHABLE, OFFICE)
    assert not Trouble.objects.filter(solved_at=None).exists()


def test_one_message_withheld_stops_none_of_the_others(mailbox, inbox):
    uids = [inbox.put(raw(number)) for number in range(3)]
    mailbox.withholds = {uids[0]}

    found = fetch()

    trouble = Trouble.objects.get(solved_at=None)
    assert (found.taken, found.left, kept()) == (2, 1, [raw(1), raw(2)])
    assert trouble.problem == Problem.MAIL_NOT_FETCHED
    assert trouble.file_name == f"{OFFICE}/INBOX;uidvalidity=1;uid={uids[0]}"
    assert Watermark.objects.get().last_uid == 0


def test_what_was_withheld_is_asked_for_again_later_and_nothing_else_is(mailbox, inbox):
    uids = [inbox.put(raw(number)) for number in range(3)]
    mailbox.withholds = {uids[0]}
    fetch()
    mailbox.withholds = set()
    mailbox.asked.clear()

    soon, later = fetch(NOON + timedelta(minutes=1)), fetch(NOON + DAY)

    assert (soon.taken, later.taken, mailbox.asked) == (0, 1, [uids[0]])
    assert Watermark.objects.get().last_uid == uids[-1]
    assert not Trouble.objects.filter(solved_at=None).exists()


def test_a_message_that_cannot_be_kept_stops_none_of_the_others(inbox, settings, tmp_path, monkeypatch):
    (tmp_path / "full").write_text("")
    inbox.put(raw(1))
    settings.DOCUMENTS = str(tmp_path / "full")

    found = fetch()
    settings.DOCUMENTS = str(tmp_path / "room")
    inbox.put(raw(2))
    again = fetch(NOON + DAY)

    assert (found.left, again.taken) == (1, 2)
    assert sorted(kept()) == [raw(1), raw(2)]


def test_what_is_too_large_waits_for_a_person(inbox, monkeypatch):
    monkeypatch.setattr(fetching, "LIMITS", type(fetching.LIMITS)(message_bytes=100))
    inbox.put(b"Subject: large\r\n\r\n" + b"x" * 100)
    inbox.put(raw(2))

    found = fetch()

    assert (found.taken, found.left) == (1, 1)
    assert Trouble.objects.get().problem == Problem.MAIL_TOO_LARGE


def test_what_is_too_large_is_asked_for_once_a_day(mailbox, inbox, monkeypatch):
    monkeypatch.setattr(fetching, "LIMITS", type(fetching.LIMITS)(message_bytes=100))
    inbox.put(b"Subject: large\r\n\r\n" + b"x" * 100)
    fetch()
    mailbox.asked.clear()

    fetch(NOON + DAY * 20)
    asked_by_minute = list(mailbox.asked)
    (row,) = reconcile(NOON + DAY * 20)

    assert (asked_by_minute, row.left) == ([], 1)


def test_what_was_too_large_and_taken_by_hand_is_recognised(inbox, monkeypatch, carla):
    monkeypatch.setattr(fetching, "LIMITS", type(fetching.LIMITS)(message_bytes=100))
    large = b"Subject: large\r\n\r\n" + b"x" * 100
    inbox.put(large)
    fetch()
    actions.take_in(large, door="cli", mailbox=OFFICE, actor=carla, at=NOON)

    (row,) = reconcile(NOON + DAY)

    assert (row.known, row.left) == (1, 0)
    assert not Trouble.objects.filter(solved_at=None, problem=Problem.MAIL_TOO_LARGE).exists()


def test_new_numbers_bring_no_message_twice(mailbox, inbox):
    for number in range(3):
        inbox.put(raw(number))
    fetch()
    inbox.rebuild()
    inbox.put(raw(3))

    found = fetch(NOON + DAY)

    assert (found.taken, found.known, Message.objects.count()) == (1, 3, 4)
    assert Watermark.objects.get().uid_validity == 2
    assert Fetched.objects.filter(uid_validity=2).count() == 4


def test_a_message_moved_to_another_folder_by_the_staff_is_not_taken_twice(mailbox, inbox):
    uid = inbox.put(raw(1))
    fetch()
    mailbox.held["Archivio"] = MadeUpFolder()
    mailbox.held["Archivio"].put(inbox.messages.pop(uid))

    found = fetch(NOON + DAY)

    assert (found.taken, found.known, Message.objects.count()) == (0, 1, 1)
    assert [(row.folder, row.gone) for row in reconcile(NOON + DAY)] == [("INBOX", 1), ("Archivio", 0)]


def test_a_message_moved_before_it_was_fetched_is_found_where_it_went(mailbox, inbox):
    mailbox.held["Archivio"] = MadeUpFolder()
    mailbox.held["Archivio"].put(raw(1))

    assert fetch().taken == 1


def test_the_same_mail_in_two_folders_is_one_message(mailbox, inbox):
    inbox.put(raw(1))
    mailbox.held["Archivio"] = MadeUpFolder()
    mailbox.held["Archivio"].put(raw(1))

    found = fetch()

    assert (found.taken, found.known, Message.objects.count(), Fetched.objects.count()) == (1, 1, 1, 2)


def test_a_folder_that_is_not_there_stops_none_of_the_others(mailbox, inbox, monkeypatch):
    inbox.put(raw(1))
    monkeypatch.setattr(mailbox, "folders", lambda: ["Manca", "INBOX"])

    found = fetch()

    trouble = Trouble.objects.get()
    assert (found.taken, found.failure) == (1, "")
    assert (trouble.problem, trouble.file_name) == (Problem.FOLDER_UNREACHABLE, f"{OFFICE}/Manca")


def test_many_messages_come_in_turns(inbox):
    for number in range(5):
        inbox.put(raw(number))

    turns = [fetch(at_once=2) for _turn in range(3)]

    assert [(turn.taken, turn.has_more) for turn in turns] == [(2, True), (2, True), (1, False)]
    assert kept() == [raw(number) for number in range(5)]


def test_the_copy_of_a_sent_message_is_known(inbox, provider):
    envelope = provider.envelope(letter(), at=NOON)
    actions.take_in(envelope, door="folder", mailbox=OFFICE, actor=SYSTEM, at=NOON)
    inbox.put(envelope)

    assert fetch().known == 1


def test_a_mailbox_of_no_office_is_refused_with_the_remedy(mailbox):
    with pytest.raises(Blocked) as refused:
        actions.fetch(address="altra@pec.ufficio.example", actor=SYSTEM, at=NOON)

    assert "tragitto mailbox give" in str(refused.value.findings[0].text)


def test_carla_fetches_no_mailbox_of_another_office(mailbox, carla, carla_elsewhere):
    assert actions.fetch(address=OFFICE, actor=carla, at=NOON).failure == ""
    with pytest.raises(Blocked):
        actions.fetch(address=OFFICE, actor=carla_elsewhere, at=NOON)


def test_a_stranger_fetches_nothing(mailbox, stranger):
    with pytest.raises(NotAllowed):
        actions.fetch(address=OFFICE, actor=stranger, at=NOON)


def test_a_connected_mailbox_of_no_office_is_shown(mailbox):
    ports.post().mailboxes["altra@pec.ufficio.example"] = MadeUpMailbox()

    known = actions.note_connections(actor=SYSTEM, at=NOON)

    trouble = Trouble.objects.get()
    assert known == [OFFICE]
    assert (trouble.problem, trouble.file_name) == (Problem.MAILBOX_UNKNOWN, "altra@pec.ufficio.example")


def test_a_mailbox_without_a_connection_is_a_trouble(mailbox):
    found = actions.fetch(address=ANOTHER, actor=SYSTEM, at=NOON)

    assert found.failure
    assert Trouble.objects.get().file_name == ANOTHER


def meanwhile(mailbox, monkeypatch, act) -> None:
    """Let `act` happen once, between the first question for a message and its answer."""
    asked, told = mailbox.message, []

    def message(uid: int, *, most: int) -> bytes:
        if not told:
            told.append(uid)
            act()
        return asked(uid, most=most)

    monkeypatch.setattr(mailbox, "message", message)


def test_two_who_fetch_at_the_same_time_take_nothing_twice(mailbox, inbox, monkeypatch):
    for number in range(3):
        inbox.put(raw(number))
    meanwhile(mailbox, monkeypatch, fetch)

    found = fetch()

    assert (found.taken, found.known, found.failure) == (0, 3, "")
    assert Message.objects.count() == Fetched.objects.count() == 3


def test_numbers_given_anew_while_somebody_fetches_hide_no_message(mailbox, inbox, monkeypatch):
    for number in range(3):
        inbox.put(raw(number))

    def renumbered() -> None:
        inbox.rebuild()
        fetch(at_once=1)

    meanwhile(mailbox, monkeypatch, renumbered)
    fetch()

    mark = Watermark.objects.get()
    assert (mark.uid_validity, mark.last_uid) == (2, 1)
    assert Fetched.objects.filter(uid_validity=2).count() == 1
