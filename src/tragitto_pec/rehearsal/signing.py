"""Signs files as made-up people: .p7m in all its forms, and PDF with the signature inside."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tragitto_pec.rehearsal.authority import Authority, Credentials
from tragitto_pec.rehearsal.encodings import ENCODINGS
from tragitto_pec.rehearsal.messages import Style, asn1, message, signer_info
from tragitto_pec.rehearsal.persons import Papers, certify
from tragitto_pec.rehearsal.stamping import Stamper


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person with a signing certificate of a made-up authority, qualified unless the papers say less."""

    name: str
    codice_fiscale: str
    authority: Authority = field(repr=False)
    papers: Papers = field(default_factory=Papers, repr=False)
    credentials: Credentials = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Have the certificate issued."""
        issued = certify(self.authority, self.name, self.codice_fiscale, self.papers)
        object.__setattr__(self, "credentials", issued)

    def p7m(
        self,
        content: bytes,
        form: str = "der",
        *,
        at: datetime | None = None,
        stamper: Stamper | None = None,
        style: Style | None = None,
    ) -> bytes:
        """Sign a file into a .p7m in one of the forms of ``ENCODINGS``, or ``detached`` (.p7s).

        ``at`` is the signer's own clock, a day after the authority began unless given; ``stamper`` adds a
        time stamp over the signature of that moment.
        """
        return together(content, [self], form, at=at, stamper=stamper, style=style)

    def sign_pdf(
        self,
        pdf: bytes,
        field: str = "signature",
        *,
        at: datetime | None = None,
        stamper: Stamper | None = None,
        locks: bool = False,
    ) -> bytes:
        """Sign a PDF (PAdES B-B, with a ``stamper`` B-T) in the named field, which is made when missing.

        ``locks`` certifies the document and permits no further change (DocMDP 1).
        """
        moment = at or self.usual_moment
        metadata = PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=locks,
            docmdp_permissions=MDPPerm.NO_CHANGES if locks else MDPPerm.FILL_FORMS,
        )
        signer = _At(metadata, self._pdf_signer(), stamper.for_pdf(moment) if stamper else None, moment)
        written = asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)))
        return bytes(written.getvalue())

    @property
    def usual_moment(self) -> datetime:
        """When this person signs unless told otherwise."""
        return (self.papers.valid_from or self.authority.valid_from) + timedelta(days=1)

    def _pdf_signer(self) -> SimpleSigner:
        key = self.credentials.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        issuer = asn1(self.credentials.issuer)
        store = SimpleCertificateStore.from_certs([issuer])  # type: ignore[no-untyped-call]
        return SimpleSigner(
            asn1(self.credentials.certificate), asn1_keys.PrivateKeyInfo.load(key), cert_registry=store
        )


def together(
    content: bytes,
    signatories: list[Signatory],
    form: str = "der",
    *,
    at: datetime | None = None,
    stamper: Stamper | None = None,
    style: Style | None = None,
) -> bytes:
    """Have several people sign one file, side by side in one message."""
    style = style or Style()
    signers = []
    for signatory in signatories:
        moment = at or signatory.usual_moment
        signer = signer_info(content, signatory.credentials, moment, style)
        if stamper:
            token = stamper.token(signer["signature"].native, moment)
            signer["unsigned_attrs"] = [
                {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]}
            ]
        signers.append(signer)
    by = [signatory.credentials for signatory in signatories]
    if form == "detached":
        return message(None, signers, by, style)
    return ENCODINGS[form](message(content, signers, by, style))


class _At(PdfSigner):
    """Signs a PDF at a given moment instead of now."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        signer: SimpleSigner,
        stamper: TimeStamper | None,
        moment: datetime,
    ) -> None:
        super().__init__(metadata, signer, timestamper=stamper)
        self.moment = moment

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """As the library does, with the clock put right."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session
