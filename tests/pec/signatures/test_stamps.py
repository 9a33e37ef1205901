"""Time stamps: they prove when, if they fit and a listed service gave them."""

from __future__ import annotations

from datetime import timedelta

from tests.pec.signatures.stage import (
    BRUNO,
    LETTER,
    LISTED,
    MORNING,
    NOON,
    STAMPER,
    UNLISTED,
    codes,
    content,
    form,
    read,
    signer,
)
from tragitto_pec.rehearsal.persons import Papers
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.rehearsal.stamping import Stamper
from tragitto_pec.signatures import Chain, Container, FileVerdict, Qualified


def test_a_stamp_over_the_signature_proves_its_time():
    found = signer(BRUNO.p7m(LETTER, at=MORNING, stamper=STAMPER))

    assert (found.proven_at, found.judged_at, codes(found)) == (MORNING, MORNING, ["judged-at-stamp"])


def test_a_stamp_saves_a_certificate_that_expired_before_the_message():
    brief = Signatory(
        "Bruno Bianchi", BRUNO.codice_fiscale, LISTED, Papers(valid_until=NOON - timedelta(hours=1))
    )

    assert signer(brief.p7m(LETTER, at=MORNING)).chain is Chain.EXPIRED
    assert signer(brief.p7m(LETTER, at=MORNING, stamper=STAMPER)).qualified is Qualified.QUALIFIED


def test_a_stamp_of_somebody_who_is_not_listed_proves_nothing():
    found = signer(BRUNO.p7m(LETTER, at=MORNING, stamper=Stamper(UNLISTED)))

    assert (found.proven_at, found.judged_at, codes(found)) == (None, NOON, ["stamp-unproven"])


def test_a_stamp_of_a_service_for_certificates_proves_nothing():
    assert codes(signer(BRUNO.p7m(LETTER, at=MORNING, stamper=Stamper(LISTED)))) == ["stamp-unproven"]


def test_a_stamp_without_a_list_proves_nothing():
    assert signer(BRUNO.p7m(LETTER, at=MORNING, stamper=STAMPER), trust=None).proven_at is None


def test_a_stamp_over_something_else_is_named():
    raw = STAMPER.tsd(BRUNO.p7m(LETTER, at=MORNING), MORNING).replace(LETTER, LETTER[::-1])

    assert codes(read(raw)) == ["stamp-wrong"]


def test_a_stamped_file_around_a_signed_one():
    raw = STAMPER.tsd(BRUNO.p7m(LETTER, at=MORNING), MORNING)

    reading = read(raw)

    assert (reading.verdict, reading.container, reading.layers) == (
        FileVerdict.INTACT,
        Container.TIMESTAMPED,
        1,
    )
    assert (content(raw), signer(raw).proven_at) == (LETTER, MORNING)


def test_a_stamped_file_inside_a_signed_one_proves_nothing_of_the_outer_signature():
    assert signer(BRUNO.p7m(STAMPER.tsd(LETTER, MORNING), at=MORNING)).proven_at is None


def test_a_mime_file_of_signature_and_stamp():
    raw = STAMPER.m7m(BRUNO.p7m(LETTER, at=MORNING), MORNING)

    assert (content(raw), signer(raw).proven_at) == (LETTER, MORNING)


def test_a_stamp_alone_signs_nothing_and_says_when():
    reading = read(STAMPER.tsd(LETTER, MORNING))

    assert (reading.verdict, reading.container, codes(reading)) == (
        FileVerdict.UNSIGNED,
        Container.TIMESTAMPED,
        ["stamped"],
    )
    assert reading.reasons[0].facts == {"at": MORNING.isoformat()}


def test_the_answer_of_the_authority_beside_the_file():
    assert codes(read(STAMPER.reply(LETTER, MORNING), detached=LETTER)) == ["stamped"]
    assert codes(read(STAMPER.token(LETTER, MORNING), detached=LETTER)) == ["stamped"]
    assert codes(read(STAMPER.token(LETTER, MORNING), detached=b"other")) == ["stamp-wrong"]


def test_a_stamp_in_a_pdf():
    found = signer(BRUNO.sign_pdf(form(), at=MORNING, stamper=STAMPER))

    assert (found.proven_at, found.qualified) == (MORNING, Qualified.QUALIFIED)
