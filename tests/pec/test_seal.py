"""The seal: what breaks it, what it tolerates, and that another program agrees."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec import hostile
from tests.pec.stage import ANCHORS, AUTHORITY, ENVELOPE, LETTER, NOON, PROVIDER, deciding, reading
from tragitto_pec import Kind, Verdict, read
from tragitto_pec.rehearsal import Manner, Provider
from tragitto_pec.rehearsal.sealing import signature
from tragitto_pec.seal import SealError, open_seal

START, END = hostile.span_of_signed_part(ENVELOPE)
DER = signature(hostile.signed_content(), PROVIDER.credentials, NOON)


@given(position=st.integers(START, END - 1), mask=st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_no_byte_of_the_signed_part_can_change(position, mask):
    result = reading(hostile.flipped(ENVELOPE, position, mask))

    assert (result.verdict is Verdict.VALID, result.certified_at) == (False, None)


@given(position=st.integers(0, len(ENVELOPE) - 1), mask=st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_whatever_byte_changes_a_valid_reading_says_the_same(position, mask):
    genuine = reading(ENVELOPE)

    result = reading(hostile.flipped(ENVELOPE, position, mask))

    if result.is_valid:
        assert (result.kind, result.certified_at) == (genuine.kind, genuine.certified_at)
        assert (result.sender, result.identifier) == (genuine.sender, genuine.identifier)
        assert result.attachments == genuine.attachments


def test_the_span_of_the_property_is_the_signed_part():
    """Without this, the first property could flip bytes that nobody signed."""
    assert ENVELOPE[START:END].startswith(b"Content-Type: multipart/mixed")
    assert b"postacert.eml" in ENVELOPE[START:END]
    assert b"smime.p7s" not in ENVELOPE[START:END]


def test_a_changed_date_in_the_sealed_data_is_seen():
    xml = hostile.daticert(lambda text: text.replace("01/07/2025", "01/06/2025"))
    genuine = hostile.sealed_xml(hostile.daticert())
    forged = hostile.sealed_xml(xml)
    seal = re.compile(rb"(?s)smime\.p7s\"\r\n\r\n.*?\r\n--")

    raw = seal.sub(lambda _match: seal.search(genuine)[0], forged)

    assert deciding(reading(raw)) == ["content-altered"]
    assert reading(raw).kind is Kind.POSTA_CERTIFICATA


def test_a_seal_that_is_no_signature_counts_as_damage():
    result = reading(hostile.with_seal(hostile.signed_content(), b"\x30\x03\x02\x01\x01"))

    assert (result.verdict, deciding(result)) == (Verdict.ALTERED, ["seal-unreadable"])


def test_a_signature_by_another_key_than_the_certificates():
    def swap(data):
        data["signer_infos"][0]["signature"] = b"\x30\x06\x02\x01\x01\x02\x01\x01"

    result = reading(hostile.resealed(swap))

    assert (result.verdict, deciding(result)) == (Verdict.ALTERED, ["signature-wrong"])


def test_two_signers_are_not_a_providers_seal():
    def double(data):
        data["signer_infos"] = [data["signer_infos"][0], data["signer_infos"][0].copy()]

    assert deciding(reading(hostile.resealed(double))) == ["several-signers"]


def test_a_seal_with_a_content_of_its_own():
    raw = hostile.resealed(lambda _data: None, manner=Manner(carries_content=True))

    assert deciding(reading(raw)) == ["seal-carries-content"]


def test_a_seal_without_signed_attributes():
    def bare(data):
        data["signer_infos"][0]["signed_attrs"] = None

    assert deciding(reading(hostile.resealed(bare))) == ["attributes-missing"]


@pytest.mark.parametrize("missing", ["content_type", "message_digest"])
def test_each_compulsory_attribute_must_be_there(missing):
    signer = cms.ContentInfo.load(DER)["content"]["signer_infos"][0]
    kept = [attribute for attribute in signer["signed_attrs"] if attribute["type"].native != missing]

    result = reading(hostile.with_attributes(kept))

    assert [(r.code, dict(r.facts)) for r in result.reasons] == [
        ("attributes-missing", {"attribute": missing})
    ]


def test_a_repeated_attribute_is_refused():
    signer = cms.ContentInfo.load(DER)["content"]["signer_infos"][0]
    twice = [*signer["signed_attrs"], signer["signed_attrs"][2].copy()]

    assert deciding(reading(hostile.with_attributes(twice))) == ["attributes-missing"]


def test_a_seal_over_something_else_than_data():
    def other(data):
        data["encap_content_info"]["content_type"] = "signed_data"

    assert deciding(reading(hostile.resealed(other))) == ["attributes-missing"]


@pytest.mark.parametrize("digest", ["md5", "sha224"])
def test_a_digest_nobody_tolerates(digest):
    def weaken(data):
        data["signer_infos"][0]["digest_algorithm"] = hostile.digest_algorithm(digest)

    assert deciding(reading(hostile.resealed(weaken))) == ["digest-not-accepted"]


def test_a_signature_declared_over_another_digest():
    def contradict(data):
        data["signer_infos"][0]["signature_algorithm"]["algorithm"] = "sha512_ecdsa"

    assert deciding(reading(hostile.resealed(contradict))) == ["algorithm-unknown"]


def test_attributes_out_of_order_are_a_formal_defect():
    result = reading(hostile.unsorted_seal())

    assert result.verdict is Verdict.VALID
    assert [reason.code for reason in result.reasons] == ["attributes-not-sorted"]


def test_open_lengths_of_some_providers_are_read():
    raw = hostile.with_seal(hostile.signed_content(), hostile.indefinite(DER))

    assert reading(raw).verdict is Verdict.VALID


def test_an_rsa_provider_seals_as_well():
    """The stage uses elliptic curves for speed; every real provider uses RSA."""
    from tragitto_pec.rehearsal import keys

    provider = Provider.create(AUTHORITY, key=keys.random_key())

    assert reading(provider.envelope(LETTER, at=NOON)).verdict is Verdict.VALID


def test_sha1_is_tolerated_for_the_envelope_with_a_note():
    data = PROVIDER.statement(Kind.ACCETTAZIONE, LETTER, NOON)

    result = reading(PROVIDER.seal(data, manner=Manner(digest="sha1")))

    assert result.verdict is Verdict.VALID
    assert [reason.code for reason in result.reasons] == ["sha1-envelope"]


@given(der=st.binary(max_size=200) | st.builds(hostile.flipped, st.just(DER), st.integers(0, len(DER) - 1)))
@settings(max_examples=200, deadline=None)
def test_opening_any_seal_gives_a_seal_or_a_reason(der):
    outcome = None
    try:
        seal = open_seal(der)
    except SealError as error:
        outcome = error.reason.text
    else:
        outcome = seal.signed_form() is None or str(seal.leaf.subject)

    assert outcome


@given(position=st.integers(0, len(DER) - 1), mask=st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_a_seal_with_any_byte_changed_gets_a_reading(position, mask):
    result = reading(hostile.with_seal(hostile.signed_content(), hostile.flipped(DER, position, mask)))

    assert not result.has("reader-failed")
    assert result.certified_at in (None, NOON)


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command here to ask a second opinion")
@pytest.mark.parametrize("changed", [False, True])
def test_openssl_agrees(tmp_path, changed):
    raw = hostile.flipped(ENVELOPE, ENVELOPE.index(b"postacert.eml") + 200) if changed else ENVELOPE
    file = tmp_path / "message.eml"
    file.write_bytes(raw)

    run = subprocess.run(
        ["openssl", "cms", "-verify", "-noverify", "-in", str(file), "-out", "/dev/null"],
        capture_output=True,
        check=False,
    )

    assert (run.returncode == 0) is read(raw, anchors=ANCHORS).is_valid
