"""ID tokens: each forgery is refused, the honest one is read."""

import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tragitto.web.signing_in import tokens

ISSUER, CLIENT, NONCE = "https://gateway.example.test", "tragitto", "n-0S6_WzA2Mj"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public(key, **more: str) -> dict:
    return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": "k1"} | more


KEYS = {"keys": [public(KEY)]}


def token(*, key=KEY, algorithm="RS256", kid="k1", **changes: object) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": "s-1", "aud": CLIENT, "nonce": NONCE, "iat": now, "exp": now + 60}
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def read(given: str, keys=KEYS, nonce: str = NONCE) -> dict[str, object]:
    return tokens.verified(given, keys=keys, issuer=ISSUER, client=CLIENT, nonce=nonce)


def test_an_honest_token_is_read():
    assert read(token())["sub"] == "s-1"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"azp": "somebody-else"},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["n-0S6_WzA2Mj"]},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
    ],
    ids=" ".join,
)
def test_a_token_with_a_wrong_claim_is_refused(changes):
    with pytest.raises(tokens.Refused):
        read(token(**changes))


def test_without_a_nonce_of_ours_no_token_will_do():
    with pytest.raises(tokens.Refused, match="nonce"):
        read(token(nonce=""), nonce="")


def test_a_token_of_another_key_is_refused():
    with pytest.raises(tokens.Refused, match="InvalidSignature"):
        read(token(key=OTHER_KEY))


def test_an_unsigned_token_is_refused():
    with pytest.raises(tokens.Refused):
        read(token(key=None, algorithm="none"))


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused():
    head = {"alg": "HS256", "typ": "JWT", "kid": "k1"}
    honest = jwt.decode(token(), options={"verify_signature": False})
    parts = [jwt.utils.base64url_encode(json.dumps(part).encode()) for part in (head, honest)]
    mac = hmac.new(PEM, b".".join(parts), hashlib.sha256).digest()
    forged = b".".join([*parts, jwt.utils.base64url_encode(mac)]).decode()

    with pytest.raises(tokens.Refused):
        read(forged)


def test_a_changed_token_is_refused():
    head, body, signature = token().split(".")
    claims = json.loads(jwt.utils.base64url_decode(body)) | {"sub": "s-2"}
    changed = jwt.utils.base64url_encode(json.dumps(claims).encode()).decode()

    with pytest.raises(tokens.Refused):
        read(f"{head}.{changed}.{signature}")


@pytest.mark.parametrize("given", ["", "x", "a.b.c", token(kid="unknown")], ids=["none", "x", "abc", "kid"])
def test_what_is_no_token_of_theirs_is_refused(given):
    with pytest.raises(tokens.Refused):
        read(given)


@pytest.mark.parametrize(
    "keys",
    [{}, {"keys": []}, {"keys": "x"}, {"keys": [public(KEY, use="enc")]}],
    ids=["no set", "empty", "no list", "for encryption"],
)
def test_without_a_key_to_check_with_nothing_is_believed(keys):
    with pytest.raises(tokens.Refused):
        read(token(), keys=keys)


def test_a_key_of_another_kind_does_not_fit():
    curve = ec.generate_private_key(ec.SECP256R1())

    with pytest.raises(tokens.Refused):
        read(token(key=curve, algorithm="ES256"))
