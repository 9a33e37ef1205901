"""The file of a run: what went in and came out with people under numbers, and whether it is true. Pure."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from tragitto.selection.rules.solved import hash_of
from tragitto.selection.rules.solving import SOLVERS
from tragitto.selection.vocabulary import RunKind
from tragitto_matching import ENGINE_VERSION, files
from tragitto_matching.hashing import instance_hash
from tragitto_matching.instance import Instance

_INSTANCE, _ABOUT, _SOLVED, _RULES = "instance.json", "about.json", "run.json", "rules.json"
#: The public code of a person on the roster.
_PERSON = re.compile(r"\bC-[0-9A-Z]+\b")
#: No file of a run is larger: whatever is, is none.
_MOST_BYTES = 512 * 1024 * 1024
_READ_ME = """\
A run of the selection, to be checked by anybody.
Una esecuzione della selezione, che chiunque può verificare.

about.json     which run this is; the hashes under which the house keeps it; the hashes of this file
rules.json     the rules of the round as they were published
instance.json  what went in: people as person-0001 …, in the order of their place on the roster, and positions
run.json       what was asked of the engine (parameters), what came out (result), and the proof

To check all of it (it is computed again and compared byte for byte):
Per verificare tutto (si ricalcola e si confronta byte per byte):

    tragitto match verify THIS-FILE.zip

To look at it with the engine alone, for instance why a person is not eligible for a position:

    python -m tragitto_matching explain instance.json person-0001 P-...

Names and codes of people are not in this file. Each person may ask the office which number they are.
I nomi e i codici delle persone non sono in questo file: ognuno può chiedere all'ufficio il proprio numero.
"""


def pseudonyms(instance: Instance) -> dict[str, str]:
    """What people are called in the file, by their codes."""
    codes = instance.candidates.codes.tolist()
    width = max(4, len(str(len(codes))))
    return {code: f"person-{at:0{width}d}" for at, code in enumerate(codes, start=1)}


def packed(
    about: Mapping[str, Any], instance: bytes, solved: Mapping[str, Any], *, rules: Mapping[str, Any]
) -> bytes:
    """The file of a run as a zip; the same run gives the same bytes."""
    names = pseudonyms(files.read(instance))
    names |= _absent(solved, names)
    masked = _masked(json.loads(instance), names)
    shown = {name: _masked(value, names) for name, value in solved.items()}
    content = _text(masked)
    within = instance_hash(files.read(content))
    told = {
        **about,
        "file_instance_hash": within,
        "file_result_hash": hash_of(within, about["kind"], shown["parameters"], shown["result"]),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        parts = {_ABOUT: _text(told), _RULES: _text(rules), _INSTANCE: content, _SOLVED: _text(shown)}
        for name, part in {"README.txt": _READ_ME.encode(), **parts}.items():
            whole.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def faults_in(content: bytes) -> list[str]:
    """What is wrong with the file of a run, computed again and compared; empty = nothing."""
    try:
        instance, about, run = _opened(content)
        kind = RunKind(about["kind"])
        parameters, result, _proof = run["parameters"], run["result"], run["proof"]
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as wrong:
        return [f"This is not the file of a run: {wrong}"]
    found, made_by = [], str(about.get("engine"))
    within = instance_hash(instance)
    if within != about.get("file_instance_hash"):
        found.append("What went in is not what the file says: its hash is another.")
    if hash_of(within, kind, parameters, result, engine=made_by) != about.get("file_result_hash"):
        found.append("What came out was changed: its hash is another.")
    differing = _differing(instance, kind, run)
    if differing and made_by != ENGINE_VERSION:
        differing = [
            f"Version {made_by[:16]} of the engine made the run, and this is version {ENGINE_VERSION},"
            " which gives something else: only that version can verify it."
        ]
    return found + differing


def _differing(instance: Instance, kind: RunKind, run: Mapping[str, Any]) -> list[str]:
    """What is not the same when it is computed again."""
    try:
        again = SOLVERS[kind](instance, run["parameters"])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return ["What was asked of the engine is nothing that it can be asked."]
    found = []
    if again.result != run["result"]:
        found.append("Computed again, something else comes out.")
    if again.proof != run["proof"] or run["proof"].get("faults"):
        found.append("The proof is not that of the result.")
    return found


def _opened(content: bytes) -> tuple[Instance, dict[str, Any], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        for name in (_INSTANCE, _ABOUT, _SOLVED):
            if name not in whole.namelist():
                raise ValueError(f"{name} is missing")
            if whole.getinfo(name).file_size > _MOST_BYTES:
                raise ValueError(f"{name} is too long")
        return (
            files.read(whole.read(_INSTANCE)),
            json.loads(whole.read(_ABOUT)),
            json.loads(whole.read(_SOLVED)),
        )


def _absent(value: Any, names: Mapping[str, str]) -> dict[str, str]:
    """Names for people who were asked about and are not in the instance: nobody's code leaves the house."""
    codes = sorted({code for code in _PERSON.findall(json.dumps(value)) if code not in names})
    return {code: f"absent-{at:04d}" for at, code in enumerate(codes, start=1)}


def _masked(value: Any, names: Mapping[str, str]) -> Any:
    """The value with every code of a person replaced, wherever it stands."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {names.get(name, name): _masked(inner, names) for name, inner in value.items()}
    return [_masked(each, names) for each in value] if isinstance(value, list) else value


def _text(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
