"""The made-up authority and provider: repeatable, and kept over a restart."""

from __future__ import annotations

import stat

from tests.pec.stage import AUTHORITY, CLOSING, ENVELOPE, LETTER, NOON, OPENING, PROVIDER
from tragitto_pec import PUBLIC, Verdict, read
from tragitto_pec.rehearsal import Authority, Provider, keys


def test_the_same_seed_makes_the_same_message():
    authority = Authority.create(valid_from=OPENING, valid_until=CLOSING, seed="stage")

    assert Provider.create(authority, seed="stage").envelope(LETTER, at=NOON) == ENVELOPE


def test_without_a_seed_every_authority_is_another():
    first, second = (Authority.create(valid_from=OPENING, valid_until=CLOSING) for _ in range(2))

    assert first.anchors() != second.anchors()


def test_an_authority_is_still_trusted_after_a_restart(tmp_path):
    authority = Authority.create(valid_from=OPENING, valid_until=CLOSING)
    raw = Provider.create(authority).envelope(LETTER, at=NOON)
    authority.save(tmp_path / "authority.pem")

    again = Authority.load(tmp_path / "authority.pem")

    assert again.anchors() == authority.anchors()
    assert read(raw, anchors=again.anchors()).verdict is Verdict.VALID
    assert read(Provider.create(again).envelope(LETTER, at=NOON), anchors=authority.anchors()).is_valid


def test_a_saved_key_is_for_its_owner_alone(tmp_path):
    AUTHORITY.save(tmp_path / "authority.pem")

    assert stat.S_IMODE((tmp_path / "authority.pem").stat().st_mode) == 0o600


def test_a_key_survives_as_pem():
    key = keys.derived_key("any")

    assert keys.from_pem(keys.to_pem(key)).private_numbers() == key.private_numbers()


def test_a_rehearsal_trusts_nothing_of_the_public_set():
    assert len(AUTHORITY.anchors().anchors) == 1
    assert PUBLIC.anchor_of(AUTHORITY.anchors().anchors[0].spki_sha256) is None


def test_two_letters_have_two_identifiers():
    other = Provider.create(AUTHORITY, domain="pec.altro.example", seed="other")

    assert PROVIDER.identifier(LETTER, NOON) != other.identifier(LETTER, NOON)
    assert PROVIDER.identifier(LETTER, NOON) != PROVIDER.identifier(LETTER, OPENING)
