"""What django-allauth asks about second factors: secrets are kept encrypted, office roles keep one."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tragitto.accounts import queries
from tragitto.kernel import clock
from tragitto.kernel.sealing import sealed, unsealed

_PURPOSE = "tragitto.second-factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """A copy of the database alone must not let anybody compute codes."""

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY, which is not in the database."""
        return sealed(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was encrypted with one of SECRET_KEY_FALLBACKS."""
        return unsealed(encrypted_text, purpose=_PURPOSE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """An office role cannot be left without a second factor; add the new one first."""
        if queries.has_factor_besides(authenticator):
            return True
        return not queries.needs_second_factor(authenticator.user, timezone.localdate(clock.now()))
