"""Signed PDF files: the signed revision counts, and what came later is named."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.pec.signatures.changing import page_added, redrawn, refilled, stamped, values_of, with_store
from tests.pec.signatures.stage import (
    BRUNO,
    CARLA,
    LISTED,
    MORNING,
    NOON,
    STAMPER,
    STRANGER,
    codes,
    content,
    form,
    read,
    signed_form,
    signer,
)
from tragitto_pec.rehearsal.revoking import revocation_list
from tragitto_pec.rehearsal.stamping import Stamper
from tragitto_pec.signatures import Chain, Changes, Container, Evidence, FileVerdict, Qualified, Revocation

BY_BRUNO = signed_form()
BY_BOTH = CARLA.sign_pdf(BY_BRUNO, "second", at=MORNING)


def test_a_form_without_a_signature_is_unsigned():
    reading = read(form())

    assert (reading.verdict, reading.container, content(form())) == (
        FileVerdict.UNSIGNED,
        Container.NONE,
        b"",
    )


def test_a_form_signed_and_left_alone():
    reading = read(BY_BRUNO)

    assert (reading.verdict, reading.container, reading.layers) == (FileVerdict.INTACT, Container.PADES, 0)
    assert (reading.changes, reading.revision_end) == (Changes.NONE, len(BY_BRUNO))
    assert content(BY_BRUNO) == BY_BRUNO


def test_the_signer_of_a_form():
    found = signer(BY_BRUNO)

    assert (found.name, found.codice_fiscale, found.field) == (BRUNO.name, BRUNO.codice_fiscale, "signature")
    assert (found.claimed_at, found.chain, found.qualified) == (MORNING, Chain.TRUSTED, Qualified.QUALIFIED)


def test_a_certified_form_is_signed_like_any_other():
    assert read(BRUNO.sign_pdf(form(), at=MORNING, locks=True)).verdict is FileVerdict.INTACT


def test_a_signature_is_put_into_the_field_that_waits_for_it():
    waiting = CARLA.sign_pdf(form(), "Firma_LR", at=MORNING)

    assert signer(waiting).field == "Firma_LR"


@pytest.mark.parametrize("behind", [b"\r\n", b"\n" * 40, b"\x00" * 100])
def test_a_few_bytes_behind_do_no_harm(behind):
    reading = read(BY_BRUNO + behind)

    assert (reading.verdict, reading.revision_end) == (FileVerdict.INTACT, len(BY_BRUNO))


def test_a_field_filled_afterwards_keeps_the_signed_value():
    changed = refilled(BY_BRUNO, places="30")

    reading = read(changed)

    assert (reading.verdict, reading.changes) == (FileVerdict.CHANGED_AFTER, Changes.FIELDS)
    assert (codes(reading), reading.reasons[0].facts) == (["fields-changed"], {"fields": "places"})
    assert values_of(changed)["places"] == "30"
    assert values_of(content(changed))["places"] == "3"


def test_a_field_redrawn_afterwards_is_named_too():
    reading = read(redrawn(BY_BRUNO))

    assert (reading.verdict, reading.reasons[0].facts) == (FileVerdict.CHANGED_AFTER, {"fields": "places"})


def test_a_field_filled_in_a_certified_form_is_more_than_filling():
    reading = read(refilled(BRUNO.sign_pdf(form(), at=MORNING, locks=True), places="30"))

    assert (reading.verdict, reading.changes) == (FileVerdict.CHANGED_AFTER, Changes.OTHER)


def test_two_people_sign_one_after_the_other():
    reading = read(BY_BOTH)

    assert (reading.verdict, reading.changes, reading.revision_end) == (
        FileVerdict.INTACT,
        Changes.NONE,
        len(BY_BOTH),
    )
    assert [one.name for one in reading.signers] == [BRUNO.name, CARLA.name]


def test_who_signs_last_cannot_change_what_the_first_signed():
    changed = CARLA.sign_pdf(refilled(BY_BRUNO, places="30"), "second", at=MORNING)

    reading = read(changed)

    assert (reading.verdict, reading.changes) == (FileVerdict.CHANGED_AFTER, Changes.FIELDS)
    assert (reading.revision_end, values_of(content(changed))["places"]) == (len(BY_BRUNO), "3")


def test_a_stranger_who_signs_afterwards_does_not_move_the_signed_revision():
    changed = STRANGER.sign_pdf(BY_BRUNO, "second", at=MORNING)

    reading = read(changed)

    assert (reading.verdict, reading.changes) == (FileVerdict.INTACT, Changes.ANOTHER_SIGNATURE)
    assert (reading.revision_end, content(changed)) == (len(BY_BRUNO), BY_BRUNO)


def test_honest_changes_of_another_kind_go_to_a_person():
    reading = read(page_added(BY_BRUNO))

    assert (reading.verdict, reading.changes, reading.needs_person) == (
        FileVerdict.CHANGED_AFTER,
        Changes.OTHER,
        True,
    )
    assert content(page_added(BY_BRUNO)) == BY_BRUNO


def test_a_signed_form_that_was_signed_once_more_as_a_file():
    raw = CARLA.p7m(BY_BRUNO, at=MORNING)

    reading = read(raw)

    assert (reading.verdict, reading.container, reading.layers) == (FileVerdict.INTACT, Container.CADES, 1)
    assert [(one.layer, one.name) for one in reading.signers] == [(1, CARLA.name), (2, BRUNO.name)]
    assert content(raw) == BY_BRUNO


def test_a_changed_form_inside_a_signed_file_goes_to_a_person():
    reading = read(CARLA.p7m(refilled(BY_BRUNO, places="30"), at=MORNING))

    assert (reading.verdict, codes(reading)) == (
        FileVerdict.CHANGED_AFTER,
        ["signed-inside", "fields-changed"],
    )


def test_a_file_that_forbids_copying_opens_without_a_password():
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(form())) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="owner", user=""))

    assert read(written.getvalue()).verdict is FileVerdict.UNSIGNED


def test_a_file_that_needs_a_password_is_encrypted():
    """A signature can be seen from outside, and not be read."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(form())) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="owner", user="user"))

    reading = read(written.getvalue() + b"%/ByteRange\n")

    assert (reading.verdict, codes(reading)) == (FileVerdict.UNREADABLE, ["encrypted"])


def test_evidence_reaches_the_signers_of_a_form():
    revoked = {BRUNO.credentials.certificate.serial_number: MORNING}
    evidence = Evidence(crls=(revocation_list(LISTED, revoked, NOON),))

    assert signer(BY_BRUNO, evidence=evidence).revocation is Revocation.REVOKED


def test_a_store_for_long_term_validation_is_fine_and_counts():
    crl = revocation_list(LISTED, {}, NOON)
    raw = with_store(BY_BRUNO, [crl, b"rubbish"])

    reading = read(raw)

    assert (reading.verdict, reading.changes) == (FileVerdict.INTACT, Changes.VALIDATION_DATA)
    assert (content(raw), signer(raw).revocation) == (BY_BRUNO, Revocation.GOOD)


def test_a_stamp_over_the_whole_document_proves_the_time():
    raw = stamped(BY_BRUNO, STAMPER.for_pdf(MORNING))

    reading = read(raw)

    assert (reading.verdict, reading.changes) == (FileVerdict.INTACT, Changes.VALIDATION_DATA)
    assert (signer(raw).proven_at, content(raw)) == (MORNING, BY_BRUNO)


def test_a_stamp_of_nobody_over_the_whole_document_proves_nothing():
    raw = stamped(BY_BRUNO, Stamper(STRANGER.authority).for_pdf(MORNING))

    assert (signer(raw).proven_at, read(raw).verdict) == (None, FileVerdict.INTACT)
