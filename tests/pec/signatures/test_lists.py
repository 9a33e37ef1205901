"""Trusted lists: read, checked for who signed them, and known to be old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pec.signatures.stage import BRUNO, ISSUED, LISTED, NOON, STRANGER, XML
from tragitto_pec.rehearsal.messages import asn1
from tragitto_pec.rehearsal.trusting import Service, trusted_list_of
from tragitto_pec.signatures import ListSummary, TrustedListError, trusted_list
from tragitto_pec.signatures.list_signing import ListSignatureError, pointers, verified
from tragitto_pec.signatures.trusted import summary_of

SIGNED = trusted_list_of([LISTED], issued_at=ISSUED, sequence=7, signer=BRUNO.credentials)
BRUNOS = asn1(BRUNO.credentials.certificate)


def test_what_a_list_says_of_itself():
    assert summary_of(XML) == ListSummary("IT", 1, ISSUED, ISSUED + timedelta(days=180))


def test_a_list_is_stale_after_its_next_update():
    summary = summary_of(XML)

    assert [summary.is_stale(at) for at in (NOON, NOON + timedelta(days=365))] == [False, True]


def test_a_list_without_an_end_is_never_stale():
    assert not ListSummary("IT", 1, ISSUED).is_stale(NOON)


def test_services_are_counted():
    assert trusted_list(XML).services == 2


def test_a_list_is_parsed_once():
    assert trusted_list(XML) is trusted_list(XML)


@pytest.mark.parametrize("xml", [b"", b"<a/>", b"not xml", XML[:900], XML.replace(b">1<", b">x<"), XML * 2])
def test_other_files_are_no_lists(xml):
    with pytest.raises(TrustedListError):
        trusted_list(xml)


def test_entities_are_not_resolved():
    bomb = b'<!DOCTYPE a [<!ENTITY x "IT">]>' + XML[XML.index(b"<TrustService") :].replace(
        b"<SchemeTerritory>IT<", b"<SchemeTerritory>&x;<"
    )

    assert summary_of(bomb).territory == ""


def test_a_signed_list_is_verified():
    assert verified(SIGNED, [BRUNOS]).sequence == 7


@pytest.mark.parametrize(
    "xml",
    [
        XML,
        SIGNED.replace(b">7<", b">8<"),
        trusted_list_of([LISTED], issued_at=ISSUED, signer=STRANGER.credentials),
        trusted_list_of([LISTED], issued_at=LISTED.valid_until + timedelta(days=1), signer=BRUNO.credentials),
    ],
    ids=["unsigned", "changed", "by another", "by an expired signer"],
)
def test_other_lists_are_refused(xml):
    with pytest.raises(ListSignatureError):
        verified(xml, [BRUNOS])


def test_who_signed_is_named_in_the_refusal():
    with pytest.raises(ListSignatureError) as refusal:
        verified(SIGNED)

    assert BRUNO.name in refusal.value.signers[0]


def test_a_signed_list_inside_another_is_refused():
    """The signature would cover the inner one, and the outer one would be read."""
    inner = SIGNED[SIGNED.index(b"<TrustService") :]
    outer = trusted_list_of([Service(STRANGER.authority)], issued_at=ISSUED)
    wrapped = outer.replace(b"</TrustServiceStatusList>", inner + b"</TrustServiceStatusList>")

    with pytest.raises(TrustedListError):
        verified(wrapped, [BRUNOS])


@pytest.mark.parametrize("xml", [SIGNED, XML])
def test_a_national_list_is_no_list_of_lists(xml):
    with pytest.raises((ListSignatureError, TrustedListError)):
        pointers(xml)
