"""The hostile mails that want to be early or to be believed, and the verdict each gets instead.

The numbers are those of the catalogue (catalogue.py). Whether a message is late is judged above, by the
certified instant that is asserted here.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.pec import hostile
from tests.pec.hostile import verdict
from tests.pec.stage import (
    AUTHORITY,
    ENVELOPE,
    IMPOSTOR,
    LATE,
    LETTER,
    NOON,
    OTHER_AUTHORITY,
    PROVIDER,
    REGION,
    deciding,
    letter,
    reading,
    warnings,
)
from tragitto_pec import Kind, Verdict, read
from tragitto_pec.rehearsal import Authority, Enclosure, Profile, Provider, parts

FORGED = hostile.early_daticert()
DATA = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
FIELDS = PROVIDER.header_fields(DATA)
TEXT, XML = parts.text_part("avviso"), parts.daticert_part(parts.daticert_xml(DATA))


# 1
def test_a_daticert_without_a_seal_is_ordinary_mail_without_a_date():
    result = reading(letter(enclosures=(FORGED,)).as_message(NOON))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert (result.claims.at, warnings(result)) == (hostile.EARLY, ["daticert-without-seal"])


# 2
def test_a_forged_daticert_inside_a_genuine_anomaly_envelope_gives_no_date():
    mail = letter(enclosures=(FORGED,)).as_message(NOON)

    result = reading(PROVIDER.anomaly(mail, to=REGION, at=NOON))

    assert verdict(result) == (Kind.ANOMALIA, Verdict.UNCERTIFIED, None)
    assert (result.claims.at, warnings(result)) == (hostile.EARLY, ["daticert-inside-original"])


# 3
def test_a_daticert_attached_by_the_sender_of_a_late_message_changes_no_date():
    result = reading(PROVIDER.envelope(letter(enclosures=(FORGED,)), at=LATE))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, LATE)
    assert (result.claims, warnings(result)) == (None, ["daticert-inside-original"])


# 4
def test_certified_mail_inside_later_certified_mail_has_the_outer_date():
    wrapped = parts.headers([("From", LETTER.sender), ("Subject", "Fwd")]) + b"\r\n"
    wrapped += parts.multipart([TEXT, parts.original_part(ENVELOPE)])

    result = reading(
        PROVIDER.seal(PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, LATE), original=wrapped)
    )

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, LATE)
    assert warnings(result) == ["certified-message-inside"]
    assert reading(result.attachments[0].content()).certified_at == NOON


# 5
def test_certified_mail_forwarded_by_ordinary_mail_has_no_date():
    result = reading(hostile.forwarded(ENVELOPE))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert warnings(result) == ["certified-message-inside"]


# 5
@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream", "message/rfc822"])
def test_certified_mail_attached_as_any_file_has_no_date(media_type):
    attached = letter(enclosures=(Enclosure("pec.eml", ENVELOPE, media_type),))

    result = reading(attached.as_message(NOON))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert "ordinary-mail" in deciding(result)


# 5
def test_a_bare_original_without_its_envelope_has_no_date():
    result = reading(LETTER.as_message(NOON, f"<{DATA.identifier}>"))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert result.identifier is None


# 6
def test_a_genuine_message_to_somebody_else_names_its_addressees():
    """The call's address is looked for among them where the call is known."""
    result = reading(PROVIDER.envelope(letter(recipients=("altro@pec.example",)), at=NOON))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, NOON)
    assert [recipient.address for recipient in result.recipients] == ["altro@pec.example"]


# 7
def test_a_seal_of_a_made_up_authority_with_the_providers_name_is_untrusted():
    result = reading(IMPOSTOR.envelope(LETTER, at=NOON))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.UNTRUSTED, None)
    assert (result.identifier, deciding(result)) == (None, ["issuer-not-pinned"])


# 8
@pytest.mark.parametrize(
    ("provider", "code"),
    [
        (Profile(alternative_name="posta-certificata@altro.example"), "address-differs"),
        (Profile(policy=None), "policy-missing"),
        (Profile(policy="1.3.159.1.20.1"), "policy-missing"),
    ],
)
def test_a_certificate_that_is_not_a_providers_is_untrusted(provider, code):
    raw = Provider.create(AUTHORITY, seed="odd", profile=provider).envelope(LETTER, at=NOON)

    assert verdict(reading(raw)) == (Kind.POSTA_CERTIFICATA, Verdict.UNTRUSTED, None)
    assert deciding(reading(raw)) == [code]


# 8
def test_another_authority_under_the_same_root_is_untrusted():
    sibling = Provider.create(OTHER_AUTHORITY, domain=PROVIDER.domain, seed="sibling")

    assert deciding(reading(sibling.envelope(LETTER, at=NOON))) == ["issuer-not-pinned"]


# 9
@pytest.mark.parametrize("within_part", [b"daticert.xml", b"postacert.eml", b"Modulo A.pdf"])
def test_one_byte_changed_below_the_seal_is_altered(within_part):
    result = reading(hostile.flipped(ENVELOPE, ENVELOPE.index(within_part) + 90))

    assert (result.verdict, result.certified_at) == (Verdict.ALTERED, None)
    assert deciding(result)[0] == "content-altered"


# 10
@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Subject", "ACCETTAZIONE: altro", "subject-header-differs"),
        ("Subject", "Manifestazione di interesse", "subject-header-differs"),
        ("X-Trasporto", "errore", "kind-header-differs"),
        ("Date", "Mon, 05 May 2025 09:00:00 +0200", "date-header-differs"),
        ("Message-ID", "<altro@pec.example>", "message-id-differs"),
        ("X-Riferimento-Message-ID", "<altro@pec.example>", "reference-differs"),
        ("From", f'"Per conto di: carla@altro.example" <{PROVIDER.address}>', "sender-header-differs"),
    ],
)
def test_a_forged_header_changes_nothing_and_is_told(name, value, code):
    result = reading(hostile.with_header(ENVELOPE, name, value))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.POSTA_CERTIFICATA,
        Verdict.VALID,
        NOON,
    )
    assert (result.subject, result.sender) == (LETTER.subject, LETTER.sender)
    assert warnings(result) == [code]


# 11
@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([TEXT, XML, XML], "several-daticert"),
        ([TEXT], "no-daticert"),
        ([TEXT, parts.multipart([XML])], "no-daticert"),
    ],
)
def test_no_daticert_in_its_place_or_two_wait_for_a_person(pieces, code):
    result = reading(PROVIDER.seal_parts(FIELDS, pieces, NOON))

    assert verdict(result) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNCERTIFIED, None)
    assert deciding(result) == [code]


# 11
def test_three_parts_beneath_one_seal_wait_for_a_person():
    head = parts.headers([("From", PROVIDER.address), ("Subject", "x")]) + b"\r\n"

    result = reading(head + parts.multipart([TEXT] * 3, "signed"))

    assert verdict(result) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNCERTIFIED, None)
    assert deciding(result) == ["parts-not-two"]


# 11
def test_two_sealed_parts_in_one_message_have_no_date():
    sealed = ENVELOPE[ENVELOPE.index(b"Content-Type: multipart/signed") :]
    head = parts.headers([("From", PROVIDER.address), ("Subject", "x")]) + b"\r\n"

    result = reading(head + parts.multipart([sealed, sealed]))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)


# 12
def test_an_early_date_header_over_a_late_daticert_is_late():
    raw = PROVIDER.envelope(LETTER, at=LATE)

    result = reading(hostile.with_header(raw, "Date", "Fri, 02 May 2025 09:00:00 +0200"))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, LATE)
    assert warnings(result) == ["date-header-differs"]


# 13
def test_a_certificate_that_has_expired_since_was_good_then():
    """Nothing asks the clock: the whole authority of this message ended years ago."""
    begin, end = datetime(2016, 1, 1, tzinfo=UTC), datetime(2017, 1, 1, tzinfo=UTC)
    then = datetime(2016, 6, 1, 10, 0, tzinfo=UTC)
    authority = Authority.create(valid_from=begin, valid_until=end, seed="ended")

    result = read(
        Provider.create(authority, seed="ended").envelope(LETTER, at=then), anchors=authority.anchors()
    )

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, then)


# 14
def test_the_same_message_with_other_headers_keeps_its_identifier():
    """Same bytes are one message by their hash; the same identifier links what came twice."""
    again = b"Received: from another.example\r\n" + hostile.with_header(
        ENVELOPE, "Message-ID", "<x@y.example>"
    )

    assert reading(again).identifier == reading(ENVELOPE).identifier == DATA.identifier


# 14
def test_a_new_form_of_the_same_employer_has_another_identifier():
    second = letter(text="Modulo corretto.")

    results = [reading(ENVELOPE), reading(PROVIDER.envelope(second, at=LATE))]

    assert len({result.identifier for result in results}) == 2
    assert {result.sender for result in results} == {LETTER.sender}
