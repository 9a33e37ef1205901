"""Which keys and algorithms make a seal count, and in which period: data of ``anchors.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from typing import Any, Protocol

#: The set of the authorities that certify providers of certified mail as it has been since 2005.
PEC_SET = "pec-2005"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The key of an authority that certifies providers, known by the SHA-256 of its public key.

    It vouches for the messages of one system of certified mail, named by ``anchor_set``, and no other.
    """

    name: str
    spki_sha256: str
    valid_from: datetime
    valid_until: datetime | None = None
    anchor_set: str = PEC_SET


@dataclass(frozen=True, slots=True)
class OtherSet:
    """What another system than that of 2005 demands of a provider's certificate; "" demands nothing."""

    name: str
    policy: str = ""
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest tolerated in a period; a weak one is tolerated with a word about it."""

    name: str
    valid_from: datetime
    valid_until: datetime | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class KeySize:
    """The smallest key of a kind tolerated in a period."""

    name: str
    bits: int
    valid_from: datetime
    valid_until: datetime | None = None


class _Dated(Protocol):
    @property
    def valid_from(self) -> datetime: ...

    @property
    def valid_until(self) -> datetime | None: ...


def in_force(rule: _Dated, moment: datetime) -> bool:
    """Whether the rule's period, end excluded, covers the moment."""
    return rule.valid_from <= moment and (rule.valid_until is None or moment < rule.valid_until)


@dataclass(frozen=True, slots=True)
class AnchorSet:
    """What is trusted: authorities, the policy they write into certificates, and tolerated algorithms.

    ``policy`` and ``mailbox`` are those of the system of 2005; ``other_sets`` are those of the others.
    """

    anchors: tuple[Anchor, ...]
    policy: str
    mailbox: str
    seal_digests: tuple[Digest, ...]
    certificate_digests: tuple[Digest, ...]
    keys: tuple[KeySize, ...]
    other_sets: tuple[OtherSet, ...] = ()

    def of(self, name: str) -> AnchorSet:
        """What is trusted of one system: its authorities alone, with its demands; none for an unknown one."""
        anchors = tuple(anchor for anchor in self.anchors if anchor.anchor_set == name)
        if name == PEC_SET:
            return self if len(anchors) == len(self.anchors) else replace(self, anchors=anchors)
        other = next((other for other in self.other_sets if other.name == name), None)
        if other is None:
            return replace(self, anchors=())
        return replace(self, anchors=anchors, policy=other.policy, mailbox=other.mailbox)

    def anchor_of(self, spki_sha256: str) -> Anchor | None:
        """The anchor with this key, in force or not."""
        return next((anchor for anchor in self.anchors if anchor.spki_sha256 == spki_sha256), None)

    def seal_digest(self, name: str, moment: datetime) -> Digest | None:
        """The tolerance for a seal's digest at the moment."""
        return _first(rule for rule in self.seal_digests if rule.name == name and in_force(rule, moment))

    def certificate_digest(self, name: str, moment: datetime) -> Digest | None:
        """The tolerance for a certificate's digest at the moment."""
        rules = self.certificate_digests
        return _first(rule for rule in rules if rule.name == name and in_force(rule, moment))

    def admits_key(self, name: str, bits: int, moment: datetime) -> bool:
        """Whether a provider's key of this kind and size is strong enough for the moment."""
        return any(rule.name == name and bits >= rule.bits and in_force(rule, moment) for rule in self.keys)

    def trusting(self, *anchors: Anchor) -> AnchorSet:
        """The same rules with other authorities, and only them: for rehearsals and demonstrations."""
        return replace(self, anchors=anchors)


def _first(rules: Iterable[Digest]) -> Digest | None:
    return next(iter(rules), None)


def load(text: str) -> AnchorSet:
    """Read an anchor set from TOML. Raises ``KeyError``, ``TypeError`` or ``ValueError`` when it is wrong."""
    data: dict[str, Any] = tomllib.loads(text)
    anchors = AnchorSet(
        anchors=tuple(Anchor(**row) for row in data["anchors"]),
        policy=data["policy"],
        mailbox=data["mailbox"],
        seal_digests=tuple(Digest(**row) for row in data["seal_digests"]),
        certificate_digests=tuple(Digest(**row) for row in data["certificate_digests"]),
        keys=tuple(KeySize(**row) for row in data["keys"]),
        other_sets=tuple(OtherSet(**row) for row in data.get("other_sets", ())),
    )
    known = {PEC_SET, *(other.name for other in anchors.other_sets)}
    if any(anchor.anchor_set not in known for anchor in anchors.anchors):
        raise ValueError("an anchor belongs to a set that is not described")
    dated: list[_Dated] = [
        *anchors.anchors,
        *anchors.seal_digests,
        *anchors.certificate_digests,
        *anchors.keys,
    ]
    moments = [moment for rule in dated for moment in (rule.valid_from, rule.valid_until) if moment]
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("every moment of an anchor set needs its offset")
    return anchors


PUBLIC = load((files("tragitto_pec") / "anchors.toml").read_text(encoding="utf-8"))
