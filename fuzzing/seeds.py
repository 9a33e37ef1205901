"""What the fuzzing starts from: every form of message and file the rehearsal can make, none of them real."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta

# Adds attributes to a map that asn1crypto turns round once, on its first use: so before any.
import asn1crypto.tsp  # noqa: F401
import pikepdf
from PIL import Image, ImageDraw
from tests.pec.forms.making import BLANK, FILLED, filled
from tests.pec.hostile import indefinite, span_of_signed_part
from tests.pec.paper.making import coded, picture, printed, scanned

from fuzzing.stage import (
    AUTHORITY,
    BRUNO,
    ELIF,
    LETTER,
    LIST,
    NOON,
    OPENING,
    PROVIDER,
    QUALIFIED,
    SIGNED_FILE,
    STAMPER,
    STAMPING,
)
from tragitto_pec import CERTIFIED_KINDS
from tragitto_pec.reading import Delivery
from tragitto_pec.rehearsal import Outcome, others, parts, rem, revoking
from tragitto_pec.rehearsal.encodings import ENCODINGS
from tragitto_pec.rehearsal.sealing import signature
from tragitto_pec.rehearsal.signing import together
from tragitto_pec.rehearsal.trusting import Service, trusted_list_of

_LATER = NOON + timedelta(hours=1)
_EVENTS = ("SubmissionAcceptance", "ContentConsignment", "ContentConsignmentFailure", "RelayRejection")
_PAGE = (
    b"From: a@b.example\r\nSubject: =?utf-8?q?x=C3=A8?=\r\nContent-Type: multipart/alternative; boundary=x"
    b"\r\n\r\n--x\r\nContent-Type: text/html; charset=iso-8859-15\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<style>p</style><p>Per=F2 "
    b'<a href=3D"https://b.example">qui</a><!-- x --><td>&egrave;&#8364;\r\n--x--\r\n'
)
_ODD_NAMES = (
    b'From: "a, b" <a@b.example>\r\nTo: g: c@d.example, e;\r\nDate: Tue, 1 Jul 2025 10:00:00 +0200\r\n'
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x y"\r\n\r\n--x y\r\nContent-Type: a/b;'
    b" name*0*=utf-8'it'%C3%A8; name*1=.pdf\r\nContent-Disposition: attachment; filename==?utf-7?b?K0FB?=\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nY2lhbw==\r\n--x y\r\nContent-Type: message/rfc822\r\n\r\n"
    b"From: c@d\r\n\r\nx\r\n--x y--\r\n"
)


def _mail() -> Iterator[bytes]:
    envelope = PROVIDER.envelope(LETTER, at=NOON)
    yield envelope
    for kind in sorted(CERTIFIED_KINDS):
        outcome = Outcome(LETTER.recipients[0], "completa", "altro", "5.1.1 - sconosciuto")
        yield PROVIDER.receipt(kind, LETTER, accepted_at=NOON, at=_LATER, outcome=outcome)
    yield PROVIDER.anomaly(LETTER.as_message(NOON), to=LETTER.recipients[0], at=NOON)
    yield others.passed_on(envelope, levels=2)
    data = rem.statement(PROVIDER, LETTER, NOON)
    yield from (
        rem.rem_message(PROVIDER, LETTER, [rem.evidence_xml(event, data)], at=NOON) for event in _EVENTS
    )
    yield from _plain_mail()


def _plain_mail() -> Iterator[bytes]:
    yield LETTER.as_message(NOON)
    failed = Delivery("avviso@pec.regione.example", "failed", "5.1.1", "550 unknown")
    yield others.bounce(LETTER, [failed], at=NOON)
    yield others.read_receipt(LETTER, at=NOON)
    yield others.auto_reply(LETTER, at=NOON)
    yield _PAGE
    yield _ODD_NAMES
    opaque = BRUNO.p7m(LETTER.as_message(NOON), "lines")
    head = b"From: a@b.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n"
    yield head + b"Content-Transfer-Encoding: base64\r\n\r\n" + opaque


def _sealed() -> Iterator[bytes]:
    for message in (PROVIDER.envelope(LETTER, at=NOON), *(_rem_messages())):
        begin, end = span_of_signed_part(message)
        yield message[begin:end]


def _rem_messages() -> Iterator[bytes]:
    data = rem.statement(PROVIDER, LETTER, NOON)
    yield from (
        rem.rem_message(PROVIDER, LETTER, [rem.evidence_xml(event, data)], at=NOON) for event in _EVENTS
    )


def _daticert() -> Iterator[bytes]:
    for kind in sorted(CERTIFIED_KINDS):
        yield parts.daticert_xml(PROVIDER.statement(kind, LETTER, NOON))


def _evidence() -> Iterator[bytes]:
    data = rem.statement(PROVIDER, LETTER, NOON)
    yield from (rem.evidence_xml(event, data) for event in _EVENTS)


def _seals() -> Iterator[bytes]:
    der = signature(SIGNED_FILE, PROVIDER.credentials, NOON)
    yield from (der, indefinite(der))


def _p7m() -> Iterator[bytes]:
    for form in (*ENCODINGS, "detached"):
        yield BRUNO.p7m(SIGNED_FILE, form, at=NOON)
    yield BRUNO.p7m(SIGNED_FILE, at=NOON, stamper=STAMPER)
    yield together(SIGNED_FILE, [BRUNO, ELIF], at=NOON)
    yield ELIF.p7m(BRUNO.p7m(SIGNED_FILE, "pem", at=NOON), "ber", at=NOON)
    yield ELIF.p7m(BRUNO.sign_pdf(BLANK, at=NOON), at=NOON)


def _timestamps() -> Iterator[bytes]:
    p7m = BRUNO.p7m(SIGNED_FILE, at=NOON)
    yield STAMPER.tsd(SIGNED_FILE, NOON)
    yield STAMPER.tsd(p7m, NOON)
    yield STAMPER.m7m(p7m, NOON)
    yield STAMPER.reply(SIGNED_FILE, NOON)
    yield STAMPER.token(SIGNED_FILE, NOON)
    yield ELIF.p7m(STAMPER.tsd(p7m, NOON), at=NOON)


def _beside() -> Iterator[bytes]:
    yield BRUNO.p7m(SIGNED_FILE, "detached", at=NOON)
    yield STAMPER.reply(SIGNED_FILE, NOON)
    yield STAMPER.token(SIGNED_FILE, NOON)


def _revocation() -> Iterator[bytes]:
    serial = BRUNO.credentials.certificate.serial_number
    yield revoking.revocation_list(QUALIFIED, {}, NOON)
    yield revoking.revocation_list(QUALIFIED, {serial: OPENING, 7: NOON}, NOON)
    yield revoking.answer(QUALIFIED, BRUNO.credentials, NOON)
    yield revoking.answer(QUALIFIED, BRUNO.credentials, NOON, revoked_at=OPENING)


def _lists() -> Iterator[bytes]:
    yield LIST
    services = [Service(QUALIFIED, withdrawn_at=NOON), Service(AUTHORITY, was_taken_over=True)]
    yield trusted_list_of(services, issued_at=OPENING)
    yield trusted_list_of([Service(STAMPING, gives_stamps=True)], issued_at=OPENING, territory="")


def _signed_pdfs() -> Iterator[bytes]:
    once = BRUNO.sign_pdf(FILLED, at=NOON)
    yield once
    yield BRUNO.sign_pdf(FILLED, at=NOON, stamper=STAMPER, locks=True)
    yield ELIF.sign_pdf(once, "another", at=_LATER)
    yield _appended(once, b"<< /Type /Nothing >>")


def _appended(pdf: bytes, content: bytes) -> bytes:
    """The file with one further object in a revision of its own."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        size = int(document.trailer["/Size"])
        root = document.trailer["/Root"].objgen[0]
    before = pdf[pdf.rindex(b"startxref") + 9 :].split()[0]
    body = pdf + b"\n%d 0 obj\n%b\nendobj\n" % (size, content)
    at = body.rindex(b"%d 0 obj" % size)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %b >>\n" % (
        *(size, at, size + 1, root),
        before,
    )
    return body + table + b"startxref\n%d\n%%%%EOF\n" % (len(body))


def _pdfs() -> Iterator[bytes]:
    for pdf in (BLANK, FILLED, filled(BLANK, {"denominazione": "Élan"}), coded("TRAGITTO|a|b|1|it|0|1|TR")):
        yield _plainly(pdf)
        yield pdf
    yield _plainly(BRUNO.sign_pdf(BLANK, at=NOON))
    yield _plainly(BLANK, encryption=pikepdf.Encryption(owner="x", user=""))
    yield _plainly(BLANK, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _plainly(pdf: bytes, **options: object) -> bytes:
    """The file with its streams unpacked, so that a changed byte is a changed word."""
    stream = io.BytesIO()
    if "encryption" not in options:
        options |= {"stream_decode_level": pikepdf.StreamDecodeLevel.generalized, "deterministic_id": True}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(stream, compress_streams=False, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def _pictures() -> Iterator[bytes]:
    page = printed(coded("TRAGITTO|a-call|a-form|1|it|0123abcd|1|TR"), 40)[0].crop((200, 0, 328, 96))
    colour = Image.new("RGBA", (40, 30), (200, 10, 10, 100))
    ImageDraw.Draw(colour).line((0, 0, 40, 30), fill="black")
    yield from (picture(page, kind) for kind in ("PNG", "JPEG", "TIFF"))
    yield picture(colour, "PNG")
    yield picture(colour.convert("P"), "PNG", interlace=1)
    yield picture(page.convert("1"), "TIFF", compression="group4")
    yield picture(page.convert("CMYK"), "JPEG", progressive=True)
    yield picture(page, "TIFF", save_all=True, append_images=[page, page], compression="tiff_lzw")


def _papers() -> Iterator[bytes]:
    yield from _pdfs()
    yield scanned(printed(BLANK, 30), dpi=30)


def _archives() -> Iterator[bytes]:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            archive.comment = b"x"
            for name in ("Modulo A è.pdf", "a/../b.p7m", "c/"):
                archive.writestr(
                    zipfile.ZipInfo(name, (2025, 7, 1, 10, 0, 0)), b"" if name == "c/" else SIGNED_FILE
                )
        yield stream.getvalue()


def _heads() -> Iterator[bytes]:
    for made in (_plain_mail, _p7m, _timestamps, _archives, _pictures, _lists):
        yield from (raw[:2048] for raw in made())
    yield b"TRAGITTO|a-call|a-form|1|it|0123abcd|1|TR"
    yield b"begin 644 a.exe\r\n#0V%T\r\n`\r\nend\r\n"


_MAKERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "mail": _mail,
    "sealed": _sealed,
    "daticert": _daticert,
    "evidence": _evidence,
    "mime": _plain_mail,
    "letter": _plain_mail,
    "seal": _seals,
    "format": _heads,
    "archive": _archives,
    "p7m": _p7m,
    "timestamp": _timestamps,
    "beside": _beside,
    "revocation": _revocation,
    "trusted-list": _lists,
    "signed-pdf": _signed_pdfs,
    "fields": _pdfs,
    "paper": _papers,
    "crops": _papers,
    "picture": _pictures,
}


def seeds_of(name: str) -> list[bytes]:
    """What to start from for the target ``name``."""
    return list(_MAKERS[name]())
