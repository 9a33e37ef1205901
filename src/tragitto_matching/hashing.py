"""Names for what went in and what came out: SHA-256 over numbers and texts, the same everywhere."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tragitto_matching import ENGINE_VERSION
from tragitto_matching.instance import Instance

if TYPE_CHECKING:
    from hashlib import _Hash

type Part = npt.NDArray[np.generic] | Sequence[str]


def instance_hash(instance: Instance) -> str:
    """The hash of an instance, in hexadecimal: equal for equal columns, whatever file they came from."""
    digest = hashlib.sha256(b"tragitto-matching-instance 1\n")
    for part in (instance.candidates, instance.posts, instance.weights, instance):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray | tuple):
                _add(digest, f"{type(part).__name__}.{field.name}", value)
    return digest.hexdigest()


def result_hash(instance: str, kind: str, said: object) -> str:
    """The hash of a result: of which instance (its hash), which engine and kind, and all that it says.

    `said` is hashed as JSON in its one canonical form: names in order, no spaces, ASCII, so that no two
    different results look alike. Raises `ValueError` for what is no JSON, such as a number that is none.
    """
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    begin = f"tragitto-matching-result 2\n{ENGINE_VERSION}\n{instance}\n{kind}\n"
    return hashlib.sha256((begin + canonical).encode()).hexdigest()


def _add(digest: "_Hash", name: str, value: Part) -> None:
    """Add one named value: its name, what it is, its shape and its bytes, each marked off from the next."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biu":
        kind = f"{value.dtype.kind}{value.dtype.itemsize}"
        shape = "x".join(map(str, value.shape))
        # Bytes in the order of small-endian machines, on a large-endian one too.
        column = np.ascontiguousarray(value).astype(value.dtype.newbyteorder("<"), copy=False)
        digest.update(f"{name} {kind} {shape}\n".encode())
        digest.update(column.data)
        return
    texts = [str(item) for item in value]
    # Codes and names are of one line each, so that a line's end parts them.
    encoded = "\n".join(texts).encode()
    digest.update(f"{name} texts {len(texts)} {len(encoded)}\n".encode())
    digest.update(encoded)
