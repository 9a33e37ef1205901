"""The identity provider as the settings describe it, in the words of django-allauth; no Django here."""

from collections.abc import Sequence
from urllib.parse import urlsplit

#: The one provider's name in our addresses.
PROVIDER = "identity"
#: What must be asked for, by what people are recognised with. Nothing more is asked.
SCOPES = {"fiscal_number": ["openid", "profile"], "email": ["openid", "email"]}
#: How gateways name it; for the codice fiscale SPID's own word, then CIE's.
CLAIMS = {
    "fiscal_number": ["fiscal_number", "https://attributes.eid.gov.it/fiscal_number"],
    "email": ["email"],
}


class WrongProvider(ValueError):
    """The identity provider's settings cannot be used."""


def openid_connect(
    *,
    issuer: str,
    client: str,
    secret: str,
    name: str = "SPID / CIE",
    match: str = "fiscal_number",
    second_factor: Sequence[str] = (),
) -> dict[str, object]:
    """The value of SOCIALACCOUNT_PROVIDERS; without an issuer, a provider that nobody can use.

    `match` says by which claim people are recognised; `second_factor` names the `acr` values that count as
    a second factor and as knowing who somebody is, and are asked of the provider. Raises `WrongProvider`.
    """
    ours = {"provider_class": "tragitto.web.signing_in.provider.IdentityProvider"}
    if not issuer:
        return {"openid_connect": {**ours, "APPS": []}}
    if not client:
        raise WrongProvider("TRAGITTO_OIDC_CLIENT is not set, though TRAGITTO_OIDC_ISSUER is.")
    if match not in SCOPES:
        raise WrongProvider(f"people can be recognised by {' or '.join(SCOPES)}, not by {match!r}")
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise WrongProvider("TRAGITTO_OIDC_ISSUER must be an https address.")
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            "issuer": issuer,
            "oauth_pkce_enabled": True,
            "scope": SCOPES[match],
            "auth_params": {"acr_values": " ".join(second_factor)} if second_factor else {},
            "name": name,
            "match": match,
            "claims": CLAIMS[match],
            "second_factor": list(second_factor),
        },
    }
    return {"openid_connect": {**ours, "APPS": [app]}}
