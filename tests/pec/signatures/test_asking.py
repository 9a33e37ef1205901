"""Signed files, read in the limited process: the same answers, with the list it holds."""

from __future__ import annotations

import hashlib

import pytest

from tests.pec.signatures.changing import refilled
from tests.pec.signatures.stage import (
    BRUNO,
    LETTER,
    LISTED,
    MORNING,
    NOON,
    STAMPER,
    XML,
    form,
    read,
    signed_form,
)
from tragitto_pec.confined import Confined
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.rehearsal.messages import Style
from tragitto_pec.rehearsal.revoking import answer, revocation_list
from tragitto_pec.signatures import Chain, Evidence, Qualified
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed

NOBODY_REVOKED = revocation_list(LISTED, {}, NOON)


@pytest.fixture(scope="module")
def confined():
    with Confined(holding=lambda: {TRUSTED_LIST: XML}) as reader:
        yield reader


@pytest.mark.parametrize(
    "raw",
    [
        BRUNO.p7m(LETTER, "ber", at=MORNING),
        BRUNO.p7m(LETTER, at=MORNING, stamper=STAMPER, style=Style(crls=(NOBODY_REVOKED,))),
        STAMPER.m7m(BRUNO.p7m(LETTER, "lines", at=MORNING), MORNING),
        BRUNO.sign_pdf(form(), at=MORNING, stamper=STAMPER),
        refilled(signed_form(), places="30"),
        b"",
        LETTER,
        signed_form()[:3000],
    ],
)
def test_the_answer_is_the_same_as_without_a_process_between(confined, raw):
    reading, content = confined.ask(SIGNED, raw, Signed(moment=NOON))

    assert reading == read(raw)
    assert len(content) == reading.content_size
    assert (hashlib.sha256(content).hexdigest() if content else "") == reading.content_sha256


def test_evidence_and_a_file_beside_travel_along(confined):
    raw = BRUNO.p7m(LETTER, "detached", at=MORNING)
    evidence = Evidence((), (answer(LISTED, BRUNO.credentials, NOON),))

    reading, content = confined.ask(SIGNED, raw + LETTER, Signed(NOON, evidence, len(LETTER)))

    assert reading == read(raw, evidence=evidence, detached=LETTER)
    assert content == LETTER


def test_without_a_list_the_chain_is_not_checked():
    with Confined() as confined:
        (signer,) = confined.ask(SIGNED, BRUNO.p7m(LETTER), Signed(moment=NOON))[0].signers

    assert (signer.chain, signer.qualified) == (Chain.NOT_CHECKED, Qualified.UNKNOWN)


def test_a_list_that_cannot_be_read_is_none():
    with Confined(holding=lambda: {TRUSTED_LIST: b"<a/>"}) as confined:
        (signer,) = confined.ask(SIGNED, BRUNO.p7m(LETTER), Signed(moment=NOON))[0].signers

    assert signer.chain is Chain.NOT_CHECKED
