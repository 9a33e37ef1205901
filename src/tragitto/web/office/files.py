"""The files of a message as its page shows them: what they prove and what is odd about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tragitto.records.queries.files import LookedInto
from tragitto.records.vocabulary import ScanState, VirusState
from tragitto.web.office.signatures import Signed, signed
from tragitto_pec.formats import Format
from tragitto_pec.paper import is_suspicious

#: What a form's flags may say that is no danger.
_HARMLESS = frozenset({"signed"})
_PAPERS = frozenset({Format.PDF.value, Format.IMAGE.value})
_FOREIGN = (Format.OFFICE, Format.ARCHIVE, Format.TNEF, Format.EXECUTABLE, Format.UNKNOWN)


@dataclass(frozen=True)
class Difference:
    """A field whose value is not what the page shows."""

    label: str
    value: str
    seen: str


@dataclass(frozen=True)
class FileShown:
    """One file with everything that is known of it, ready to be shown."""

    known: LookedInto
    signed: Signed | None = None
    differences: Sequence[Difference] = ()
    dangers: Sequence[str] = ()
    others: Sequence[Mapping[str, Any]] = ()

    @property
    def file(self) -> Any:
        """The file as it was kept."""
        return self.known.attachment

    @property
    def is_infected(self) -> bool:
        """Whether a scanner found a virus in it or in what lies in it."""
        return self.known.virus is VirusState.INFECTED

    @property
    def is_suspicious(self) -> bool:
        """Whether it should be looked at as pictures of its pages alone."""
        return is_suspicious(self.dangers)

    @property
    def has_pages(self) -> bool:
        """Whether it, or what lies in it, is a paper that may be looked at as pictures."""
        return self.known.may_be_shown and is_paper(self.known)

    @property
    def is_foreign(self) -> bool:
        """Whether it is of a format in which nothing is ever read here."""
        return self.known.format in _FOREIGN

    @property
    def is_form(self) -> bool:
        """Whether fields were read from it."""
        return bool(self.known.form) and not (self.known.form or {}).get("problem")

    @property
    def scans(self) -> Sequence[Mapping[str, Any]]:
        """The printed forms found on its pages."""
        return scans_of(self.known)

    @property
    def waits_for_reading(self) -> bool:
        """Whether a printed form on it still waits for somebody to confirm what stands there."""
        return bool(self.scans) and self.known.scan_state is not ScanState.CONFIRMED


def shown(files: Iterable[LookedInto], labels: Mapping[str, str], *, now: datetime) -> list[FileShown]:
    """Files ready to be shown; `labels` are the names of fields in words."""
    return [
        FileShown(
            known=file,
            signed=signed(file.signatures, labels, now=now),
            differences=list(_differences(file, labels)),
            dangers=sorted({str(flag) for flag in file.flags} - _HARMLESS),
        )
        for file in files
    ]


def scans_of(file: LookedInto) -> list[Mapping[str, Any]]:
    """The printed forms that were found on the pages of a file, each by its code."""
    if not file.scan:
        return []
    return [scan for scan in (file.scan, *file.scan.get("others", ())) if scan.get("code")]


def is_paper(file: LookedInto) -> bool:
    """Whether a file, or what lies in its signature, is a PDF or a picture."""
    inner = file.content.media_type if file.content else ""
    return file.format in _PAPERS or inner.startswith(("application/pdf", "image/"))


def _differences(file: LookedInto, labels: Mapping[str, str]) -> Iterable[Difference]:
    fields = (file.form or {}).get("fields") or {}
    for name, seen in file.appearance.items():
        yield Difference(labels.get(name, name), str(fields.get(name, "")), str(seen))
