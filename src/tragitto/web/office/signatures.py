"""What the signatures of a file say, made ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Signer:
    """One signature: who, with which certificate, and what it is worth."""

    name: str
    codice_fiscale: str
    organisation: str
    country: str
    serial: str
    issuer: str
    claimed_at: datetime | None
    proven_at: datetime | None
    integrity: str
    chain: str
    revocation: str
    qualified: str
    has_safe_device: bool | None
    is_seal: bool
    layer: int
    reasons: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True)
class TrustedList:
    """Against which list the signers were checked; `is_stale` when a newer one should have been loaded."""

    territory: str
    sequence: object
    issued_at: datetime | None
    next_update: datetime | None
    is_stale: bool


@dataclass(frozen=True)
class Signed:
    """The signatures of one file."""

    verdict: str
    container: str
    layers: int
    changes: str
    signers: Sequence[Signer] = ()
    reasons: Sequence[Mapping[str, object]] = ()
    trusted_list: TrustedList | None = None
    #: Whether anything may have been added after the signed state.
    was_changed: bool = field(default=False)


def signed(stored: Mapping[str, Any] | None, labels: Mapping[str, str], *, now: datetime) -> Signed | None:
    """A stored reading of signatures, ready to be shown; None where the file bears none.

    `labels` are the names of the form's fields in words, for the reasons that name fields.
    """
    if not stored or stored.get("verdict") in (None, "unsigned"):
        return None
    changes = str(stored.get("changes") or "none")
    return Signed(
        verdict=str(stored["verdict"]),
        container=str(stored.get("container") or ""),
        layers=int(stored.get("layers") or 0),
        changes=changes,
        signers=[_signer(one) for one in stored.get("signers") or ()],
        reasons=[_with_labels(reason, labels) for reason in stored.get("reasons") or ()],
        trusted_list=_trusted_list(stored.get("trusted_list"), now),
        was_changed=changes != "none",
    )


def _signer(one: Mapping[str, Any]) -> Signer:
    words = {name: str(one.get(name) or "") for name in _WORDS}
    full_name = f"{one.get('given_name') or ''} {one.get('surname') or ''}".strip()
    return Signer(
        **{**words, "name": words["name"] or full_name},
        claimed_at=_moment(one.get("claimed_at")),
        proven_at=_moment(one.get("proven_at")),
        has_safe_device=one.get("qscd"),
        is_seal=bool(one.get("is_seal")),
        layer=int(one.get("layer") or 1),
        reasons=list(one.get("reasons") or ()),
    )


def _with_labels(reason: Mapping[str, Any], labels: Mapping[str, str]) -> Mapping[str, object]:
    facts = dict(reason.get("facts") or {})
    if "fields" in facts:
        named = [labels.get(name, name) for name in str(facts["fields"]).split(", ")]
        facts["fields"] = ", ".join(named)
    return {**reason, "facts": facts}


def _trusted_list(stored: object, now: datetime) -> TrustedList | None:
    if not isinstance(stored, Mapping):
        return None
    until = _moment(stored.get("next_update"))
    return TrustedList(
        territory=str(stored.get("territory") or ""),
        sequence=stored.get("sequence"),
        issued_at=_moment(stored.get("issued_at")),
        next_update=until,
        is_stale=until is not None and until < now,
    )


def _moment(stored: object) -> datetime | None:
    """A stored instant; what names none is not shown as one."""
    if not isinstance(stored, str):
        return None
    try:
        at = datetime.fromisoformat(stored)
    except ValueError:
        return None
    return at if at.tzinfo else None


_WORDS = (
    *("name", "codice_fiscale", "organisation", "country", "serial", "issuer"),
    *("integrity", "chain", "revocation", "qualified"),
)
