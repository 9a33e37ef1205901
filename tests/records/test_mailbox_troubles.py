"""What is amiss with a mailbox is told to the office that reads it: folders are named after people."""

import pytest
from click.testing import CliRunner

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.records.conftest import ANOTHER, OFFICE
from tests.records.made_up_mailbox import connected_mailbox, fetch, first_folder, raw  # noqa: F401
from tragitto.cli import mail
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries
from tragitto.records.actions.troubles import About, note
from tragitto.records.vocabulary import Problem

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("task")


def amiss(file_name: str, problem: Problem = Problem.MAILBOX_UNREACHABLE) -> None:
    note(About(file_name=file_name), problem=problem, detail="", actor=SYSTEM, at=NOON)


def told(actor: Actor) -> list[str]:
    return [trouble.file_name for trouble in queries.open_troubles(actor=actor)]


@pytest.fixture
def withheld(mailbox, inbox) -> str:
    """A message that the server of Carla's office's mailbox does not give: what it is called."""
    mailbox.withholds = {inbox.put(raw(1))}
    fetch()
    return f"{OFFICE}/INBOX;uidvalidity=1;uid=1"


def test_a_message_of_a_mailbox_is_named_to_its_office_alone(withheld, carla, carla_elsewhere):
    assert (told(carla), told(carla_elsewhere), told(SYSTEM)) == ([withheld], [], [withheld])


@pytest.mark.parametrize("place", [ANOTHER, f"{ANOTHER}/Bruno Bianchi"], ids=["mailbox", "folder"])
def test_so_are_a_mailbox_and_a_folder(mailboxes, carla, carla_elsewhere, place):
    amiss(place)

    assert (told(carla), told(carla_elsewhere)) == ([], [place])


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("TRAGITTO_MAILBOXES", Problem.MAILBOXES_WRONG),
        ("nuova@pec.ufficio.example", Problem.MAILBOX_UNKNOWN),
        ("modulo.eml", Problem.FILE_NOT_TAKEN),
        (f"{ANOTHER}.eml", Problem.FILE_NOT_TAKEN),
    ],
)
def test_what_is_nobodys_is_told_to_everyone(mailboxes, carla, carla_elsewhere, name, problem):
    amiss(name, problem)

    assert (told(carla), told(carla_elsewhere)) == ([name], [name])


def test_a_letter_that_stands_for_any_other_in_a_pattern_stands_for_itself(mailboxes, carla):
    for office, address in (("office", "acb@pec.example"), ("another-office", "a_b@pec.example")):
        actions.give_mailbox(address=address, organisation=make_organisation(office), actor=SYSTEM, at=NOON)

    amiss("acb@pec.example/INBOX")

    assert told(carla) == ["acb@pec.example/INBOX"]


def test_the_command_line_speaks_for_all_offices_and_names_no_folder(withheld):
    lines = CliRunner().invoke(mail.desk).output.splitlines()

    assert lines[0].startswith(f"{OFFICE};uid=1: A message of a mailbox could not be fetched")
    assert lines[1] == "0 messages at the desk, 1 open trouble"


def test_the_command_line_names_a_file_of_the_watched_folder(mailboxes):
    amiss("modulo.eml", Problem.FILE_NOT_TAKEN)

    assert CliRunner().invoke(mail.desk).output.startswith("modulo.eml: ")
