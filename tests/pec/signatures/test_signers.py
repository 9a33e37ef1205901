"""Each signature: whether it fits, who made it, and what the trusted list says of that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.pec.signatures.stage import (
    BRUNO,
    CARLA,
    LETTER,
    LISTED,
    MORNING,
    NOON,
    SINCE,
    STRANGER,
    UNLISTED,
    UNTIL,
    authority,
    codes,
    read,
    signer,
)
from tragitto_pec.rehearsal.messages import Style
from tragitto_pec.rehearsal.persons import Papers
from tragitto_pec.rehearsal.signing import Signatory, together
from tragitto_pec.rehearsal.trusting import Service, trusted_list_of
from tragitto_pec.signatures import Chain, FileVerdict, Integrity, Qualified, Revocation, trusted_list
from tragitto_pec.signatures.people import codice_fiscale_of


def with_papers(**papers: object) -> Signatory:
    """Bruno with another certificate."""
    return Signatory(BRUNO.name, BRUNO.codice_fiscale, LISTED, Papers(**papers))


def test_a_qualified_signature():
    found = signer(BRUNO.p7m(LETTER, at=MORNING))

    assert (found.integrity, found.chain, found.qualified) == (
        Integrity.INTACT,
        Chain.TRUSTED,
        Qualified.QUALIFIED,
    )
    assert (found.qscd, found.is_seal, found.is_weak, found.reasons, found.is_good) == (
        True,
        False,
        False,
        (),
        True,
    )


def test_who_signed_comes_out_of_the_certificate():
    found = signer(BRUNO.p7m(LETTER, at=MORNING))

    assert (found.name, found.given_name, found.surname) == ("Bruno Bianchi", "Bruno", "Bianchi")
    assert (found.codice_fiscale, found.country) == (BRUNO.codice_fiscale, "IT")
    assert (found.claimed_at, found.proven_at, found.digest, found.key) == (MORNING, None, "sha256", "ec 256")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("TINIT-CNTCRL75B41F205U", "CNTCRL75B41F205U"),
        ("IT:CNTCRL75B41F205U", "CNTCRL75B41F205U"),
        ("IDCIT-CNTCRL75B41F205U", "CNTCRL75B41F205U"),
        ("cntcrl75b41f205u", "CNTCRL75B41F205U"),
        ("TINIT-CNTCRLTRB41F20RU", "CNTCRLTRB41F20RU"),
        ("VATIT-01234567890", ""),
        ("TINFR-CNTCRL75B41F205U", ""),
        ("TINIT-CNTCRL75B41F205UX", ""),
        ("", ""),
    ],
)
def test_the_codice_fiscale_as_certificates_write_it(written, found):
    assert codice_fiscale_of(written) == found


def test_revocation_is_never_silently_good():
    assert signer(BRUNO.p7m(LETTER)).revocation is Revocation.NOT_CHECKED


def test_where_to_ask_is_told_for_a_traced_certificate_alone():
    asks = signer(BRUNO.p7m(LETTER)).asks

    assert [(ask.url, bool(ask.request)) for ask in asks] == [
        ("http://firma.prova.example/ocsp", True),
        ("http://firma.prova.example/crl", False),
    ]
    assert signer(STRANGER.p7m(LETTER)).asks == ()


@pytest.mark.parametrize("place", [5, 20, -1])
def test_one_byte_of_the_content_is_enough(place):
    raw = bytearray(BRUNO.p7m(LETTER))
    raw[raw.index(LETTER) + place % len(LETTER)] ^= 1

    assert (read(bytes(raw)).verdict, codes(signer(bytes(raw)))) == (FileVerdict.ALTERED, ["content-changed"])
    assert signer(bytes(raw)).qualified is Qualified.NOT_QUALIFIED


def test_a_changed_attribute_is_enough():
    raw = BRUNO.p7m(LETTER, at=MORNING).replace(b"250301090000Z", b"240301090000Z")

    assert (read(raw).verdict, codes(signer(raw))) == (FileVerdict.ALTERED, ["signature-wrong"])


def test_the_signature_of_another_under_ones_name():
    mine, other = (cms.ContentInfo.load(one.p7m(LETTER)) for one in (BRUNO, CARLA))
    mine["content"]["signer_infos"][0]["signature"] = other["content"]["signer_infos"][0]["signature"].native

    assert codes(signer(mine.dump())) == ["signature-wrong"]


def test_a_certificate_put_in_place_of_the_one_that_is_named():
    forged = together(LETTER, [BRUNO])
    info = cms.ContentInfo.load(forged)
    info["content"]["signer_infos"][0]["sid"] = cms.ContentInfo.load(CARLA.p7m(LETTER))["content"][
        "signer_infos"
    ][0]["sid"]

    assert codes(signer(info.dump())) == ["certificate-missing"]


def test_no_certificate_no_name():
    found = signer(BRUNO.p7m(LETTER, style=Style(sends_signer=False)))

    assert (found.name, found.integrity, codes(found)) == ("", Integrity.UNSUPPORTED, ["certificate-missing"])


def test_attributes_in_another_order_are_a_formal_defect():
    found = signer(BRUNO.p7m(LETTER, style=Style(is_unsorted=True)))

    assert (found.integrity, codes(found)) == (Integrity.INTACT, ["unsorted-attributes"])


def test_without_signed_attributes_it_is_said():
    assert codes(signer(BRUNO.p7m(LETTER, style=Style(is_bare=True)))) == ["no-signed-attributes"]


def test_a_signature_over_attributes_is_none_over_a_content():
    """The attributes of a genuine signature, given out as the content of one without attributes."""
    genuine = cms.ContentInfo.load(BRUNO.p7m(LETTER))["content"]["signer_infos"][0]
    attributes = genuine["signed_attrs"].untag().dump()
    info = cms.ContentInfo.load(BRUNO.p7m(attributes, style=Style(is_bare=True)))
    info["content"]["signer_infos"][0]["signature"] = genuine["signature"].native

    assert read(info.dump()).verdict is FileVerdict.ALTERED


def test_sha_1_is_stated_and_never_good():
    found = signer(BRUNO.p7m(LETTER, style=Style(digest="sha1")))

    assert (found.integrity, codes(found)) == (Integrity.INTACT, ["weak-digest"])
    assert (found.is_weak, found.is_good, found.qualified) == (True, False, Qualified.NOT_QUALIFIED)


def test_a_small_key_is_stated_and_never_good():
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    found = signer(with_papers(key=key).p7m(LETTER))

    assert (found.integrity, found.key, found.is_weak, found.is_good) == (
        Integrity.INTACT,
        "rsa 1024",
        True,
        False,
    )
    assert "weak-key" in codes(found)


def test_a_usual_rsa_key_is_fine():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert signer(with_papers(key=key).p7m(LETTER)).qualified is Qualified.QUALIFIED


@pytest.mark.parametrize(
    ("papers", "qualified", "qscd", "seal", "why"),
    [
        ({"is_qualified": False}, Qualified.NOT_QUALIFIED, None, False, ["not-qualified"]),
        ({"in_device": False}, Qualified.NOT_QUALIFIED, False, False, ["no-device"]),
        ({"is_seal": True}, Qualified.QUALIFIED, True, True, []),
    ],
)
def test_what_the_certificate_says_of_itself_decides(papers, qualified, qscd, seal, why):
    found = signer(with_papers(**papers).p7m(LETTER))

    assert (found.qualified, found.qscd, found.is_seal, codes(found)) == (qualified, qscd, seal, why)
    assert found.chain is Chain.TRUSTED


def test_an_authority_that_is_not_listed():
    found = signer(STRANGER.p7m(LETTER))

    assert (found.integrity, found.chain, found.qualified) == (
        Integrity.INTACT,
        Chain.UNTRUSTED,
        Qualified.NOT_QUALIFIED,
    )
    assert codes(found) == ["issuer-not-listed"]


def test_a_foreign_qualified_certificate_is_not_judged_by_this_list():
    abroad = trusted_list(trusted_list_of([UNLISTED], issued_at=NOON, territory="FR"))

    found = signer(BRUNO.p7m(LETTER), trust=abroad)

    assert (found.chain, found.qualified) == (Chain.UNTRUSTED, Qualified.UNKNOWN)
    assert codes(found) == ["issuer-not-listed", "foreign"]


def test_an_issuer_that_nobody_knows():
    found = signer(STRANGER.p7m(LETTER, style=Style(sends_issuer=False)))

    assert (found.chain, codes(found)) == (Chain.INCOMPLETE, ["issuer-unknown"])


def test_an_authority_of_the_same_name_is_another():
    other = Signatory(
        "Bruno Bianchi",
        BRUNO.codice_fiscale,
        authority("copy").__class__.create(
            valid_from=SINCE, valid_until=UNTIL, name=LISTED.name, seed="another key"
        ),
    )

    assert signer(other.p7m(LETTER)).chain is not Chain.TRUSTED


def test_expired_at_the_moment():
    found = signer(with_papers(valid_until=NOON - timedelta(days=1)).p7m(LETTER))

    assert (found.chain, codes(found)) == (Chain.EXPIRED, ["certificate-expired"])


def test_expired_since_then():
    brief = with_papers(valid_until=NOON + timedelta(days=1))

    assert signer(brief.p7m(LETTER)).chain is Chain.TRUSTED


def test_not_yet_in_force():
    found = signer(with_papers(valid_from=NOON + timedelta(days=1)).p7m(LETTER))

    assert (found.chain, codes(found)) == (Chain.NOT_YET, ["certificate-not-yet"])


@pytest.mark.parametrize(
    ("withdrawn", "chain", "qualified"),
    [
        (NOON + timedelta(days=1), Chain.TRUSTED, Qualified.QUALIFIED),
        (NOON - timedelta(days=1), Chain.UNTRUSTED, Qualified.NOT_QUALIFIED),
    ],
)
def test_a_service_counts_until_it_was_withdrawn(withdrawn, chain, qualified):
    xml = trusted_list_of([Service(LISTED, withdrawn_at=withdrawn)], issued_at=NOON + timedelta(days=9))

    found = signer(BRUNO.p7m(LETTER), trust=trusted_list(xml))

    assert (found.chain, found.qualified) == (chain, qualified)


def test_a_service_does_not_count_before_it_was_granted():
    xml = trusted_list_of([Service(LISTED, since=NOON + timedelta(days=1))], issued_at=NOON)

    found = signer(BRUNO.p7m(LETTER), trust=trusted_list(xml))

    assert (found.chain, codes(found)) == (Chain.UNTRUSTED, ["service-not-in-force"])


def test_a_service_that_changed_hands_lives_on():
    xml = trusted_list_of([Service(LISTED, was_taken_over=True)], issued_at=NOON)

    assert signer(BRUNO.p7m(LETTER), trust=trusted_list(xml)).qualified is Qualified.QUALIFIED


def test_a_service_that_stamps_times_does_not_certify_people():
    xml = trusted_list_of([Service(LISTED, gives_stamps=True)], issued_at=NOON)

    assert signer(BRUNO.p7m(LETTER), trust=trusted_list(xml)).chain is Chain.UNTRUSTED


def test_a_certificate_for_certificates_signs_no_documents():
    found = signer(with_papers(signs_certificates=True).p7m(LETTER))

    assert "usage-wrong" in codes(found)
    assert found.qualified is Qualified.NOT_QUALIFIED


def test_without_a_list_nothing_is_claimed():
    found = signer(BRUNO.p7m(LETTER), trust=None)

    assert (found.integrity, found.chain, found.qualified) == (
        Integrity.INTACT,
        Chain.NOT_CHECKED,
        Qualified.UNKNOWN,
    )
    assert codes(found) == ["no-trusted-list"]


def test_without_a_moment_the_signers_clock_is_taken_and_said():
    found = signer(BRUNO.p7m(LETTER, at=MORNING), moment=None)

    assert (found.judged_at, codes(found)) == (MORNING, ["moment-claimed"])


def test_without_any_moment_nothing_is_judged():
    found = signer(BRUNO.p7m(LETTER, style=Style(is_bare=True)), moment=None)

    assert (found.chain, codes(found)) == (Chain.NOT_CHECKED, ["no-signed-attributes", "no-moment"])


def test_the_list_is_named():
    reading = read(BRUNO.p7m(LETTER))

    assert reading.trusted_list is not None
    assert (reading.trusted_list.territory, reading.trusted_list.sequence) == ("IT", 1)


def test_a_list_older_than_the_moment_is_named_as_stale():
    late = NOON + timedelta(days=365)

    assert codes(read(BRUNO.p7m(LETTER), moment=late)) == ["list-stale"]
    assert codes(read(BRUNO.p7m(LETTER))) == []
