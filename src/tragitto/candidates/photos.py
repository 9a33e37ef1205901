"""Photos of people's papers: converted where nothing can be harmed, checked, read by a machine."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

from tragitto.candidates.rules import mrz
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.records import reader, scanner
from tragitto.records.scanner import ScannerSilent
from tragitto.records.vocabulary import CheckOutcome
from tragitto_pec.formats import media_type_of
from tragitto_pec.scan.zone import texts_of

#: What a telephone makes is smaller; more than this is no photo of a paper.
MOST_BYTES = 20 * 1024 * 1024
JPEG = "image/jpeg"
#: Enough to read a zone by; more only takes longer.
_SIDE_TO_READ = 1600
_TOO_LARGE = _("The file is too large: at most 20 MB. Take the photo again with a lower resolution.")
_UNREADABLE = _("We cannot open this file. Take a new photo, or send a JPEG, a PNG or a PDF.")
_PROBLEMS = {
    "too-large": _TOO_LARGE,
    "not-paper": _UNREADABLE,
    "unreadable": _UNREADABLE,
    "encrypted": _("The file has a password: send it without one, or take a photo."),
    "too-many-pages": _("The file has too many pages: send at most four at a time."),
    "too-small": _("The picture is too small to be read: take the photo again from nearer."),
}
_HEIF = _(
    "We cannot open photos of this format (HEIC). Choose “most compatible” in the camera, or send a JPEG."
)
_INFECTED = _("The virus check found something in this file. Send a photo taken anew.")
_NOT_CHECKED = _("Files cannot be checked for viruses just now. Please try again in some minutes.")


def plain(content: bytes) -> bytes:
    """The photo, or a PDF of some pages, as one JPEG without anything beside what can be seen.

    Looked into in the limited process, and checked for viruses where the deployment has a scanner. Raises
    `Blocked` with what to do instead. Takes up to a second: never called while a row is held.
    """
    if len(content) > MOST_BYTES:
        raise _blocked("file_too-large", _TOO_LARGE)
    _check(content)
    seen, picture = reader.picture_of(content)
    if seen.problem:
        is_heif = media_type_of(content) == "image/heif"
        text = _HEIF if is_heif else _PROBLEMS.get(seen.problem, _UNREADABLE)
        raise _blocked(f"file_{seen.problem}", text)
    return picture


def zone_of(content: bytes, *, on: date) -> mrz.MrzReading | None:
    """The machine readable zone seen in a photo: the first that holds, else the best that was seen.

    None where there is none, or no program here to read it. Takes one to three seconds.
    """
    seen, pixels = reader.picture_of(content, most_side=_SIDE_TO_READ, is_grey=True)
    if seen.problem:
        return None
    best: mrz.MrzReading | None = None
    for text in texts_of(Image.frombytes("L", (seen.width, seen.height), pixels)):
        found = mrz.read(text, on=on)
        if found and found.is_verified:
            return found
        if found and (best is None or len(found.unverified) < len(best.unverified)):
            best = found
    return best


def _check(content: bytes) -> None:
    scan = scanner.current()
    if scan is None:
        return
    try:
        said = scan.check(content)
    except ScannerSilent:
        raise _blocked("file_not_checked", _NOT_CHECKED) from None
    if said.outcome is CheckOutcome.INFECTED:
        raise _blocked("file_infected", _INFECTED)
    if said.outcome is CheckOutcome.FAILED:
        raise _blocked("file_not_checked", _NOT_CHECKED)


def _blocked(code: str, text: Promise) -> Blocked:
    return Blocked(Finding(code.replace("-", "_"), text, {"field": "photo"}))
