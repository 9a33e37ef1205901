"""What a run of the engine gives back, and its hash."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tragitto_matching import ENGINE_VERSION


@dataclass(frozen=True)
class Solved:
    """A result, and what the independent checks say of it: `faults` in `proof` is empty where all is well.

    Both are made of texts, whole numbers, lists and tables with texts as names: the same input gives the
    same bytes.
    """

    result: dict[str, Any]
    proof: dict[str, Any]


def hash_of(
    instance_hash: str,
    kind: str,
    parameters: Mapping[str, Any],
    result: Mapping[str, Any],
    *,
    engine: str = ENGINE_VERSION,
) -> str:
    """SHA-256 of a result together with what it was made of and by which version of the engine."""
    whole = [engine, instance_hash, str(kind), parameters, result]
    return sha256(canonical(whole)).hexdigest()


def canonical(value: object) -> bytes:
    """A value as JSON in the one way in which it is hashed: names in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
