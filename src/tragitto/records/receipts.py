"""Receipts that anybody can check without us: canonical JSON under an Ed25519 signature (RFC 8032)."""

import base64
import binascii
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from tragitto.kernel.canonical import canonical_json

FILE_NAME, PUBLIC_NAME = "receipt-key.pem", "receipt-keys.json"
ALGORITHM = "Ed25519"


class WrongReceipt(ValueError):
    """It is no receipt, or not one of whoever holds this key; the words say what is wrong with it."""


class KeyMissing(Exception):
    """This house has no key to sign receipts with: it was never made, or it was lost."""


class WrongKey(ValueError):
    """The file holds no public key for receipts."""


@dataclass(frozen=True)
class PublicKey:
    """The key by which receipts are checked; `number` is its thumbprint (RFC 7638)."""

    key: Ed25519PublicKey

    @property
    def point(self) -> str:
        """The key itself, as RFC 8037 writes it."""
        raw = self.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return _text_of(raw)

    @property
    def number(self) -> str:
        """What receipts call it by."""
        shown = canonical_json({"crv": ALGORITHM, "kty": "OKP", "x": self.point})
        return _text_of(sha256(shown).digest())

    def as_json(self) -> dict[str, object]:
        """The key as it stands in a set (RFC 8037)."""
        return {"kty": "OKP", "crv": ALGORITHM, "x": self.point, "kid": self.number, "use": "sig"}


def signed(facts: Mapping[str, object]) -> bytes:
    """The receipt about `facts`: the same facts give the same bytes. Raises `KeyMissing`."""
    key = _private()
    receipt = canonical_json(facts)
    signature = {
        "algorithm": ALGORITHM,
        "key": PublicKey(key.public_key()).number,
        "value": _text_of(key.sign(receipt)),
    }
    return canonical_json({"receipt": facts, "signature": signature})


def checked(raw: bytes, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """The facts of a receipt, once its signature has been found good by the one of `keys` that it names.

    The whole file is held to what we wrote, byte by byte: a value written twice, or outside the signature,
    reads otherwise in other programs. Raises `WrongReceipt`.
    """
    try:
        told = json.loads(raw)
        facts, signature = told["receipt"], told["signature"]
        value, number = _bytes_of(signature["value"]), signature["key"]
        shown, whole = canonical_json(facts), canonical_json(told)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise WrongReceipt("This file is no receipt.") from None
    key = next((each for each in keys if each.number == number), None)
    if key is None:
        raise WrongReceipt(f"It was signed with another key: {number}.")
    try:
        key.key.verify(value, shown)
    except InvalidSignature:
        raise WrongReceipt("It was changed after it was signed, or never signed by us.") from None
    if raw.strip() != whole or set(told) != {"receipt", "signature"}:
        raise WrongReceipt("It is not written as we wrote it: something was added, or stands there twice.")
    assert isinstance(facts, dict)
    return facts


def public_key() -> PublicKey:
    """The key with which this house signs now. Raises `KeyMissing`."""
    return PublicKey(_private().public_key())


def public_keys() -> tuple[PublicKey, ...]:
    """Every key that receipts of this house may be signed with, the present one first; none before the first.

    The public halves stay when a key is changed, so that older receipts can be checked for ever.
    """
    now = (public_key(),) if has_key() else ()
    kept = _folder() / PUBLIC_NAME
    known = public_keys_in(kept.read_bytes()) if kept.exists() else ()
    return tuple({key.number: key for key in (*now, *known)}.values())


def has_key() -> bool:
    """Whether this house can sign receipts."""
    return (_folder() / FILE_NAME).exists()


def make_key(*, anew: bool = False) -> PublicKey:
    """Make the key of this house, unless there is one; `anew` in place of that one. Survives a power cut.

    The public half is kept first: nothing is ever signed with a key that is not published.
    """
    kept, key = _folder() / FILE_NAME, Ed25519PrivateKey.generate()
    if has_key() and not anew:
        return public_key()
    _write(_folder() / PUBLIC_NAME, canonical_json(as_set([*public_keys(), PublicKey(key.public_key())])))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(kept, private, is_first=not anew)
    return public_key()


def as_set(keys: Iterable[PublicKey]) -> dict[str, object]:
    """The keys as a set (RFC 7517), as they are published."""
    return {"keys": [key.as_json() for key in keys]}


def public_keys_in(text: bytes) -> tuple[PublicKey, ...]:
    """The keys in a file as `as_set` publishes them. Raises `WrongKey`."""
    try:
        points = [_bytes_of(told["x"]) for told in json.loads(text)["keys"]]
        keys = tuple(PublicKey(Ed25519PublicKey.from_public_bytes(point)) for point in points)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise WrongKey("This file holds no public key for receipts.") from None
    if not keys:
        raise WrongKey("This file holds no public key for receipts.")
    return keys


def _private() -> Ed25519PrivateKey:
    """The house's own key, kept in the data folder, readable by its owner alone."""
    try:
        pem = (_folder() / FILE_NAME).read_bytes()
    except FileNotFoundError:
        raise KeyMissing(FILE_NAME) from None
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def _folder() -> Path:
    return Path(settings.VAR)


def _write(kept: Path, content: bytes, *, is_first: bool = False) -> None:
    """Put a file in place in one stroke, flushed to the disk; `is_first` leaves one that is there."""
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=f"{kept.name}.")
    aside = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        if is_first:
            os.link(aside, kept)  # the first of two starts wins
        else:
            os.replace(aside, kept)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(kept.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes_of(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, AttributeError):
        raise ValueError from None
