"""What the command that reads forms answers of one file, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from tragitto.cli.saying import counted
from tragitto.cli.signers import signed_lines, standing
from tragitto.schemes.rules.forms import NOTHING
from tragitto_pec.forms import FormReading
from tragitto_pec.names import on_one_line
from tragitto_pec.paper.danger import SUSPICIOUS
from tragitto_pec.scan import Proposal, ScanReading
from tragitto_pec.signatures import SignatureReading

#: The fields that say which form it is: nobody fills them in.
_HIDDEN = ("call", "form", "version")
_BY_HAND = "A person must look at it."
#: Why no fields were read, and how that is mended.
FORM_PROBLEMS = {
    "not-a-pdf": "It is neither a PDF nor a picture on which the code of a printed form can be read. Ask for "
    "the form as a PDF, or for a scan of all its pages.",
    "no-form": "It has no fields, and no code of a printed form can be read on its pages. Ask for the form "
    "filled in on the screen, or for a straight and sharp scan of all its pages.",
    "encrypted": "It is locked by a password. Ask for it without one.",
    "too-large": f"It holds more than any form of ours. {_BY_HAND}",
    "too-many-pages": "It has more pages than any form of ours. Ask for the form alone.",
    "too-many-fields": "It has more fields than any form of ours. Ask for the form alone.",
    "unreadable": "It is damaged, and its fields cannot be read. Ask for the file again.",
    "stopped": f"Reading its fields took too much and was stopped. {_BY_HAND}",
}
#: Why a scan, or a page of it, was not read in full.
SCAN_PROBLEMS = {
    "no-ocr": "Words cannot be read on this machine, so boxes alone are proposed. Install tesseract-ocr and "
    "tesseract-ocr-ita.",
    "no-template": "It was printed from another edition than that of the schemes that came with this "
    f"release, so nothing is proposed. {_BY_HAND}",
    "one-code": "One of its two codes cannot be seen, and nothing is read in places that may be the wrong "
    "ones. Scan the whole page again.",
    "repeated": "It is there a second time; the first one was read.",
    "unreadable": "It lies too askew to be read, or is damaged. Scan it again, flat and sharp.",
    "stopped": f"Reading it took too much and was stopped. {_BY_HAND}",
}
#: What is worth knowing of a file that may be opened all the same.
_REMARKS = {
    "unseen": "The pages could not be compared with the values: what they show is not known. Look at both.",
    "encrypted": "It is locked against changes, which keeps nobody from reading it.",
    "jbig2": "It holds pictures of a kind that honest scanners write, and attacks have used (JBIG2).",
}


@dataclass(frozen=True)
class Answer:
    """What one file says: its signatures, its fields, and the forms that were scanned into it.

    `problem` is the word of a reason of the signature, where that kept the fields from being looked at.
    """

    file: str
    signature: SignatureReading
    form: FormReading
    scans: tuple[ScanReading, ...] = ()
    problem: str = ""

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The forms it holds, each as its call and its code."""
        if self.form.is_read:
            return [(self.form.call, self.form.form)]
        return [(scan.code.call, scan.code.form) for scan in self.scans if scan.code]


def human_lines(answer: Answer) -> Iterator[str]:
    """The answer in lines: which form it is, who signed, what is filled in or proposed, what to mind."""
    form, name, signed = answer.form, on_one_line(answer.file), standing(answer.signature)
    if not answer.scans:
        yield f"{name}: {' · '.join([*_form_head(form), signed])}"
        yield from signed_lines(answer.signature)
        yield from _form_body(answer)
    for number, scan in enumerate(answer.scans):
        yield f"{name}: {' · '.join([*_scan_head(scan), signed])}"
        yield from () if number else signed_lines(answer.signature)
        yield from _scan_body(scan)
    if form.is_suspicious:
        carried = ", ".join(flag for flag in form.flags if flag in SUSPICIOUS)
        yield f"  carries {carried}: open it only as images"
    for flag in form.flags:
        if flag in _REMARKS:
            yield f"  {_REMARKS[flag]}"


def _form_head(form: FormReading) -> Iterator[str]:
    if not form.is_read:
        yield "no form read"
        return
    yield on_one_line(f"{form.call or '?'}/{form.form or '?'} version {form.version or '?'}")
    shown = [name for name in form.fields if name not in _HIDDEN]
    yield f"{counted(len(shown), 'field')}, {len(_filled(form))} filled in"
    if form.appearance:
        yield f"{len(form.appearance)} seen otherwise"


def _filled(form: FormReading) -> dict[str, str]:
    """What somebody filled in; a choice nobody made is written as a dash."""
    return {
        name: value
        for name, value in form.fields.items()
        if name not in _HIDDEN and value.strip() not in ("", NOTHING)
    }


def _form_body(answer: Answer) -> Iterator[str]:
    form = answer.form
    if not form.is_read and not (answer.problem or answer.signature.has(form.problem)):
        yield f"  {FORM_PROBLEMS[form.problem]}"
    for field, value in _filled(form).items():
        if field not in form.appearance:
            yield f"  {on_one_line(field)}: {on_one_line(value)}"
    for field, seen in form.appearance.items():
        value = form.fields.get(field, "")
        yield f"  {on_one_line(field)}: says “{on_one_line(value)}”, shows “{on_one_line(seen)}”"


def _scan_head(scan: ScanReading) -> Iterator[str]:
    if scan.code:
        yield f"scan of {scan.code.call}/{scan.code.form} version {scan.code.version}"
    if scan.missing:
        yield f"without page {', '.join(map(str, scan.missing))}"
    if scan.is_signed_by_hand is not None:
        yield "ink where one signs" if scan.is_signed_by_hand else "nothing where one signs"


def _scan_body(scan: ScanReading) -> Iterator[str]:
    if scan.problem:
        yield f"  {SCAN_PROBLEMS[scan.problem]}"
    for page in scan.pages:
        # Pages of other forms, and those without a code, are none of this form's.
        if page.page and page.problem not in ("", scan.problem):
            yield f"  page {page.number}: {SCAN_PROBLEMS[page.problem]}"
    yield from (_proposed(field, proposal) for field, proposal in scan.proposals.items())


def _proposed(field: str, proposal: Proposal) -> str:
    ticked = {True: "ticked", False: "not ticked", None: ""}[proposal.ticked]
    said = ticked or on_one_line(proposal.text) or "nothing"
    return f"  {on_one_line(field)}: {said} ({proposal.confidence:.0%})"
