"""The readers of untrusted bytes, each as a function that raises only where it breaks its promise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from fuzzing.stage import ANCHORS, LETTER, LIST, NOON, PROVIDER, SIGNED_FILE, SIGNED_P7M, TRUST
from tragitto_pec import daticert, forms_code, mime
from tragitto_pec.adapters import form_of
from tragitto_pec.confined_questions import (
    ARCHIVE,
    CROPS,
    FIELDS,
    IS_MESSAGE,
    PAGE,
    PAPER,
    READING,
    SIGNED,
    Nothing,
    Trusting,
    Whose,
)
from tragitto_pec.confined_questions import LETTER as WORDS
from tragitto_pec.formats import kind_of
from tragitto_pec.limits import DEFAULT, MIB, BeyondLimitError
from tragitto_pec.paper.affine import Affine
from tragitto_pec.paper.crops import CropsAsked
from tragitto_pec.paper.look import PageAsked
from tragitto_pec.questions import HELD, Question
from tragitto_pec.rehearsal import parts
from tragitto_pec.seal import SealError, open_seal
from tragitto_pec.signatures import Evidence, SignatureReading, TrustedListError, open_signed, trusted_list
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed
from tragitto_pec.vocabulary import Kind

_MOST_ANSWER = 16 * MIB
_FAILED = ("reader-failed", "reader-out-of-memory")
_HEAD = PROVIDER.header_fields(PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON))


class BrokenPromiseError(Exception):
    """A reader gave an answer that its promise rules out; the text says which."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader: ``run`` raises nothing for any bytes; ``shape`` says how bytes are best changed."""

    name: str
    group: str
    run: Callable[[bytes], object]
    shape: str = "bytes"
    most_bytes: int = 64 * 1024


def _asked(question: Question[Any, Any], raw: bytes, options: object) -> Any:
    """Answer as the limited process does, and take the answer as the one who asked does.

    Raises whatever the reader raises, and ``BrokenPromiseError`` for an answer that cannot travel.
    """
    answer, contents = question.find(raw, options)
    return _travelled(question.answer, answer, contents, raw)


def _travelled(kind: Any, answer: Any, contents: bytes, raw: bytes) -> Any:
    head = msgspec.json.encode(answer)
    if len(head) > _MOST_ANSWER or len(contents) > len(raw) + _MOST_ANSWER:
        raise BrokenPromiseError("the answer is too large to travel")
    if msgspec.json.decode(head, type=kind) != answer:
        raise BrokenPromiseError("the answer is another one after its journey")
    return answer


def _mail(raw: bytes) -> None:
    found = _asked(READING, raw, Trusting(anchors=ANCHORS))
    if failed := [reason for reason in found.reasons if reason.code in _FAILED]:
        raise BrokenPromiseError(str(failed))


def _sealed(content: bytes) -> None:
    """Any content beneath a genuine seal: what a provider's fault, or its customer, could put there."""
    _mail(PROVIDER.seal_content(_HEAD, content, NOON))


def _daticert(raw: bytes) -> None:
    with contextlib.suppress(daticert.DaticertError):
        msgspec.json.encode(daticert.parse(raw))


def _evidence(xml: bytes) -> None:
    whole = parts.multipart([b"Content-Type: application/xml\r\n\r\n" + xml])
    msgspec.json.encode(form_of(mime.children(mime.read_part(whole, 0, len(whole))), DEFAULT).statement)


def _mime(raw: bytes) -> None:
    with contextlib.suppress(BeyondLimitError):
        for part in mime.leaves(mime.read_part(raw, 0, len(raw))):
            mime.decoded(part)
            shown = [part.filename, part.media_type, part.disposition, part.encoding]
            shown += [mime.decode_words(value) for _name, value in part.headers.fields]
            shown += [text for pair in mime.addresses(part.headers.all("to")) for text in pair]
            msgspec.json.encode(shown)


def _words(raw: bytes) -> None:
    _asked(IS_MESSAGE, raw, Nothing())
    for of_envelope in (False, True):
        _asked(WORDS, raw, Whose(of_envelope))


def _seal(der: bytes) -> None:
    with contextlib.suppress(SealError):
        open_seal(der).signed_form()


def _signed(raw: bytes) -> None:
    """With the list, at a moment, as the limited process is asked; and beside a file."""
    asked = Signed(moment=NOON)
    HELD[TRUSTED_LIST] = LIST
    _asked(SIGNED, raw, asked)


def _beside(raw: bytes) -> None:
    body = raw + SIGNED_FILE
    HELD[TRUSTED_LIST] = LIST
    _asked(SIGNED, body, Signed(beside=len(SIGNED_FILE)))


def _revocation(raw: bytes) -> None:
    """A list and an answer that somebody fetched from the address a certificate names."""
    known = Evidence(crls=(raw,), ocsps=(raw,))
    answer, contents = open_signed(SIGNED_P7M, moment=NOON, trust=TRUST, evidence=known)
    _travelled(SignatureReading, answer, contents, SIGNED_P7M)


def _trusted_list(xml: bytes) -> None:
    with contextlib.suppress(TrustedListError):
        found = trusted_list(xml)
        open_signed(SIGNED_P7M, moment=NOON, trust=found)
        msgspec.json.encode(found.summary)


def _fields(pdf: bytes) -> None:
    _asked(FIELDS, pdf, Nothing())


def _paper(raw: bytes) -> None:
    found = _asked(PAPER, raw, Nothing())
    for page in (1, found.pages):
        _asked(PAGE, raw, PageAsked(page=page, dpi=60))


def _crops(raw: bytes) -> None:
    across = Affine(1.0, 0.1, 0.0, 0.1, -1.0, 842.0)
    _asked(CROPS, raw, CropsAsked(1, across, ((40.0, 680.0, 300.0, 720.0), (-5.0, -5.0, 5.0, 5.0))))


def _archive(raw: bytes) -> None:
    _asked(ARCHIVE, raw, Nothing())


def _format(raw: bytes) -> None:
    kind_of(raw, raw[:20].decode("latin-1"))
    forms_code.parse(raw.decode("utf-8", "replace"))


_ALL = (
    Target("mail", "mail", _mail, "mail"),
    Target("sealed", "mail", _sealed, "mail"),
    Target("daticert", "mail", _daticert, "xml", 8192),
    Target("evidence", "mail", _evidence, "xml", 8192),
    Target("mime", "mail", _mime, "mail", 8192),
    Target("letter", "mail", _words, "mail", 16384),
    Target("seal", "mail", _seal, "der", 8192),
    Target("format", "mail", _format, "bytes", 8192),
    Target("archive", "mail", _archive, "bytes", 8192),
    Target("p7m", "signatures", _signed, "der"),
    Target("timestamp", "signatures", _signed, "der"),
    Target("beside", "signatures", _beside, "der", 8192),
    Target("revocation", "signatures", _revocation, "der", 8192),
    Target("trusted-list", "signatures", _trusted_list, "xml"),
    Target("signed-pdf", "pdf", _signed, "pdf"),
    Target("fields", "pdf", _fields, "pdf"),
    Target("paper", "pdf", _paper, "pdf"),
    Target("crops", "pdf", _crops, "pdf"),
    Target("picture", "pdf", _paper, "bytes", 16384),
)
#: Every target by its name.
TARGETS: dict[str, Target] = {target.name: target for target in _ALL}
