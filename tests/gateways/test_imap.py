"""The IMAP adapter on a real Dovecot: byte for byte, in pieces, and nothing on the server is changed."""

import secrets
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.gateways.dovecot import PASSWORD
from tragitto.gateways import imap
from tragitto.gateways.connections import Connection, Security, Server
from tragitto.records.ports import NoFolder, TooLarge, Unreachable, Vanished

LARGE = b"Subject: large\r\n\r\n" + b"".join(b"%06d %s\r\n" % (n, b"x" * 60) for n in range(50_000))
SMALL = b"Subject: small\r\n\r\nciao\r\n"


@pytest.fixture
def user() -> str:
    return f"user-{secrets.token_hex(4)}"


@pytest.fixture
def server(dovecot, tmp_path, user) -> Server:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n")
    return Server("127.0.0.1", dovecot.port, Security.NONE, user, str(secret), "", "", Path("mailboxes"), 1)


@pytest.fixture
def over_tls(dovecot, server) -> Server:
    ca_file = str(dovecot.certificates.authority)
    return replace(server, host="localhost", port=dovecot.tls_port, security=Security.TLS, ca_file=ca_file)


def connection(*folders: str, since: date | None = None) -> Connection:
    return Connection("avviso@pec.ufficio.example", folders or ("INBOX",), since, None, None)


def test_a_message_of_many_pieces_comes_byte_for_byte(dovecot, server, user):
    dovecot.put(user, LARGE)

    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")
        (uid,) = mailbox.uids()
        raw = mailbox.message(uid, most=len(LARGE))
        digest = mailbox.sha256(uid)

    assert raw == LARGE
    assert digest == sha256(LARGE).hexdigest()


@pytest.mark.parametrize("piece", [len(SMALL) - 1, len(SMALL), len(SMALL) + 1, 1])
def test_pieces_of_any_size_make_the_same_message(dovecot, server, user, piece):
    dovecot.put(user, SMALL)

    with imap.opened(connection(), server) as opened:
        mailbox = imap.ImapMailbox(opened._client, connection(), piece=piece)
        mailbox.enter("INBOX")

        assert mailbox.message(mailbox.uids()[0], most=1000) == SMALL


def test_what_is_too_large_is_not_held(dovecot, server, user):
    dovecot.put(user, LARGE)

    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")
        with pytest.raises(TooLarge):
            mailbox.message(mailbox.uids()[0], most=2_000_000)


def test_nothing_is_flagged_on_the_server(dovecot, server, user):
    dovecot.put(user, SMALL)
    before = dovecot.flags(user)

    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")
        mailbox.message(mailbox.uids()[0], most=1000)

    after = dovecot.flags(user)
    assert b"Seen" not in after[0]
    assert [line.replace(b"\\Recent", b"") for line in after] == [
        line.replace(b"\\Recent", b"") for line in before
    ]


def test_identifiers_above_the_last_are_none(dovecot, server, user):
    dovecot.put(user, SMALL, SMALL)

    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")
        uids = mailbox.uids()

        assert (len(uids), mailbox.uids(after=uids[0]), mailbox.uids(after=uids[1])) == (2, uids[1:], [])


def test_messages_before_the_first_day_are_left_alone(dovecot, server, user):
    dovecot.put(user, SMALL)

    with imap.opened(connection(since=date(2999, 1, 1)), server) as mailbox:
        mailbox.enter("INBOX")

        assert mailbox.uids() == []


def test_a_message_deleted_in_between_has_vanished(dovecot, server, user):
    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")
        with pytest.raises(Vanished):
            mailbox.message(17, most=1000)


def test_an_empty_mailbox_has_nothing(server):
    with imap.opened(connection(), server) as mailbox:
        mailbox.enter("INBOX")

        assert mailbox.uids() == []


def test_a_folder_that_is_not_there_is_said_to_be(server):
    with imap.opened(connection("Altro"), server) as mailbox, pytest.raises(NoFolder):
        mailbox.enter("Altro")


def test_all_folders_are_those_in_which_received_mail_lies(dovecot, server, user):
    dovecot.put(user, SMALL, folder="Archivio")

    with imap.opened(connection("*"), server) as mailbox:
        assert sorted(mailbox.folders()) == ["Archivio", "INBOX"]


def test_a_survey_counts_every_folder_and_tells_which_are_watched(dovecot, server, user):
    dovecot.put(user, SMALL)
    dovecot.put(user, SMALL, SMALL, folder="Archivio")

    with imap.opened(connection(), server) as mailbox:
        seen = {each.name: (each.messages, each.is_watched) for each in mailbox.survey()}

    assert seen == {
        "INBOX": (1, True), "Archivio": (2, False), "Drafts": (0, False), "Sent": (0, False)
    }  # fmt: skip


def test_a_wrong_password_is_told_without_it(server, tmp_path):
    (tmp_path / "secret").write_text("sbagliata")

    with (
        pytest.raises(Unreachable, match="user or password refused") as failure,
        imap.opened(connection(), server),
    ):
        pass

    assert "sbagliata" not in str(failure.value)


def test_a_server_that_is_not_there_is_named(server):
    with (
        pytest.raises(Unreachable, match=r"127\.0\.0\.1:9: "),
        imap.opened(connection(), replace(server, port=9)),
    ):
        pass


@pytest.mark.slow
def test_over_tls_the_mailbox_opens(over_tls):
    with imap.opened(connection(), over_tls) as mailbox:
        assert mailbox.enter("INBOX") > 0


def test_starttls_opens_the_mailbox(dovecot, over_tls):
    begun_in_clear = replace(over_tls, port=dovecot.port, security=Security.STARTTLS)

    with imap.opened(connection(), begun_in_clear) as mailbox:
        assert mailbox.enter("INBOX") > 0


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_authority_that_nobody_trusts_is_refused(dovecot, over_tls, security):
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    untrusting = replace(over_tls, ca_file="", port=port, security=security)

    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"), imap.opened(connection(), untrusting):
        pass


def test_a_certificate_for_another_name_is_refused(over_tls):
    elsewhere = replace(over_tls, host="127.0.0.1")

    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"), imap.opened(connection(), elsewhere):
        pass
