"""Real signed files, where somebody has them: the folder that TRAGITTO_SAMPLES names."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tragitto_pec.confined import Confined
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.signatures import Chain, Changes, FileVerdict, Qualified, Revocation
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed
from tragitto_pec.signatures.list_signing import verified

FOLDER = Path(os.environ.get("TRAGITTO_SAMPLES", ""))

pytestmark = pytest.mark.skipif("TRAGITTO_SAMPLES" not in os.environ, reason="TRAGITTO_SAMPLES is not set")

SIGNED_AT = datetime(2018, 12, 21, 15, 58, 13, tzinfo=UTC)


def real_list():
    """A real trusted list."""
    return (FOLDER / "trust" / "TSL-IT_seq194_2023-09-26.xml").read_bytes()


@pytest.fixture(scope="module")
def confined():
    with Confined(holding=lambda: {TRUSTED_LIST: real_list()}) as reader:
        yield reader


@pytest.mark.parametrize(
    "name", ["01_oca_IT01234567890_FPR03.xml.p7m", "02_oca_IT01234567890_FPR03.base64.xml.p7m"]
)
def test_a_real_signature_is_qualified(confined, name):
    raw = (FOLDER / "p7m" / name).read_bytes()

    reading, content = confined.ask(SIGNED, raw, Signed(moment=SIGNED_AT))

    (signer,) = reading.signers
    assert (reading.verdict, reading.layers, len(content)) == (FileVerdict.INTACT, 1, 6564)
    assert (signer.codice_fiscale, signer.claimed_at) == ("CRTSRG74M18A459G", SIGNED_AT)
    assert (signer.chain, signer.qualified, signer.qscd) == (Chain.TRUSTED, Qualified.QUALIFIED, True)
    assert signer.revocation is Revocation.NOT_CHECKED


@pytest.mark.parametrize(
    ("name", "verdict", "changes", "whole"),
    [
        ("01_pdf-signed-original", FileVerdict.INTACT, Changes.NONE, True),
        ("02_modified_after_signature", FileVerdict.CHANGED_AFTER, Changes.OTHER, False),
        ("23_doc-firmado-LT", FileVerdict.INTACT, Changes.VALIDATION_DATA, False),
    ],
)
def test_a_real_pdf_is_read_by_its_signed_revision(confined, name, verdict, changes, whole):
    raw = (FOLDER / "pdf" / f"{name}.pdf").read_bytes()

    reading, content = confined.ask(SIGNED, raw, Signed())

    assert (reading.verdict, reading.changes) == (verdict, changes)
    assert content == raw[: reading.revision_end]
    assert (content == raw) is whole


def test_the_real_list_is_signed_by_the_one_who_is_pinned():
    assert verified(real_list()).sequence == 194
