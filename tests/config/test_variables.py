"""Deployment variables: read, refused with a sentence, documented."""

import pytest

from tragitto.config import places, variables


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("TRAGITTO_WORKERS", "many")

    with pytest.raises(
        variables.WrongSetting, match="TRAGITTO_WORKERS must be a whole number from 1, not 'many'"
    ):
        variables.number("TRAGITTO_WORKERS")


def test_a_yes_that_is_neither_is_refused(monkeypatch):
    monkeypatch.setenv("TRAGITTO_DEMONSTRATION", "perhaps")

    with pytest.raises(variables.WrongSetting, match="must be yes or no, not 'perhaps'"):
        variables.yes("TRAGITTO_DEMONSTRATION")


def test_a_variable_outside_the_table_is_a_slip_of_ours():
    with pytest.raises(KeyError):
        variables.read("TRAGITTO_UNHEARD_OF")


def test_the_secret_key_is_made_once_and_kept_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("TRAGITTO_SECRET_KEY")
    monkeypatch.setenv("TRAGITTO_VAR", str(tmp_path))

    assert variables.secret_key() == variables.secret_key()
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_address_becomes_a_database():
    described = places.describe("postgresql://anna:pa%2Fss@db.example:5433/mobility?sslmode=verify-full")

    assert (described["USER"], described["PASSWORD"], described["NAME"], described["PORT"]) == (
        "anna",
        "pa/ss",
        "mobility",
        "5433",
    )
    assert described["OPTIONS"] == {"sslmode": "verify-full"}


def test_words_never_go_to_a_gateway_in_clear(monkeypatch):
    monkeypatch.setenv("TRAGITTO_SMS", "http://gateway.example/send")

    with pytest.raises(variables.WrongSetting, match="TRAGITTO_SMS must begin with https://"):
        variables.secure_address("TRAGITTO_SMS")


@pytest.mark.parametrize("address", ["", "https://gateway.example/send", "http://127.0.0.1:9000/send"])
def test_a_gateway_is_reached_safely_or_is_on_this_machine(monkeypatch, address):
    monkeypatch.setenv("TRAGITTO_SMS", address)

    assert variables.secure_address("TRAGITTO_SMS") == address


def test_a_mail_server_that_is_none_is_refused():
    with pytest.raises(variables.WrongSetting, match="TRAGITTO_SMTP must be smtp://"):
        places.mailer("http://mail.example")


def test_mail_travels_under_tls():
    turned = places.mailer("smtp://anna:pa%40ss@mail.example")["OPTIONS"]
    wrapped = places.mailer("smtps://mail.example")["OPTIONS"]

    assert (turned["port"], turned["use_tls"], turned["password"]) == (587, True, "pa@ss")
    assert (wrapped["port"], wrapped["use_ssl"], wrapped["use_tls"]) == (465, True, False)
