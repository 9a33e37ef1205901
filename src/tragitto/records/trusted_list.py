"""Where this deployment keeps the trusted list it judges signatures by."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tragitto_pec.signatures.asking import TRUSTED_LIST
from tragitto_pec.signatures.reading import ListSummary
from tragitto_pec.signatures.trusted import TrustedListError, summary_of

_LIST, _LIST_OF_LISTS = "trusted-list.xml", "list-of-lists.xml"


def stored_list() -> bytes | None:
    """The trusted list this deployment has loaded, as it was signed; None when none was."""
    return _content(_LIST)


def stored_list_of_lists() -> bytes | None:
    """The European list of lists that came with the last refresh; None when there was none."""
    return _content(_LIST_OF_LISTS)


def held() -> Mapping[str, bytes]:
    """What a limited process is given to hold, so that it can judge signatures."""
    xml = stored_list()
    return {TRUSTED_LIST: xml} if xml else {}


def summary() -> ListSummary | None:
    """What the stored list says of itself; None when there is none, or none that can be read."""
    xml = stored_list()
    try:
        return summary_of(xml) if xml else None
    except TrustedListError:
        return None


def version() -> tuple[int, int]:
    """A mark that changes whenever another list is stored: a process that holds an older one is renewed."""
    try:
        found = (_folder() / _LIST).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def store(xml: bytes, list_of_lists: bytes | None = None) -> Path:
    """Keep a list that was found genuine, in place of the one before. Raises ``OSError``."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if list_of_lists:
        _put(folder / _LIST_OF_LISTS, list_of_lists)
    _put(folder / _LIST, xml)
    return folder / _LIST


def _folder() -> Path:
    return Path(settings.VAR) / "trust"


def _content(name: str) -> bytes | None:
    try:
        return (_folder() / name).read_bytes()
    except FileNotFoundError:
        return None


def _put(place: Path, content: bytes) -> None:
    """Write aside, flush, and move into place in one stroke."""
    handle, aside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, place)
