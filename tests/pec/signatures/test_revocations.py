"""Whether a certificate had been revoked: judged by lists and answers, at the moment of the message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pec.signatures.stage import BRUNO, CARLA, LETTER, LISTED, MORNING, NOON, UNLISTED, codes, signer
from tragitto_pec.rehearsal.messages import Style
from tragitto_pec.rehearsal.persons import Papers
from tragitto_pec.rehearsal.revoking import answer, revocation_list
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.signatures import Evidence, Qualified, Revocation

DAY = timedelta(days=1)
RAW = BRUNO.p7m(LETTER, at=MORNING)
SERIAL = BRUNO.credentials.certificate.serial_number


def by_list(revoked, at, **limits):
    """A list made at that time."""
    return Evidence(crls=(revocation_list(LISTED, revoked, at, **limits),))


def by_answer(at, revoked_at=None):
    """An answer given at that time."""
    return Evidence(ocsps=(answer(LISTED, BRUNO.credentials, at, revoked_at),))


@pytest.mark.parametrize(
    "evidence", [by_list({}, NOON + DAY), by_answer(NOON + DAY), by_list({}, NOON - DAY)]
)
def test_not_revoked(evidence):
    found = signer(RAW, evidence=evidence)

    assert (found.revocation, found.reasons, found.qualified) == (Revocation.GOOD, (), Qualified.QUALIFIED)


@pytest.mark.parametrize(
    "evidence", [by_list({SERIAL: NOON - DAY}, NOON + DAY), by_answer(NOON + DAY, NOON - DAY)]
)
def test_revoked_before(evidence):
    found = signer(RAW, evidence=evidence)

    assert (found.revocation, codes(found)) == (Revocation.REVOKED, ["revoked"])
    assert (found.qualified, found.is_good) == (Qualified.NOT_QUALIFIED, False)


@pytest.mark.parametrize(
    "evidence",
    [by_list({SERIAL: NOON + DAY}, NOON + 2 * DAY), by_answer(NOON + 2 * DAY, NOON + DAY)],
)
def test_revoked_afterwards(evidence):
    found = signer(RAW, evidence=evidence)

    assert (found.revocation, codes(found), found.is_good) == (Revocation.GOOD, ["revoked-later"], True)


def test_a_list_that_was_out_of_date_settles_nothing():
    found = signer(RAW, evidence=by_list({}, NOON - 20 * DAY))

    assert (found.revocation, codes(found)) == (Revocation.UNKNOWN, ["revocation-unclear"])


def test_a_list_made_after_the_certificate_expired_may_have_forgotten_it():
    brief = Signatory("Bruno Bianchi", BRUNO.codice_fiscale, LISTED, Papers(valid_until=NOON + DAY))

    found = signer(brief.p7m(LETTER), evidence=by_list({}, NOON + 9 * DAY))

    assert (found.revocation, codes(found)) == (Revocation.UNKNOWN, ["revocation-unclear"])


def test_what_speaks_of_others_is_no_evidence():
    others = Evidence(
        crls=(revocation_list(UNLISTED, {}, NOON),), ocsps=(answer(LISTED, CARLA.credentials, NOON),)
    )

    assert signer(RAW, evidence=others).revocation is Revocation.NOT_CHECKED


def test_a_list_that_somebody_else_signed_settles_nothing():
    forged = UNLISTED.__class__.create(
        valid_from=LISTED.valid_from, valid_until=LISTED.valid_until, name=LISTED.name, seed="forger"
    )
    evidence = Evidence(crls=(revocation_list(forged, {}, NOON + DAY),))

    assert signer(RAW, evidence=evidence).revocation is Revocation.UNKNOWN


@pytest.mark.parametrize("rubbish", [b"", b"x", b"\x30\x00", b"\x30\x80"])
def test_rubbish_settles_nothing(rubbish):
    found = signer(RAW, evidence=Evidence((rubbish,), (rubbish,)))

    assert found.revocation in (Revocation.UNKNOWN, Revocation.NOT_CHECKED)


def test_one_that_says_revoked_outweighs_one_that_says_good():
    both = Evidence(
        crls=(
            revocation_list(LISTED, {}, NOON + DAY),
            revocation_list(LISTED, {SERIAL: NOON - DAY}, NOON + DAY),
        )
    )

    assert signer(RAW, evidence=both).revocation is Revocation.REVOKED


def test_a_list_that_travels_with_the_signature_counts():
    style = Style(crls=(revocation_list(LISTED, {}, NOON + DAY),))

    assert signer(BRUNO.p7m(LETTER, at=MORNING, style=style)).revocation is Revocation.GOOD
