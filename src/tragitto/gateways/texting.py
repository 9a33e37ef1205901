"""Sends text messages through whatever an office puts at an address: one small request for each message."""

import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from tragitto.accounts.ports import Texter, TextPostponed, TextRefused, TextUncertain

#: Connecting is quick or fails; a provider may take its time to accept.
_SECONDS_TO_CONNECT, _SECONDS_TO_ANSWER = 5.0, 20.0
#: Asked too often, or not just now (RFC 9110, RFC 6585): it says itself that it did nothing.
_LATER = frozenset({429, 503})
#: What broke before anything of the message was written.
_NEVER_REACHED = (
    NewConnectionError,
    NameResolutionError,
    ConnectTimeoutError,
    requests.ConnectTimeout,
    ssl.SSLCertVerificationError,
)


class HttpTexter:
    """Implements `accounts.ports.Texter` by one POST of JSON: `{"to", "text"}`, and `"from"` if one is set.

    The token goes along as a bearer's, the message's key as `Idempotency-Key`. Any 2xx means accepted.
    """

    def __init__(self, address: str, *, token: str = "", sender: str = "") -> None:
        """Keep the address; nothing is asked yet."""
        self._address, self._token, self._sender = address, token, sender

    def send(self, number: str, text: str, *, key: str) -> None:
        """As `Texter.send`."""
        words = {"to": number, "text": text} | ({"from": self._sender} if self._sender else {})
        try:
            status = self._posted(words, key)
        except requests.RequestException as error:
            never_reached = any(isinstance(each, _NEVER_REACHED) for each in _causes(error))
            raise (TextPostponed if never_reached else TextUncertain)(type(error).__name__) from None
        if status in _LATER:
            raise TextPostponed(f"HTTP {status}")
        if 300 <= status < 500:
            raise TextRefused(f"HTTP {status}")
        if not 200 <= status < 300:
            raise TextUncertain(f"HTTP {status}")

    def _posted(self, words: dict[str, str], key: str) -> int:
        headers = {"Idempotency-Key": key}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        answer = requests.post(
            self._address,
            json=words,
            headers=headers,
            timeout=(_SECONDS_TO_CONNECT, _SECONDS_TO_ANSWER),
            allow_redirects=False,
            stream=True,
        )
        with answer:  # the status says it all: what else the answer holds is not read
            return answer.status_code


class SilentTexter:
    """A demonstration's: it takes every message, and none leaves."""

    def send(self, number: str, text: str, *, key: str) -> None:
        """As `Texter.send`."""


def texter_at(address: str, *, token: str = "", sender: str = "") -> Texter | None:
    """The way out of a deployment that names one (`TRAGITTO_SMS`); None for ""."""
    return HttpTexter(address, token=token, sender=sender) if address else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps: the libraries hand the first cause on as an argument, or as `reason`."""
    yield error
    for within in (*error.args, getattr(error, "reason", None)):
        if isinstance(within, BaseException):
            yield from _causes(within)
