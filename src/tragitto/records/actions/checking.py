"""Checking for viruses: everything a message brought, wrapped and unwrapped, before anybody is offered it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, queries, scanner, stores, words
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Attachment, Document, Message, VirusCheck
from tragitto.records.queries import files
from tragitto.records.scanner import Checked, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome, MessageState, Problem, Step

#: How long what the scanner could not look into rests before it is tried again.
FAILED_RESTS = timedelta(hours=1)

_DANGERS = (Problem.INFECTED, Problem.NOT_CHECKED)
Checks = Mapping[str, Checked]


@dataclass(frozen=True)
class Piece:
    """Some bytes of a message, and the hashes of all that they were taken out of."""

    content: bytes
    within: tuple[str, ...] = ()


def check_pieces(pieces: Iterable[Piece], *, is_last_try: bool = False) -> Checks:
    """What the scanner says of each piece, by its hash; nothing where the deployment has no scanner.

    What holds something infected is infected itself: scanners do not see through every wrapping, people's
    machines do. Raises `ScannerSilent`, but at the last try: then nothing could be looked at.
    """
    scan = scanner.current()
    found: dict[str, Checked] = {}
    if scan is None:
        return found
    is_silent = False
    for piece in pieces:
        sha256 = sha256_hex(piece.content)
        if sha256 not in found:
            try:
                # Once silent it is not asked again: waiting for each of many pieces would take hours.
                found[sha256] = Checked(CheckOutcome.FAILED) if is_silent else scan.check(piece.content)
            except ScannerSilent:
                if not is_last_try:
                    raise
                found[sha256], is_silent = Checked(CheckOutcome.FAILED), True
        for outer in piece.within:
            found[outer] = _worse(found.get(outer), found[sha256])
    return found


def write_checks(documents: Iterable[Document], checks: Checks, *, at: datetime) -> None:
    """Write down what was said of these documents; part of the caller's transaction."""
    VirusCheck.objects.bulk_create(
        VirusCheck(
            document=document,
            outcome=said.outcome,
            threat=said.threat,
            engine=said.engine[:200],
            checked_at=at,
        )
        for document in {document.pk: document for document in documents}.values()
        if (said := checks.get(document.sha256))
    )


def note_danger(message: Message, *, actor: Actor, at: datetime) -> bool:
    """Whether something of the message is infected or could not be checked; then the desk is told why.

    Such a message stays for a person to decide: a filing that carries a virus is still a filing.
    """
    outcomes = {check.outcome for check in files.checks_of(files.documents_of(message)).values()}
    about = About(message, Step.PLACE)
    if CheckOutcome.INFECTED in outcomes:
        note(about, problem=Problem.INFECTED, detail="", actor=actor, at=at)
    elif CheckOutcome.FAILED in outcomes:
        note(about, problem=Problem.NOT_CHECKED, detail="", actor=actor, at=at)
    return bool({CheckOutcome.INFECTED, CheckOutcome.FAILED} & outcomes)


def check_again(*, message: Message, actor: Actor, at: datetime) -> Sequence[VirusCheck]:
    """Check everything a message brought once more and return the checks that hold now.

    The trouble of a message at the desk follows what comes out; the ledger is told. Without a scanner nothing
    happens. Raises
    `NotAllowed`, `NotFound` for another office's mail, `ScannerSilent`, and `stores.ContentMissing` or
    `ContentChanged`.
    """
    if not permissions.may_sort(actor):
        raise NotAllowed(Finding("records.may_not_sort", words.MAY_NOT_SORT))
    brought = queries.get_for(actor, message.code)
    if not files.has_scanner():
        return list(files.checks_of(files.documents_of(brought)).values())
    checks = check_pieces(_pieces_of(brought))
    with transaction.atomic():
        held = queries.locked_for(actor, message.code)
        documents = files.documents_of(held)
        write_checks(documents, checks, at=at)
        if held.state == MessageState.SORTING:
            _settle(held, actor=actor, at=at)
        facts = {"outcomes": sorted({str(said.outcome) for said in checks.values()})}
        ledger.record("message.checked", subject=held.code, actor=actor, at=at, facts=facts)
    return list(files.checks_of(documents).values())


def check_failed_again(*, actor: Actor, at: datetime) -> list[str]:
    """Check again what at the desk could not be checked an hour ago or earlier; returns the codes.

    One that fails again only rests again. Ends when the scanner is silent: the next hour is another one.
    """
    checked = []
    for message in files.not_checked(before=at - FAILED_RESTS):
        try:
            check_again(message=message, actor=actor, at=at)
        except ScannerSilent:
            break
        except (stores.ContentMissing, stores.ContentChanged):
            continue  # nothing to look into until it has been restored
        checked.append(message.code)
    return checked


def _settle(message: Message, *, actor: Actor, at: datetime) -> None:
    if not note_danger(message, actor=actor, at=at) and files.has_trouble(message, _DANGERS):
        solve(About(message, Step.PLACE), actor=actor, at=at)


def _pieces_of(message: Message) -> Iterable[Piece]:
    raw = (message.raw.sha256,)
    yield Piece(queries.content(message.raw))
    for file in files.with_contents(message):
        outer = (*raw, *_layers_of(file.within)) if file.within else raw
        yield Piece(queries.content(file.document), outer)
        if file.content:
            yield Piece(queries.content(file.content), (*outer, file.document.sha256))


def _layers_of(file: Attachment) -> tuple[str, ...]:
    return (file.document.sha256, *([file.content.sha256] if file.content else []))


def _worse(one: Checked | None, other: Checked) -> Checked:
    """What holds of the outer one, now that the inner one is known."""
    if one is None or (one.outcome is not CheckOutcome.INFECTED and other.outcome is CheckOutcome.INFECTED):
        return other
    return one
