"""Reads an ID token as OpenID Connect Core 1.0, section 3.1.3.7 demands; no Django here."""

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

#: Signatures by a key pair alone: with "none" or a shared secret anybody could write a token.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: Clocks differ; by more than this they are wrong.
LEEWAY = 60


class Refused(Exception):
    """The token proves nothing; says why in a few words, for the log."""


def verified(
    token: str, *, keys: Mapping[str, Any], issuer: str, client: str, nonce: str
) -> dict[str, object]:
    """The claims of `token`, signed with one of `keys` (a JWK set) by `issuer`, for `client` and `nonce`.

    Raises `Refused`.
    """
    try:
        key = _key_of(token, keys)
        claims: dict[str, object] = jwt.decode(
            token,
            key=key,
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    _check_party(claims, client)
    given = claims.get("nonce")
    if not nonce or not isinstance(given, str) or not hmac.compare_digest(given, nonce):
        raise Refused("the nonce is not the one we sent")
    return claims


def _check_party(claims: Mapping[str, object], client: str) -> None:
    audience, party = claims["aud"], claims.get("azp")
    if isinstance(audience, list) and len(audience) > 1 and party is None:
        raise Refused("several audiences and no authorised party")
    if party is not None and party != client:
        raise Refused("the authorised party is somebody else")


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    wanted = jwt.get_unverified_header(token).get("kid")
    usable = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    if wanted is not None:
        usable = [key for key in usable if key.key_id == wanted]
    if len(usable) != 1:
        raise Refused("no single key fits")
    return usable[0]
