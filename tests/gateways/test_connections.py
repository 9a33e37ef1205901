"""The file of mailbox connections: read strictly, and what is wrong is named with its line and remedy."""

from datetime import date
from pathlib import Path

import pytest

from tragitto.gateways.connections import Security, read
from tragitto.gateways.tables import WrongFile

WHOLE = """\
# The office's certified mailbox.
[[mailbox]]
address = "Avviso@pec.ufficio.example"
folders = ["INBOX", "Archivio"]
since = 2025-07-01

[mailbox.imap]
host = "imaps.pec.example"
user = "avviso@pec.ufficio.example"
password_file = "SECRET"

[mailbox.smtp]
host = "smtps.pec.example"
security = "starttls"
user = "avviso@pec.ufficio.example"
password_variable = "PEC_PASSWORD"

[[mailbox]]
address = "altro@pec.ufficio.example"
imap = { host = "::1", port = 11430, security = "none", user = "altro", password_variable = "PEC_PASSWORD" }
"""


@pytest.fixture
def file(tmp_path) -> Path:
    (tmp_path / "secret").write_text("segreta\n")
    return tmp_path / "mailboxes.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text.replace("SECRET", str(file.parent / "secret")))
    return file


def refusal(file: Path, text: str) -> str:
    with pytest.raises(WrongFile) as refused:
        read(written(file, text))
    return str(refused.value).removeprefix(str(file))


def test_a_whole_file_is_read(file):
    found = read(written(file, WHOLE))

    first = found["avviso@pec.ufficio.example"]
    assert list(found) == ["avviso@pec.ufficio.example", "altro@pec.ufficio.example"]
    assert (first.folders, first.since) == (("INBOX", "Archivio"), date(2025, 7, 1))
    assert (first.imap.port, first.imap.security, first.imap.password()) == (993, Security.TLS, "segreta")
    assert (first.smtp.port, first.smtp.security) == (587, Security.STARTTLS)
    assert found["altro@pec.ufficio.example"].smtp is None


def test_a_password_may_come_from_the_environment(file, monkeypatch):
    monkeypatch.setenv("PEC_PASSWORD", "segreta")

    assert read(written(file, WHOLE))["avviso@pec.ufficio.example"].smtp.password() == "segreta"


def test_a_secret_that_is_not_there_is_refused_when_it_is_needed(file, monkeypatch):
    monkeypatch.delenv("PEC_PASSWORD", raising=False)
    smtp = read(written(file, WHOLE))["avviso@pec.ufficio.example"].smtp

    with pytest.raises(WrongFile, match="line 12: the environment variable PEC_PASSWORD holds no password"):
        smtp.password()


def test_a_file_without_a_password_is_refused(file):
    imap = read(written(file, WHOLE))["avviso@pec.ufficio.example"].imap
    (file.parent / "secret").unlink()

    with pytest.raises(WrongFile, match=r"line 7: .*secret: No such file or directory"):
        imap.password()


def test_no_secret_is_shown_in_a_refusal(file):
    assert "segreta" not in refusal(file, WHOLE.replace('password_file = "SECRET"', 'password = "segreta"'))


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('host = "imaps.pec.example"', "", "line 7: host is missing: add it"),
        ('host = "imaps.pec.example"', "host = 5", "line 8: host must be a text in quotation marks"),
        ('host = "imaps.pec.example"', 'host = ""', "line 8: host is empty: fill it in"),
        ('host = "imaps.pec.example"', 'hosts = "a"', "line 7: host is missing"),
        ('password_file = "SECRET"', 'passwordfile = "a"',
         "line 10: passwordfile is not known here: did you mean password_file?"),
        ('password_file = "SECRET"', "",
         "line 9: say where the password is: password_file or password_variable"),
        ('password_file = "SECRET"', 'password_file = "a"\npassword_variable = "b"', "line 9: say where"),
        ("since = 2025-07-01", 'since = "1.7.2025"', "line 5: since must be a day without quotation marks"),
        ("since = 2025-07-01", "since = 2025-07-01T10:00:00Z", "line 5: since must be a day"),
        ('["INBOX", "Archivio"]', '["*", "Archivio"]', 'line 4: write ["*"] alone'),
        ('["INBOX", "Archivio"]', '"INBOX"', "line 4: folders must be a list of texts"),
        ('"Avviso@pec.ufficio.example"', '"Avviso"', "line 3: write the mailbox's own address"),
        ('"altro@pec.ufficio.example"', '"avviso@pec.ufficio.example"',
         "line 19: avviso@pec.ufficio.example stands here twice"),
        ('security = "starttls"', 'security = "ssl"',
         "line 14: security must be one of: tls, starttls, none"),
        ('security = "starttls"', 'security = "none"', "line 14: none is for this machine alone"),
        ('security = "starttls"', "port = 0", "line 14: port must be a number from 1 to 65535"),
        ('security = "starttls"', 'port = "465"', "line 14: port must be a number"),
        ('security = "starttls"', 'ca_file = "/nowhere.pem"', "line 14: /nowhere.pem is not there"),
        ("[mailbox.smtp]", "[mailbox.smpt]", "line 12: smpt is not known here: did you mean smtp?"),
        ('[[mailbox]]\naddress = "altro', '[[mailboxes]]\naddress = "altro', "line 18: mailboxes is"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_remedy(file, wrong, right, told):
    assert wrong in WHOLE

    assert f", {told}" in refusal(file, WHOLE.replace(wrong, right))


def test_a_mailbox_without_any_server_is_refused(file):
    assert "line 1: add [mailbox.imap] to read it" in refusal(file, '[[mailbox]]\naddress = "a@b.example"\n')


def test_one_bracket_is_refused(file):
    assert "line 1: write [[mailbox]] with two brackets" in refusal(
        file, '[mailbox]\naddress = "a@b.example"'
    )


def test_what_is_no_toml_is_refused_with_its_line(file):
    assert "at line 2, column 1" in refusal(file, "a = 1\n= 2\n")


def test_a_file_that_is_not_there_is_named(file):
    with pytest.raises(WrongFile, match="No such file or directory: make it, or take TRAGITTO_MAILBOXES out"):
        read(file)


def test_an_empty_file_connects_nothing(file):
    assert read(written(file, "")) == {}
