"""Sessions begun at an identity provider, as the sign-in leaves them."""

from django.test import Client

from tragitto.accounts.models import User

NUMBER = "RCCMNL83S18D969H"
#: What the sign-in keeps of a provider that vouched for the codice fiscale at a level that was asked for.
VOUCHED = {"method": "assured", "at": 1.0, "provider": "SPID", "acr": "SpidL2", "by": "fiscal_number"}


def by_identity(client: Client, user: User, **changes: str) -> None:
    """The same session, begun at an identity provider that vouched for the person."""
    user.fiscal_number = NUMBER
    user.save(update_fields=["fiscal_number"])
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "socialaccount", "at": 1.0, "provider": "identity", "uid": "x"},
        VOUCHED | changes,
    ]
    session.save()
