"""Who counts as a provider: each way of not being one is refused for its own reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.pec import hostile
from tests.pec.stage import (
    ANCHORS,
    AUTHORITY,
    CLOSING,
    ENVELOPE,
    IMPOSTOR,
    LETTER,
    NOON,
    OPENING,
    PROVIDER,
    deciding,
    reading,
)
from tragitto_pec import Anchor, Kind, Verdict, read
from tragitto_pec.anchors import Digest
from tragitto_pec.rehearsal import Authority, Credentials, Manner, Profile, Provider, keys

OLD = datetime(2016, 5, 1, 10, 0, tzinfo=UTC)


def refused(profile: Profile) -> list[str]:
    """Why a message is refused whose provider has this certificate."""
    provider = Provider.create(AUTHORITY, seed="odd", profile=profile)
    result = reading(provider.envelope(LETTER, at=NOON))
    assert result.verdict is Verdict.UNTRUSTED
    assert result.certified_at is None
    return deciding(result)


def test_a_certificate_with_nothing_wrong_passes_the_same_way():
    """Without this, the refusals below could come from the way they are made."""
    provider = Provider.create(AUTHORITY, seed="odd", profile=Profile())

    assert reading(provider.envelope(LETTER, at=NOON)).verdict is Verdict.VALID


def test_a_provider_of_another_authority_with_the_same_name():
    result = reading(IMPOSTOR.envelope(LETTER, at=NOON))

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["issuer-not-pinned"])
    assert result.claims.sender == LETTER.sender


def test_a_public_message_is_nothing_to_the_rehearsal_and_the_other_way_round():
    assert deciding(read(ENVELOPE)) == ["issuer-not-pinned"]


def test_a_certificate_that_only_names_the_pinned_issuer():
    """The pinned certificate travels along, but its key signed nothing here."""
    twin = Authority.create(
        valid_from=OPENING, valid_until=CLOSING, name=AUTHORITY.name, key=keys.derived_key("x")
    )
    forged = twin.issue(
        address=PROVIDER.address,
        organisation="Gestore di prova",
        valid_from=OPENING,
        valid_until=CLOSING,
        key=keys.derived_key("y"),
    )
    provider = Provider(
        "Gestore di prova",
        PROVIDER.domain,
        Credentials(forged.key, forged.certificate, AUTHORITY.certificate),
    )

    assert deciding(reading(provider.envelope(LETTER, at=NOON))) == ["issuer-signature-wrong"]


def test_a_certificate_without_the_policy_of_providers():
    assert refused(Profile(policy=None)) == ["policy-missing"]
    assert refused(Profile(policy="1.3.76.16.9.9")) == ["policy-missing"]


def test_a_certificate_of_another_address():
    other = Profile(alternative_name="posta-certificata@altro.example")

    assert refused(other) == ["address-differs"]


def test_a_certificate_of_a_person_at_the_providers_domain():
    provider = Provider.create(
        AUTHORITY, seed="person", profile=Profile(alternative_name="elif@pec.gestore.example")
    )
    raw = hostile.with_header(provider.envelope(LETTER, at=NOON), "From", "elif@pec.gestore.example")

    assert deciding(reading(raw)) == ["address-differs"]


@pytest.mark.parametrize(
    "sender", ["posta-certificata@altro.example", "a@b.example, posta-certificata@pec.gestore.example", ""]
)
def test_a_changed_from_header_is_refused(sender):
    result = reading(hostile.with_header(ENVELOPE, "From", sender))

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["address-differs"])


def test_a_second_from_header_is_refused():
    result = reading(b"From: dario@pec.regione.example\r\n" + ENVELOPE)

    assert deciding(result) == ["address-differs"]


def test_a_certificate_not_for_signatures():
    assert refused(Profile(digital_signature=False)) == ["key-usage-wrong"]


def test_a_certificate_for_something_else_than_mail():
    assert refused(Profile(extended_usage=ExtendedKeyUsageOID.CODE_SIGNING)) == ["extended-key-usage-wrong"]


def test_a_certificate_without_extended_usage_is_that_of_an_early_provider():
    provider = Provider.create(AUTHORITY, seed="early", profile=Profile(extended_usage=None))

    assert reading(provider.envelope(LETTER, at=NOON)).verdict is Verdict.VALID


def test_the_signers_certificate_must_travel_along():
    data = PROVIDER.statement(Kind.ACCETTAZIONE, LETTER, NOON)

    result = reading(PROVIDER.seal(data, manner=Manner(sends_signer=False)))

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["signer-certificate-missing"])


def test_the_issuers_certificate_must_travel_along():
    data = PROVIDER.statement(Kind.ACCETTAZIONE, LETTER, NOON)

    assert deciding(reading(PROVIDER.seal(data, manner=Manner(sends_issuer=False)))) == ["issuer-not-pinned"]


def test_a_time_outside_the_period_of_the_anchor():
    anchor = ANCHORS.anchors[0]
    ended = ANCHORS.trusting(Anchor(anchor.name, anchor.spki_sha256, anchor.valid_from, NOON))

    assert deciding(read(ENVELOPE, anchors=ended)) == ["anchor-not-in-force"]
    assert read(PROVIDER.envelope(LETTER, at=NOON - timedelta(seconds=1)), anchors=ended).is_valid


def test_a_time_outside_the_life_of_the_certificate():
    result = reading(PROVIDER.envelope(LETTER, at=CLOSING + timedelta(days=1)))

    assert deciding(result) == ["anchor-not-in-force", "certificate-not-in-force"]


def test_a_small_key_passes_only_in_its_time():
    start, end = datetime(2011, 2, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    authority = Authority.create(valid_from=start, valid_until=end, seed="old")
    provider = Provider.create(authority, key=keys.random_key(1024))

    then, now = (read(provider.envelope(LETTER, at=at), anchors=authority.anchors()) for at in (OLD, NOON))

    assert then.verdict is Verdict.VALID
    assert (now.verdict, deciding(now)) == (Verdict.UNTRUSTED, ["key-not-accepted"])


def test_the_digest_of_a_certificate_passes_only_in_its_time():
    """SHA-1 certificates can no longer be made; the rule is the same for any digest."""
    until_noon = replace(ANCHORS, certificate_digests=(Digest("sha256", OPENING, NOON),))

    assert deciding(read(ENVELOPE, anchors=until_noon)) == ["certificate-digest-not-accepted"]


def test_the_digest_of_a_seal_passes_only_in_its_time():
    until_noon = replace(ANCHORS, seal_digests=(Digest("sha256", OPENING, NOON),))

    assert deciding(read(ENVELOPE, anchors=until_noon)) == ["digest-not-accepted"]


def test_an_anomaly_envelope_of_an_impostor_is_no_anomaly_envelope():
    result = reading(IMPOSTOR.anomaly(LETTER.as_message(NOON), to="x@pec.example", at=NOON))

    assert (result.kind, result.verdict) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNTRUSTED)
