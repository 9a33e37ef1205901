"""The watched folder: every file taken in once, moved aside, and none stops the next."""

import os
import time

import pytest

from tests.conftest import NOON
from tragitto.kernel.actors import Actor
from tragitto.records import actions, folders, queries, tasks
from tragitto.records.models import Message, Trouble

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("folder")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder, name: str, raw: bytes, *, age: float = 60) -> None:
    file = folder / name
    file.write_bytes(raw)
    then = time.time() - age
    os.utime(file, (then, then))


def take(folder) -> list[actions.Kept]:
    return actions.take_from_folder(folder, actor=SYSTEM, at=NOON)


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def test_a_file_is_taken_in_and_moved(inbox, submission):
    put(inbox, "one.eml", submission)

    (kept,) = take(inbox)

    assert (kept.is_new, kept.message.door) == (True, "folder")
    assert (names(inbox), names(inbox / "taken")) == ([], ["one.eml"])


def test_a_file_still_being_written_is_left_alone(inbox, submission):
    put(inbox, "one.eml", submission, age=0)

    assert take(inbox) == []
    assert names(inbox) == ["one.eml"]


def test_other_files_and_links_are_left_alone(inbox, submission, tmp_path):
    put(inbox, "one.txt", submission)
    (inbox / "link.eml").symlink_to(tmp_path / "elsewhere.eml")

    assert take(inbox) == []


def test_a_file_cut_off_between_keeping_and_moving_is_recognised(inbox, submission, monkeypatch):
    put(inbox, "one.eml", submission)
    with monkeypatch.context() as patched:
        patched.setattr(folders, "move_to_taken", interrupted)
        with pytest.raises(KeyboardInterrupt):
            take(inbox)

    (kept,) = take(inbox)

    assert (kept.is_new, Message.objects.count(), names(inbox)) == (False, 1, [])


def test_two_files_of_one_name_are_both_kept(inbox, submission):
    put(inbox, "one.eml", submission)
    take(inbox)
    put(inbox, "one.eml", submission + b"\r\n")
    take(inbox)

    assert len(names(inbox / "taken")) == 2
    assert Message.objects.count() == 2


def test_a_file_written_on_after_it_was_moved_is_taken_in_again_once_it_lies_still(
    inbox, submission, monkeypatch
):
    middle = len(submission) // 2
    put(inbox, "one.eml", submission[:middle])
    with (inbox / "one.eml").open("ab") as writer:
        take(inbox)
        writer.write(submission[middle:])
    assert take(inbox) == []

    monkeypatch.setattr(folders, "STILL_SECONDS", 0.05)
    time.sleep(0.1)
    (whole,) = take(inbox)

    assert (whole.is_new, whole.message.raw.size) == (True, len(submission))
    assert (Message.objects.count(), names(inbox), take(inbox)) == (2, [], [])


def test_the_half_message_stays_and_says_which_is_the_whole_one(inbox, submission):
    put(inbox, "one.eml", submission[:500])
    (half,) = take(inbox)
    put(inbox, "one.eml", submission)

    (whole,) = take(inbox)

    trouble = Trouble.objects.get()
    assert (trouble.message, trouble.problem, trouble.detail) == (
        half.message, "file_went_on", whole.message.code,
    )  # fmt: skip
    assert "beginning" in queries.sentence_of(trouble)


def test_the_half_message_is_still_noted_after_it_has_come_to_the_desk(inbox, submission, carla):
    put(inbox, "one.eml", submission[:500])
    (half,) = take(inbox)
    put(inbox, "one.eml", submission)
    take(inbox)

    actions.carry_through(message=half.message, actor=SYSTEM, at=NOON)

    assert [trouble.message for trouble in queries.open_troubles(actor=carla)] == [half.message]


def test_a_file_changed_while_it_is_taken_goes_back_to_the_folder(inbox, submission, monkeypatch):
    put(inbox, "one.eml", submission[:500])
    read = folders.content

    def read_and_written_on(file):
        found = read(file)
        with file.open("ab") as writer:
            writer.write(submission[500:])
        return found

    with monkeypatch.context() as patched:
        patched.setattr(folders, "content", read_and_written_on)
        take(inbox)

    assert (names(inbox), names(inbox / "taken")) == (["one.eml"], [])


@pytest.mark.parametrize("name", ["one.eml.part", "one.part", "one.eml.tmp", "one.tmp"])
def test_a_file_that_says_it_is_unfinished_is_left_alone(inbox, submission, name):
    put(inbox, name, submission)

    assert (take(inbox), names(inbox)) == ([], [name])


def test_a_file_that_cannot_be_taken_does_not_stop_the_next(inbox, submission, carla, monkeypatch):
    monkeypatch.setattr(folders, "MOST_BYTES", len(submission))
    put(inbox, "huge.eml", b"X-More: 1\r\n" + submission, age=120)
    put(inbox, "one.eml", submission)

    assert len(take(inbox)) == 1
    trouble = Trouble.objects.get()
    assert (trouble.file_name, trouble.problem, trouble.detail) == ("huge.eml", "file_not_taken", "TooLarge")
    assert "folder" in queries.sentence_of(trouble)

    monkeypatch.undo()
    take(inbox)
    assert list(queries.open_troubles(actor=carla)) == []


def test_the_periodic_task_looks_at_the_folder_of_the_settings(inbox, submission, settings):
    put(inbox, "one.eml", submission)
    settings.INBOX = str(inbox)

    tasks.watch_folder(0)

    assert names(inbox / "taken") == ["one.eml"]


@pytest.mark.parametrize("value", ["", "/nowhere/at/all"])
def test_without_a_folder_nothing_happens(settings, value):
    settings.INBOX = value

    tasks.watch_folder(0)

    assert Message.objects.count() == 0


def interrupted(*_passed) -> None:
    """As if the process were ended here."""
    raise KeyboardInterrupt
