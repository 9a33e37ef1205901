"""Asks the issuers of the trusted list if a certificate had been revoked, where that is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from tragitto_pec.signatures import NONE, Ask, Evidence, Revocation, SignatureReading
from tragitto_pec.signatures.fetching import fetched

#: So many addresses are asked for one message: each may take seconds.
MOST_ASKED = 24
#: What is not known yet of a certificate.
_OPEN = (Revocation.NOT_CHECKED, Revocation.UNKNOWN)


@dataclass
class Inquiry:
    """What is asked outside for one message: each address once, and no more than `MOST_ASKED`."""

    known: dict[Ask, Evidence] = field(default_factory=dict)

    def responders(self, reading: SignatureReading) -> Evidence:
        """What the responders say of a file's signers, as far as that is open. Never raises.

        Nothing where the deployment does not want anybody to be asked (`TRAGITTO_REVOCATION`).
        """
        return self._answers(ask for ask in _open(reading) if ask.request)

    def everybody(self, reading: SignatureReading) -> Evidence:
        """The same with the lists of revoked certificates, which can be long: for what is still open."""
        return self._answers(_open(reading))

    def _answers(self, asks: Iterable[Ask]) -> Evidence:
        if not getattr(settings, "REVOCATION", False):
            return NONE
        found = [self._asked(ask) for ask in asks]
        return Evidence(
            crls=tuple(dict.fromkeys(crl for evidence in found for crl in evidence.crls)),
            ocsps=tuple(dict.fromkeys(answer for evidence in found for answer in evidence.ocsps)),
        )

    def _asked(self, ask: Ask) -> Evidence:
        if ask not in self.known:
            self.known[ask] = fetched([ask]) if len(self.known) < MOST_ASKED else NONE
        return self.known[ask]


def _open(reading: SignatureReading) -> Iterable[Ask]:
    return (ask for signer in reading.signers if signer.revocation in _OPEN for ask in signer.asks)
