"""Makes certified mail that no real provider ever sent, for tests and demonstrations."""

from tragitto_pec.rehearsal.authority import Authority, Credentials, Profile
from tragitto_pec.rehearsal.parts import Enclosure, Letter
from tragitto_pec.rehearsal.provider import Outcome, Provider
from tragitto_pec.rehearsal.sealing import Manner

__all__ = ["Authority", "Credentials", "Enclosure", "Letter", "Manner", "Outcome", "Profile", "Provider"]
