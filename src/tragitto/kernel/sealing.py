"""Text that this house alone can read again: sealed with keys made from SECRET_KEY."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(ValueError):
    """It was sealed by somebody else, for another purpose, too long ago, or is not whole."""


def sealed(text: str, *, purpose: str) -> str:
    """`text` so that nobody else reads or changes it, fit to stand in an address."""
    return _keys(purpose).encrypt(text.encode()).decode().rstrip("=")


def unsealed(text: str, *, purpose: str, max_age: int | None = None) -> str:
    """What was sealed for this purpose, with one of SECRET_KEY_FALLBACKS too. Raises `Unreadable`.

    `max_age` in seconds, by the real clock.
    """
    try:
        return _keys(purpose).decrypt(text + "=" * (-len(text) % 4), ttl=max_age).decode()
    except (InvalidToken, ValueError) as wrong:
        raise Unreadable from wrong


def _keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str | bytes, purpose: str) -> bytes:
    digest = salted_hmac(purpose, "key", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
