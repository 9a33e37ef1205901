"""The files of a message as forms of a call and mere papers, with what was read of their signatures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tragitto.employers.reading import online
from tragitto.employers.rules import Paper, ReadForm, Signatures, signatures_of
from tragitto.records.models import Attachment, Message
from tragitto.records.queries import files as kept
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import Filled, read_filled, slots
from tragitto_pec.signatures.vocabulary import FileVerdict

type Answers = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """A file of a message, with the answers on each form in it: its fields, or what a person confirmed.

    `named` and `printed` are the calls it says it was made for: in a hidden field, in the code of a page.
    `waits` says that a printed form is in it which nobody has confirmed yet; `kind` what the sender of a
    filing on line says it is.
    """

    attachment: Attachment
    answers: tuple[Answers, ...]
    signatures: Signatures
    named: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    waits: bool = False
    kind: str = ""


def files_of(message: Message) -> list[File]:
    """The files of `message`, in their order, after the filing itself where it was sent on line.

    Three queries, however many files.
    """
    files = [_file(attachment) for attachment in kept.with_contents(message)]
    if not message.is_online:
        return files
    told = online.document_of(message)
    answers = tuple(online.readings_of(told))
    sent = File(online.itself(message), answers, Signatures(), named=frozenset({told["call"]}))
    kinds = online.kinds_in(told)
    return [sent, *(replace(file, kind=kinds.get(file.attachment.document.sha256, "")) for file in files)]


def forms_and_papers(
    files: Sequence[File], specs: Sequence[FormSpec]
) -> tuple[tuple[ReadForm, ...], tuple[Paper, ...]]:
    """Which files are forms of the call, one of each, and all of them as papers.

    Where the same form came twice, as itself and signed, the signed one is taken.
    """
    read = [(file, [form for form in _forms_in(file, specs) if form]) for file in files]
    forms: dict[str, ReadForm] = {}
    for _file_of, found in sorted(read, key=lambda pair: not _is_well_signed(pair[0])):
        for form in found:
            forms.setdefault(form.code, form)
    ordered = [form for _, found in read for form in found if forms[form.code] is form]
    return tuple(ordered), tuple(_paper(file, found) for file, found in read)


def filings_in(files: Iterable[File], specs: Sequence[FormSpec], role: str) -> int:
    """How many different forms of this role there are: the same answers, signed and unsigned, are one."""
    found: list[Mapping[str, Any]] = []
    for file in files:
        for form in _forms_in(file, specs):
            if form and form.role == role and form.facts not in found:
                found.append(form.facts)
    return len(found)


def _file(attachment: Attachment) -> File:
    answers = tuple(kept.forms_of(attachment))
    codes = [code for scan in _scans(attachment) if (code := _code(scan))]
    confirmed = {(said.get("call"), said.get("form")) for said in answers if said.get("transcription")}
    return File(
        attachment,
        answers,
        signatures_of(attachment.signatures),
        named=frozenset(call for said in answers if (call := str(said.get("call") or "").strip())),
        printed=frozenset(call for call, _form in codes),
        waits=any(code not in confirmed for code in codes),
    )


def _scans(attachment: Attachment) -> list[Mapping[str, Any]]:
    """What was read of the printed forms in a file, form by form."""
    first = attachment.scan if isinstance(attachment.scan, dict) else {}
    others = first.get("others")
    return [scan for scan in (first, *(others if isinstance(others, list) else ())) if isinstance(scan, dict)]


def _code(scan: Mapping[str, Any]) -> tuple[str, str] | None:
    """The call and the form that the code on a printed page names."""
    said = scan.get("code")
    if not isinstance(said, dict) or not said.get("call"):
        return None
    return str(said["call"]), str(said.get("form") or "")


def _forms_in(file: File, specs: Sequence[FormSpec]) -> list[ReadForm | None]:
    return [_as_form(file, answers, specs) for answers in file.answers]


def _as_form(file: File, reading: Answers, specs: Sequence[FormSpec]) -> ReadForm | None:
    if reading.get("problem") or not isinstance(reading.get("fields"), dict):
        return None
    spec = _spec_of(reading, specs) if reading["fields"] else None
    if spec is None:
        return None
    filled = _filled(spec, reading)
    is_transcribed = bool(reading.get("transcription"))
    scan = _scan_of(file.attachment, reading) if is_transcribed else {}
    ink = scan.get("is_signed_by_hand")
    return ReadForm(
        code=spec.code,
        role=spec.role,
        attachment=file.attachment.name,
        facts=filled.facts,
        fields={field.fact: field.name for field in spec.fields if field.fact},
        missing=filled.missing,
        unreadable=filled.unreadable,
        signatures=file.signatures,
        appearance={str(name): str(seen) for name, seen in (reading.get("appearance") or {}).items()},
        flags=tuple(str(flag) for flag in reading.get("flags") or ()),
        is_transcribed=is_transcribed,
        is_signed_by_hand=ink if isinstance(ink, bool) else None,
        has_other_pages=is_transcribed and _has_other_pages(scan),
    )


def _filled(spec: FormSpec, reading: Answers) -> Filled:
    """What stands on the form; missing is what would be so whatever stands in the places nobody can read."""
    filled = read_filled(spec, reading["fields"])
    illegible = tuple(str(name) for name in reading.get("unreadable") or ())
    if not illegible:
        return filled
    other = read_filled(spec, {**reading["fields"], **dict.fromkeys(illegible, _SOMETHING)})
    missing = tuple(name for name in filled.missing if name in other.missing)
    return replace(filled, missing=missing, unreadable=(*filled.unreadable, *illegible))


def _scan_of(attachment: Attachment, answers: Answers) -> Mapping[str, Any]:
    """What was read of the printed form that these answers were confirmed on."""
    told = (answers.get("call"), answers.get("form"))
    return next((scan for scan in _scans(attachment) if _code(scan) == told), {})


def _has_other_pages(scan: Mapping[str, Any]) -> bool:
    """Whether a page of the scan is of no form; where the pages are not known, one might be."""
    pages = scan.get("pages")
    if not isinstance(pages, list) or not pages:
        return True
    return any(isinstance(page, dict) and page.get("problem") == "no-code" for page in pages)


def _is_well_signed(file: File) -> bool:
    return file.signatures.verdict == FileVerdict.INTACT


def _paper(file: File, forms: Sequence[ReadForm]) -> Paper:
    attachment = file.attachment
    return Paper(
        attachment=attachment.name,
        sha256=attachment.document.sha256,
        media_type=attachment.media_type,
        form=forms[0].code if forms else "",
        format=attachment.format,
        signatures=file.signatures if file.signatures.is_signed else None,
        is_accounted_for=_is_accounted_for(attachment),
        kind=file.kind,
    )


def _is_accounted_for(attachment: Attachment) -> bool:
    archive, signatures = attachment.archive, attachment.signatures
    is_signature_of_another = isinstance(signatures, dict) and bool(signatures.get("signs"))
    return is_signature_of_another or (isinstance(archive, dict) and not archive.get("problem"))


def _spec_of(reading: Mapping[str, Any], specs: Sequence[FormSpec]) -> FormSpec | None:
    """The form by its hidden name, otherwise the one most of whose fields the file has."""
    named = next((spec for spec in specs if spec.code == reading.get("form")), None)
    if named or reading.get("form"):
        return named
    names = set(reading["fields"])
    shares = [(len(names & set(wanted)) / len(wanted), spec) for spec in specs if (wanted := _names(spec))]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= _ENOUGH else None


def _names(spec: FormSpec) -> list[str]:
    return [slot.name for slot in slots(spec)]


#: Stands for what nobody can read: a tick, or any word.
_SOMETHING = "x"
#: A form without its hidden name is recognised when it has most of the fields.
_ENOUGH = 0.5
