"""Makes time stamps that no real authority ever gave, and the files that carry them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import algos, cms, tsp
from pyhanko.sign.timestamps import TimeStamper

from tragitto_pec.rehearsal import keys
from tragitto_pec.rehearsal.authority import Authority, Credentials
from tragitto_pec.rehearsal.messages import Style, message, signer_info
from tragitto_pec.rehearsal.persons import certify_stamper
from tragitto_pec.signatures.containers import wrapped_with_stamp


@dataclass(frozen=True, slots=True)
class Stamper:
    """A time-stamping authority under a made-up authority."""

    authority: Authority
    name: str = "Marca temporale di prova"
    credentials: Credentials = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Have the certificate issued."""
        object.__setattr__(self, "credentials", certify_stamper(self.authority, self.name))

    def token(self, data: bytes, at: datetime, nonce: int | None = None) -> bytes:
        """A time-stamp token over the data (RFC 3161 § 2.4.2), in DER."""
        return self.token_over(hashlib.sha256(data).digest(), at, nonce)

    def token_over(self, digest: bytes, at: datetime, nonce: int | None = None) -> bytes:
        """A time-stamp token over a SHA-256 digest."""
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "0.4.0.2023.1.1",
                "message_imprint": {
                    "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                    "hashed_message": digest,
                },
                "serial_number": keys.serial_number(f"{digest.hex()} {at}"),
                "gen_time": at,
                **({"nonce": nonce} if nonce else {}),
            }
        )
        style = Style(content_type="tst_info")
        content = info.dump()
        signer = signer_info(content, self.credentials, at, style)
        return message(content, [signer], [self.credentials], style)

    def reply(self, data: bytes, at: datetime) -> bytes:
        """What the authority sends back: a .tsr file."""
        token = cms.ContentInfo.load(self.token(data, at))
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def tsd(self, content: bytes, at: datetime) -> bytes:
        """The content and its time stamp in one .tsd file (RFC 5544)."""
        return wrapped_with_stamp(content, self.token(content, at))

    def m7m(self, p7m: bytes, at: datetime) -> bytes:
        """A signed file and its time stamp as the parts of a MIME file, the older Italian way."""
        parts = [("application/pkcs7-mime", p7m), ("application/timestamp-reply", self.reply(p7m, at))]
        lines = [b"Mime-Version: 1.0", b'Content-Type: multipart/mixed; boundary="confine"', b""]
        for media_type, body in parts:
            lines += [b"--confine", f"Content-Type: {media_type}".encode()]
            lines += [b"Content-Transfer-Encoding: base64", b"", base64.encodebytes(body)]
        return b"\r\n".join([*lines, b"--confine--", b""])

    def for_pdf(self, at: datetime) -> TimeStamper:
        """The same authority for the library that signs PDF files."""
        return _InPdf(self, at)


class _InPdf(TimeStamper):
    """Answers the library's requests without a network."""

    def __init__(self, stamper: Stamper, at: datetime) -> None:
        super().__init__(include_nonce=False)  # type: ignore[no-untyped-call]
        self.stamper, self.at = stamper, at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Stamp the digest asked for."""
        digest = req["message_imprint"]["hashed_message"].native
        token = cms.ContentInfo.load(self.stamper.token_over(digest, self.at))
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
