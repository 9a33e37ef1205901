"""The hostile mails that are no filing, or are made to stop the reader, and the verdict each gets.

The numbers are those of the catalogue (catalogue.py).
"""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.pec import hostile
from tests.pec.hostile import verdict
from tests.pec.stage import (
    ENVELOPE,
    LETTER,
    NOON,
    PROVIDER,
    REGION,
    deciding,
    letter,
    reading,
    warnings,
)
from tragitto_pec import Automatic, Delivery, Kind, Reading, Verdict, read
from tragitto_pec.confined import Bounds, Confined
from tragitto_pec.limits import MIB, Limits
from tragitto_pec.rehearsal import Enclosure, Outcome, parts
from tragitto_pec.rehearsal.others import auto_reply, bounce

DATA = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)


def within(seconds: float, raw: bytes) -> Reading:
    """Read, and see that it does not take long."""
    start = time.perf_counter()
    result = reading(raw)
    assert time.perf_counter() - start < seconds
    return result


# 15
@pytest.mark.parametrize(
    ("raw", "kind", "automatic"),
    [
        (
            PROVIDER.receipt(
                Kind.AVVENUTA_CONSEGNA, LETTER, accepted_at=NOON, outcome=Outcome(REGION, "completa")
            ),
            Kind.AVVENUTA_CONSEGNA,
            Automatic.NO,
        ),
        (bounce(LETTER, [Delivery(REGION, "failed", "5.1.1")], at=NOON), Kind.ORDINARIA, Automatic.BOUNCE),
        (auto_reply(LETTER, at=NOON), Kind.ORDINARIA, Automatic.AUTO_REPLY),
        (letter(subject="Guadagna subito").as_message(NOON), Kind.ORDINARIA, Automatic.NO),
    ],
    ids=["receipt", "bounce", "absence", "spam"],
)
def test_what_is_no_submission_is_told_apart_and_kept(raw, kind, automatic):
    result = reading(raw)

    assert (result.kind, result.automatic) == (kind, automatic)
    assert (result.is_submission, result.submitted) == (False, ())


# 16
@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(
            "<!DOCTYPE p [<!ENTITY a 'aaaaaaaaaa'>"
            + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
            + "]>",
            id="billion laughs",
        ),
        pytest.param(f"<!DOCTYPE p [<!ENTITY a '{'a' * 50_000}'>]>", id="quadratic"),
        pytest.param("<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", id="a file of ours"),
        pytest.param("<!DOCTYPE p SYSTEM 'http://stranger.example/x.dtd'>", id="a file of theirs"),
    ],
)
def test_a_daticert_that_declares_anything_waits_for_a_person(bomb):
    xml = hostile.daticert(lambda text: text.replace("<postacert", bomb + "<postacert", 1))

    result = within(0.5, hostile.sealed_xml(xml))

    assert verdict(result) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNCERTIFIED, None)
    assert deciding(result) == ["daticert-unreadable"]


# 16
def test_a_daticert_two_hundred_thousand_levels_deep_waits_for_a_person():
    deep = hostile.daticert(lambda text: text.replace("<dati>", "<a>" * 25_000 + "</a>" * 25_000 + "<dati>"))
    too_large = b"<a>" * 200_000 + b"</a>" * 200_000

    for xml in (deep, too_large):
        assert deciding(within(0.5, hostile.sealed_xml(xml))) == ["daticert-unreadable"]


# 17
@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<giorno>01/07/2025</giorno>", "<giorno>01/07/2025</giorno><giorno>02/05/2025</giorno>"),
        ("<data ", "<data zona='+0200'><giorno>02/05/2025</giorno><ora>09:00:00</ora></data><data "),
        ('tipo="posta-certificata"', 'tipo="raccomandata"'),
        ('zona="+0200"', 'zona="ora italiana"'),
        ("01/07/2025", "31/02/2025"),
        ("<dati>", "<dati>02/05/2025"),
    ],
    ids=["two days", "two dates", "unknown kind", "bad zone", "no such day", "stray text"],
)
def test_a_daticert_with_two_meanings_waits_for_a_person(was, becomes):
    xml = hostile.daticert(lambda text: text.replace(was, becomes, 1))

    result = reading(hostile.sealed_xml(xml))

    assert (xml != hostile.daticert(), result.certified_at) == (True, None)
    assert deciding(result) == ["daticert-unreadable"]


# 17
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_daticert_in_wide_characters_waits_for_a_person(encoding):
    xml = hostile.daticert().decode().replace("UTF-8", encoding.upper()).encode(encoding)

    assert deciding(reading(hostile.sealed_xml(xml))) == ["daticert-unreadable"]


# 18
def test_a_subject_of_twenty_thousand_encoded_words_is_refused_at_once():
    raw = b"From: a@b.example\r\nSubject:" + b" =?utf-8?q?x?=" * 20_000 + b"\r\n\r\nx"

    assert verdict(within(0.5, raw)) == (Kind.ILLEGGIBILE, Verdict.UNREADABLE, None)
    assert deciding(reading(raw)) == ["header-too-large"]


# 19
def test_twenty_thousand_open_brackets_in_the_address_are_passed_over():
    result = within(0.5, b"From: a@b.example\r\nSubject: x\r\nTo: " + b"(" * 20_000 + b"\r\n\r\nx")

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert (result.sender, result.recipients) == ("a@b.example", ())
    assert warnings(result) == ["header-unreadable"]


# 20
@pytest.mark.parametrize(
    "raw",
    [hostile.nested(1500), b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 3000],
    ids=["1500 multiparts", "3000 messages"],
)
def test_parts_inside_parts_without_end_are_cut_off(raw):
    assert verdict(within(1.0, raw)) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)


# 20
def test_a_nest_inside_a_genuine_envelope_keeps_its_date():
    result = within(1.0, PROVIDER.seal(DATA, original=hostile.nested(1500)))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, NOON)
    assert warnings(result) == ["original-unreadable"]


# 21
def test_a_hundred_thousand_parts_are_cut_off():
    result = within(1.0, hostile.crowded(100_000))

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert warnings(result) == ["original-unreadable"]


# 22
def test_a_message_of_a_hundred_megabytes_is_read():
    content = bytes(100 * MIB)
    raw = b"From: a@b.example\r\n" + parts.multipart(
        [
            b"Content-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + content
        ]
    )

    result = within(5.0, raw)

    assert [file.size for file in result.attachments] == [len(content)]


# 22
def test_a_message_of_a_hundred_megabytes_takes_bounded_memory():
    raw = b"From: a@b.example\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes(100 * MIB)

    with Confined(Bounds(memory_bytes=1500 * MIB)) as reader:
        assert reader.read(raw).verdict is Verdict.UNCERTIFIED


# 22
def test_a_message_above_the_limit_of_size_is_unreadable():
    result = read(ENVELOPE, limits=Limits(message_bytes=len(ENVELOPE) - 1))

    assert verdict(result) == (Kind.ILLEGGIBILE, Verdict.UNREADABLE, None)
    assert deciding(result) == ["message-too-large"]


# 23
@pytest.mark.parametrize(
    ("head", "body", "content"),
    [
        (b"Content-Type: text/plain; charset=klingon; name=a.txt", b"ciao", b"ciao"),
        (b"Content-Type: text/plain; charset=utf-8; name=a.txt", b"\xff\xfe", b"\xff\xfe"),
        (b"Content-Type: a/b\r\nContent-Transfer-Encoding: base64", b"Y2lhb", b"cia"),
        (b"Content-Type: multipart/mixed; name=a", b"--x\r\n\r\nno boundary", b"--x\n\nno boundary"),
    ],
    ids=["unknown charset", "invalid UTF-8", "broken base64", "no boundary"],
)
def test_what_is_encoded_wrongly_gives_what_can_be_had(head, body, content):
    enclosed = b"From: a@b.example\r\n" + parts.multipart([head + b"\r\n\r\n" + body])

    result = reading(enclosed)

    assert verdict(result) == (Kind.ORDINARIA, Verdict.UNCERTIFIED, None)
    assert [file.content() for file in result.attachments] == [content]


# 24
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("annex_\u202efdp.exe", "annex_fdp.exe"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Modulo.pdf.exe", "Modulo.pdf.exe"),
    ],
)
def test_a_dangerous_name_is_shown_clean_and_kept_as_it_came(name, shown):
    result = reading(PROVIDER.envelope(letter(enclosures=(Enclosure(name, b"x"),)), at=NOON))

    assert verdict(result) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, NOON)
    assert [(file.name, file.original_name) for file in result.attachments] == [(shown, name)]


# 25
@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("winmail.dat", "application/ms-tnef"),
        ("modulo.msg", "application/vnd.ms-outlook"),
        ("modulo.rar", "application/vnd.rar"),
        ("modulo.7z", "application/x-7z-compressed"),
        ("modulo.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_format_that_is_not_admitted_is_kept_as_it_came(name, media_type):
    enclosure = Enclosure(name, b"\x01\x02" * 50, media_type)

    (file,) = reading(PROVIDER.envelope(letter(enclosures=(enclosure,)), at=NOON)).attachments

    assert (file.name, file.media_type, file.content()) == (name, media_type, enclosure.content)


# 25
def test_a_part_of_a_message_is_kept_as_a_file():
    head = b"From: a@b.example\r\nContent-Type: message/partial; id=x; number=1; total=2\r\n\r\n"
    raw = head + b"From: b@c.example\r\n"

    assert [file.media_type for file in reading(raw).attachments] == ["message/partial"]


# 26, 36
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x05\x06" + b"\0" * 18,
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ],
    ids=["archive", "test virus"],
)
def test_the_reader_opens_no_archive_and_judges_no_virus(content):
    """Both come out as they are, for those who look into files."""
    enclosed = replace(LETTER, enclosures=(Enclosure("allegato.zip", content, "application/zip"),))

    (file,) = reading(PROVIDER.envelope(enclosed, at=NOON)).attachments

    assert file.content() == content
