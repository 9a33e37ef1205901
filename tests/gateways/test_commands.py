"""The commands about mailboxes, on a real Dovecot."""

import secrets

import pytest
from click.testing import CliRunner
from django.utils.translation import override

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.gateways.dovecot import PASSWORD
from tests.gateways.sink import Server, Sink
from tragitto.cli import mailbox as commands
from tragitto.gateways.post import ConfiguredPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports
from tragitto.records.models import Mailbox, Message, Outgoing

pytestmark = pytest.mark.django_db
ADDRESS = "avviso@pec.ufficio.example"
CONNECTION = """\
[[mailbox]]
address = "{address}"
[mailbox.imap]
host = "127.0.0.1"
port = {port}
security = "none"
user = "{user}"
password_variable = "PEC_PASSWORD"
"""
SENDING = """\
[mailbox.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
"""


def run(command, *arguments: str):
    # As the house does for every command: a terminal is spoken to in English.
    with override("en"):
        return CliRunner().invoke(command, arguments)


@pytest.fixture
def user() -> str:
    return f"user-{secrets.token_hex(4)}"


@pytest.fixture
def file(tmp_path, settings, monkeypatch, dovecot, user):
    """The office's mailbox, connected by the file of the deployment."""
    settings.VAR, settings.DOCUMENTS = tmp_path, str(tmp_path / "documents")
    settings.MAILBOXES = str(tmp_path / "mailboxes.toml")
    monkeypatch.setenv("PEC_PASSWORD", PASSWORD)
    written = tmp_path / "mailboxes.toml"
    written.write_text(CONNECTION.format(address=ADDRESS, port=dovecot.port, user=user))
    before = ports.post()
    ports.use(ConfiguredPost(lambda: settings.MAILBOXES))
    yield written
    ports.use(before)


@pytest.fixture
def given(db) -> Mailbox:
    office = make_organisation("office")
    return actions.give_mailbox(address=ADDRESS, organisation=office, actor=Actor.system("test"), at=NOON)


def test_a_mailbox_is_given_to_an_office(db):
    make_organisation("office")

    assert run(commands.give, ADDRESS, "office").output == f"{ADDRESS} is read by office.\n"
    assert Mailbox.objects.get().organisation.code == "office"


def test_an_organisation_that_is_not_there_is_named(db):
    result = run(commands.give, ADDRESS, "nowhere")

    assert (result.exit_code, "There is no nowhere. Look up how it is written" in result.output) == (1, True)


def test_a_check_says_what_is_there_and_changes_nothing(file, given, dovecot, user):
    dovecot.put(user, b"Subject: a\r\n\r\n")

    result = run(commands.check)

    assert result.output.splitlines()[0] == f"{ADDRESS}: read by office"
    assert "  INBOX: 1 message, watched" in result.output.splitlines()
    assert "  Sent: 0 messages, not watched" in result.output.splitlines()
    assert "  sending: not connected" in result.output.splitlines()
    assert (result.exit_code, Message.objects.count()) == (0, 0)


def test_a_check_signs_in_where_mail_leaves(file, given):
    sink = Sink()
    server = Server(sink)
    file.write_text(file.read_text() + SENDING.format(port=sink.port))
    server.start()
    try:
        result = run(commands.check)
    finally:
        server.stop()

    assert "  sending: signed in" in result.output.splitlines()
    assert sink.arrived == []


def test_a_check_names_what_is_wrong(file, given, monkeypatch):
    monkeypatch.setenv("PEC_PASSWORD", "sbagliata")

    result = run(commands.check)

    assert (result.exit_code, "user or password refused" in result.output) == (1, True)
    assert "sbagliata" not in result.output


@pytest.mark.slow
def test_a_mailbox_of_no_office_is_told_with_the_remedy(file, db):
    result = run(commands.check)

    assert (result.exit_code, "tragitto mailbox give" in result.output) == (1, True)
    assert run(commands.fetch).exit_code == 1


def test_a_wrong_file_is_told_with_its_line(file, given):
    file.write_text(file.read_text().replace("host", "hots"))

    for command in (commands.check, commands.fetch, commands.reconcile):
        result = run(command)
        assert (result.exit_code, "mailboxes.toml, line 3: host is missing: add it." in result.output) == (
            1,
            True,
        )


def test_without_any_mailbox_the_setting_is_named(settings, db):
    result = run(commands.fetch)

    assert (result.exit_code, "TRAGITTO_MAILBOXES" in result.output) == (1, True)


def test_fetching_and_comparing_tell_their_counts(file, given, dovecot, user):
    dovecot.put(user, b"Subject: a\r\n\r\n", b"Subject: b\r\n\r\n")

    fetched, compared, last = run(commands.fetch), run(commands.reconcile), run(commands.reconcile, "--last")

    assert fetched.output == f"{ADDRESS}: 2 messages taken in, 0 known before, 0 left\n"
    assert (
        "INBOX: 2 on the server, 2 in the house before, 0 missing: 0 taken in, 0 known by their content, "
        "0 left; 0 gone from it" in compared.output
    )
    assert (last.output, last.exit_code) == (compared.output, 0)


def test_a_connection_may_name_a_mailbox_that_is_only_sent_from(file, given):
    file.write_text(f'[[mailbox]]\naddress = "{ADDRESS}"\n{SENDING.format(port=9)}')

    assert "TRAGITTO_MAILBOXES" in run(commands.fetch).output
    assert "has no [mailbox.imap]" in run(commands.fetch, ADDRESS).output
    assert "Connection refused" in run(commands.check, ADDRESS).output


def test_what_was_sent_and_not_arrived_is_listed_and_sent_again(file, given, db):
    file.write_text(file.read_text() + SENDING.format(port=9))
    actor, draft = Actor.system("test"), actions.Draft(("bruno@pec.impresa.example",), "Richiesta", "Manca.")
    outgoing = actions.send(key="request", mailbox=given, draft=draft, actor=actor, at=NOON, about="C-1")
    Outgoing.objects.update(state="refused", next_try_at=None)

    listed = run(commands.outgoing).output.splitlines()
    again = run(commands.resend, outgoing.code, "--reason", "La casella ha di nuovo posto.")

    assert listed == [
        f"{outgoing.code}  office 2025/0000001  C-1  refused  1 addressee: 0 accepted, 0 delivered, 0 failed",
        "1 message",
    ]
    assert again.output == f"{outgoing.code} waits to be sent.\n"
    assert run(commands.resend, outgoing.code, "--reason", "x").exit_code == 1


def test_the_digest_is_printed(file, given):
    file.write_text(file.read_text().replace('user = "', 'user = "nobody'))
    file.write_text(
        file.read_text().replace('password_variable = "PEC_PASSWORD"', 'password_variable = "NO"')
    )
    run(commands.fetch)

    lines = run(commands.digest).output.splitlines()

    assert lines[0] == "office: 0 at the desk, 1 thing to look at"
    assert lines[1].startswith(f"  {ADDRESS}: The file of mailbox connections cannot be used")


def test_a_digest_of_nobody_is_refused_and_those_that_have_one_are_named(given):
    result = run(commands.digest, "--office", "nobody")

    assert (result.exit_code, result.output) == (
        1,
        "Error: No office nobody reads a mailbox. Those that read one: office.\n",
    )


def test_without_a_mailbox_the_digest_is_one_line_with_the_remedy(db):
    result = run(commands.digest)

    assert (result.exit_code, len(result.output.splitlines())) == (0, 1)
    assert "tragitto mailbox give" in result.output


def test_where_nothing_was_compared_one_line_says_so(given):
    result = run(commands.reconcile, "--last")

    assert (result.exit_code, result.output) == (
        0,
        "No comparison has been made yet. Make one: `tragitto mailbox reconcile`, without --last.\n",
    )
