"""What django-allauth asks about second factors: secrets are kept encrypted, office roles keep one."""

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tragitto.accounts import queries
from tragitto.kernel import clock


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """A copy of the database alone must not let anybody compute codes."""

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY, which is not in the database."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was encrypted with one of SECRET_KEY_FALLBACKS."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """An office role cannot be left without a second factor; add the new one first."""
        if queries.has_factor_besides(authenticator):
            return True
        return not queries.needs_second_factor(authenticator.user, timezone.localdate(clock.now()))


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    digest = salted_hmac("tragitto.second-factor", "key", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
