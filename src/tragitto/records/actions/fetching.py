"""Fetching: messages of a connected mailbox come into the house, each once, and none is lost on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import OperationalError, transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.records import permissions, ports, queries, words
from tragitto.records.actions.keeping import Kept, keep
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Fetched, Mailbox, Message, Trouble, Watermark
from tragitto.records.ports import OpenMailbox
from tragitto.records.vocabulary import Problem
from tragitto_pec.limits import DEFAULT as LIMITS

#: So many messages at a time, then others have their turn; the rest follows at once.
AT_ONCE = 500
#: After each failure a message is asked for again later, up to `LONGEST_PAUSE`.
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)


class Outcome(StrEnum):
    """What became of one message that was to be fetched."""

    TAKEN = "taken"
    KNOWN = "known"
    LEFT = "left"
    VANISHED = "vanished"


@dataclass(frozen=True)
class Fetching:
    """What one look into a mailbox brought; `failure` says why it ended early, if it did."""

    address: str
    taken: int = 0
    known: int = 0
    left: int = 0
    has_more: bool = False
    failure: str = ""


@dataclass(frozen=True)
class Folder:
    """A folder that has been entered, with its messages in trouble, and who acts on it when."""

    opened: OpenMailbox
    mailbox: Mailbox
    name: str
    uid_validity: int
    troubles: Mapping[str, Trouble]
    actor: Actor
    at: datetime

    def about(self, uid: int) -> About:
        """What a failure of one message concerns."""
        return About(file_name=queries.name_on_server(self.mailbox, self.name, self.uid_validity, uid))


def fetch(*, address: str, actor: Actor, at: datetime, at_once: int = AT_ONCE) -> Fetching:
    """Take in what is new in the watched folders of a mailbox, at most `at_once` messages.

    Each message is kept, and its row of `Fetched` written, in one transaction. A message that cannot be had
    or kept is a trouble, is asked for again later, and stops none of the others; so is a folder, and a
    mailbox that cannot be opened. Nothing is changed on the server. Raises `NotAllowed`; `Blocked` when no
    office reads this mailbox.
    """
    mailbox = mailbox_of(address, actor=actor)
    found = Fetching(mailbox.address)
    try:
        with ports.post().open(mailbox.address) as opened:
            for folder in entered(opened, mailbox, actor=actor, at=at):
                found = _fetch_folder(folder, found, at_once)
    except ports.PostFailed as failure:
        return replace(found, failure=note_mailbox(mailbox, failure, actor=actor, at=at))
    solve(About(file_name=mailbox.address), actor=actor, at=at)
    return found


def note_connections(*, actor: Actor, at: datetime) -> list[str]:
    """The connected mailboxes that an office reads; what is wrong with the others, or the file, is noted."""
    about = About(file_name="TRAGITTO_MAILBOXES")
    try:
        addresses = ports.post().addresses()
    except ports.WrongConnections as wrong:
        note(about, problem=Problem.MAILBOXES_WRONG, detail=wrong.detail, actor=actor, at=at)
        return []
    solve(about, actor=actor, at=at)
    known = []
    for address in addresses:
        if queries.mailbox_named(address):
            known.append(address)
        else:
            note(About(file_name=address), problem=Problem.MAILBOX_UNKNOWN, detail="", actor=actor, at=at)
    return known


def mailbox_of(address: str, *, actor: Actor) -> Mailbox:
    """The mailbox, if this actor may fetch it. Raises `NotAllowed`, `Blocked`."""
    if not permissions.may_fetch(actor):
        raise NotAllowed(Finding("records.may_not_take_in", words.MAY_NOT_TAKE_IN))
    mailbox = queries.mailbox_named(address)
    if mailbox is None or mailbox not in queries.office_mailboxes(actor=actor):
        raise Blocked(Finding("records.mailbox_of_nobody", words.MAILBOX_OF_NOBODY))
    return mailbox


def note_mailbox(mailbox: Mailbox, failure: ports.PostFailed, *, actor: Actor, at: datetime) -> str:
    """Note that a mailbox could not be opened; returns what to say about it."""
    is_wrong = isinstance(failure, ports.WrongConnections)
    problem = Problem.MAILBOXES_WRONG if is_wrong else Problem.MAILBOX_UNREACHABLE
    note(About(file_name=mailbox.address), problem=problem, detail=failure.detail, actor=actor, at=at)
    return failure.detail or type(failure).__name__


def entered(opened: OpenMailbox, mailbox: Mailbox, *, actor: Actor, at: datetime) -> Iterator[Folder]:
    """The watched folders, each entered when its turn comes; one that cannot be is a trouble."""
    for name in opened.folders():
        about = About(file_name=queries.folder_on_server(mailbox, name))
        try:
            uid_validity = opened.enter(name)
        except ports.NoFolder as failure:
            note(about, problem=Problem.FOLDER_UNREACHABLE, detail=failure.detail, actor=actor, at=at)
            continue
        solve(about, actor=actor, at=at)
        troubles = {each.file_name: each for each in queries.open_troubles_of_folder(mailbox, name)}
        yield Folder(opened, mailbox, name, uid_validity, troubles, actor, at)


def _fetch_folder(folder: Folder, found: Fetching, at_once: int) -> Fetching:
    mark = watermark_of(folder)
    here = folder.opened.uids(after=mark.last_uid)
    missing = _missing(folder, here, after=mark.last_uid)
    asked = [uid for uid in missing if not _is_pausing(folder, uid)]
    room = max(at_once - found.taken - found.known - found.left, 0)
    outcomes = [take(folder, uid) for uid in asked[:room]]
    advance(folder, mark, here)
    return replace(
        found,
        taken=found.taken + outcomes.count(Outcome.TAKEN),
        known=found.known + outcomes.count(Outcome.KNOWN),
        left=found.left + outcomes.count(Outcome.LEFT),
        has_more=found.has_more or len(asked) > room,
    )


def take(folder: Folder, uid: int, *, by_hash: bool = False) -> Outcome:
    """Fetch one message and keep it; what cannot be had is a trouble. Raises `ports.Unreachable`."""
    about = folder.about(uid)
    try:
        raw = folder.opened.message(uid, most=LIMITS.message_bytes)
    except ports.Vanished:
        return Outcome.VANISHED
    except ports.TooLarge as failure:
        if by_hash and (known := _known_by_hash(folder, uid)):
            with transaction.atomic():
                return _write(folder, uid, Kept(known, is_new=False))
        return _left(folder, about, Problem.MAIL_TOO_LARGE, failure.detail)
    except ports.NotGiven as failure:
        return _left(folder, about, Problem.MAIL_NOT_FETCHED, failure.detail)
    try:
        with transaction.atomic():
            kept = keep(raw, door="imap", mailbox=folder.mailbox.address, actor=folder.actor, at=folder.at)
            return _write(folder, uid, kept)
    except OperationalError:
        raise  # the database's fault, not the message's: the next one would fare no better
    except Exception as error:
        return _left(folder, about, Problem.MAIL_NOT_FETCHED, type(error).__name__)


def _write(folder: Folder, uid: int, kept: Kept) -> Outcome:
    """Write down that it is in the house; part of the transaction that kept it."""
    row = Fetched(
        mailbox=folder.mailbox,
        folder=folder.name,
        uid_validity=folder.uid_validity,
        uid=uid,
        sha256=kept.message.sha256,
        message=kept.message,
        at=folder.at,
    )
    # Somebody else may fetch the same mailbox at the same time.
    Fetched.objects.bulk_create([row], ignore_conflicts=True)
    about = folder.about(uid)
    if about.file_name in folder.troubles:
        solve(about, actor=folder.actor, at=folder.at)
    return Outcome.TAKEN if kept.is_new else Outcome.KNOWN


def _left(folder: Folder, about: About, problem: Problem, detail: str) -> Outcome:
    note(about, problem=problem, detail=detail, actor=folder.actor, at=folder.at)
    return Outcome.LEFT


def _known_by_hash(folder: Folder, uid: int) -> Message | None:
    """What the office has taken in by hand of a message too large to be fetched."""
    try:
        return queries.same_bytes(folder.opened.sha256(uid), folder.mailbox.organisation.code)
    except (ports.NotGiven, ports.Vanished):
        return None


def _missing(folder: Folder, here: Sequence[int], *, after: int) -> list[int]:
    known = queries.fetched_uids(folder.mailbox, folder.name, folder.uid_validity, after=after)
    return [uid for uid in here if uid not in known]


def _is_pausing(folder: Folder, uid: int) -> bool:
    """Whether it failed before and is not asked for again yet; what is too large waits for the night."""
    trouble = folder.troubles.get(folder.about(uid).file_name)
    if trouble is None or trouble.problem == Problem.MAIL_TOO_LARGE:
        return trouble is not None
    return folder.at < trouble.last_at + min(FIRST_PAUSE * (1 << min(trouble.tries, 16)), LONGEST_PAUSE)


def watermark_of(folder: Folder) -> Watermark:
    """The folder's watermark, begun anew when the server numbers its messages anew."""
    mark, _is_new = Watermark.objects.get_or_create(
        mailbox=folder.mailbox,
        folder=folder.name,
        defaults={"uid_validity": folder.uid_validity, "looked_at": folder.at},
    )
    if mark.uid_validity != folder.uid_validity:
        mark.uid_validity, mark.last_uid = folder.uid_validity, 0
        mark.save(update_fields=["uid_validity", "last_uid"])
    return mark


def advance(folder: Folder, mark: Watermark, here: Sequence[int]) -> None:
    """Move the watermark up to the first message that is not in the house; all rows are committed by now."""
    still_missing = set(_missing(folder, [uid for uid in here if uid > mark.last_uid], after=mark.last_uid))
    for uid in here:
        if uid in still_missing:
            break
        mark.last_uid = max(mark.last_uid, uid)
    # Somebody else may have found meanwhile that the server numbers anew: then this is about other messages.
    same = Watermark.objects.filter(pk=mark.pk, uid_validity=folder.uid_validity)
    same.update(last_uid=mark.last_uid, looked_at=folder.at)
