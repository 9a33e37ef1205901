"""The signature field locks the form: who signs in it makes every later change visible."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.schemes.fillers import FILLERS, fill_with_pypdf
from tragitto.schemes.blanks import blank_form


@pytest.fixture(scope="module")
def bruno() -> signers.SimpleSigner:
    """Bruno's key, made for this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Bruno")])
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(
            certificates.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(der),
        SimpleCertificateStore(),
    )


@pytest.fixture(scope="module")
def blank(shipped) -> bytes:
    """The delegation, which one person signs."""
    form = shipped.form("modulo-b")
    return blank_form(call_code="a-call", call_title="Un avviso", form=form, language="it")


def signed(pdf: bytes, bruno: signers.SimpleSigner, name: str = "signature") -> bytes:
    meta = signers.PdfSignatureMetadata(field_name=name)
    return signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, bruno).getvalue()


def look(pdf: bytes, bruno: signers.SimpleSigner):
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    context = ValidationContext(trust_roots=[bruno.signing_cert])
    return asyncio.run(async_validate_pdf_signature(signature, context))


def test_the_field_locks_all_others_and_forbids_changes(blank):
    reader = PdfFileReader(BytesIO(blank))

    ((name, value, reference),) = fields.enumerate_sig_fields(reader)

    lock = fields.FieldMDPSpec.from_pdf_object(reference.get_object()["/Lock"])
    assert (name, value) == ("signature", None)
    assert lock == fields.FieldMDPSpec(fields.FieldMDPAction.ALL)
    assert reference.get_object()["/Lock"]["/P"] == fields.MDPPerm.NO_CHANGES.value


@pytest.mark.parametrize("filler", FILLERS)
def test_a_filled_form_is_signed_in_its_field(filler, blank, bruno):
    filled = FILLERS[filler](blank, {"delegate_name": "Elif"})

    status = look(signed(filled, bruno), bruno)

    assert (status.bottom_line, status.modification_level) == (True, ModificationLevel.NONE)


def test_what_is_filled_in_after_the_signature_is_seen(blank, bruno):
    before = signed(fill_with_pypdf(blank, {"delegate_name": "Elif"}), bruno)

    status = look(fill_with_pypdf(before, {"delegate_name": "A stranger"}), bruno)

    assert (status.docmdp_ok, status.bottom_line) == (False, False)
    assert status.modification_level == ModificationLevel.OTHER


def test_without_the_lock_nobody_would_see_it(blank, bruno):
    """Why the field is there: a field that a program adds on its own lets the change pass."""
    before = signed(fill_with_pypdf(blank, {"delegate_name": "Elif"}), bruno, name="Another")

    status = look(fill_with_pypdf(before, {"delegate_name": "A stranger"}), bruno)

    assert (status.docmdp_ok, status.modification_level) == (True, ModificationLevel.FORM_FILLING)
