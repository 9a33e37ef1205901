"""Questions about messages: one, those at the desk, those that are stuck, where one may belong."""

import logging
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records import anchors as anchor_file
from tragitto.records import permissions, words
from tragitto.records.models import Attachment, Document, Message, RegisterEntry, Trouble
from tragitto.records.queries.fetching import about_mailbox_of_another
from tragitto.records.registries import SUGGESTERS, Suggestion
from tragitto.records.rules.register import place
from tragitto.records.vocabulary import NEXT_STEP, Act, Direction, MessageState, Verdict
from tragitto_pec import PUBLIC, AnchorSet

log = logging.getLogger(__name__)

_KINDS_AT_THE_DESK: dict[str, str | Promise] = {
    Verdict.UNREADABLE: _("It could not be read: a person must look at the file."),
    Verdict.ALTERED: _("It was changed after it was sealed: ask for the original file."),
    Verdict.UNTRUSTED: _("Its seal is not a known provider's: it certifies nothing."),
    Verdict.UNCERTIFIED: _("It is not certified mail: it has no certified time."),
}


def messages(*, actor: Actor) -> QuerySet[Message]:
    """All messages this actor may know, the latest first, each with its register entry. One query."""
    return Message.objects.visible_to(actor).select_related("entry").order_by("-arrived_at", "-pk")


def desk(*, actor: Actor) -> QuerySet[Message]:
    """What waits at the sorting desk, the longest waiting first, with files and open troubles.

    Three queries, however many messages.
    """
    return (
        Message.objects.visible_to(actor)
        .waiting()
        .select_related("entry", "raw")
        .prefetch_related(
            Prefetch(
                "attachments", Attachment.objects.select_related("document").order_by("message", "position")
            ),
            Prefetch("troubles", Trouble.objects.filter(solved_at=None).order_by("first_at", "pk")),
        )
        .order_by("arrived_at", "pk")
    )


def get_for(actor: Actor, code: str) -> Message:
    """One message by its code; raises `NotFound` for one that is not there or not for this actor."""
    found = Message.objects.visible_to(actor).select_related("entry", "raw", "same_as", "receipt_for")
    try:
        return found.get(code=code)
    except Message.DoesNotExist:
        raise NotFound(code) from None


def locked(code: str) -> Message:
    """The message, held by the caller's transaction until it ends; rows that point to it need not wait."""
    return Message.objects.select_for_update(no_key=True).get(code=code)


def locked_for(actor: Actor, code: str) -> Message:
    """As `locked`, for a person; raises `NotFound` for what is not there or not for this actor."""
    try:
        return Message.objects.visible_to(actor).select_for_update(no_key=True).get(code=code)
    except Message.DoesNotExist:
        raise NotFound(code) from None


def attachment_for(actor: Actor, code: str) -> Attachment:
    """One attachment by its code; raises `NotFound` as `get_for` does."""
    visible = Attachment.objects.select_related("document", "message")
    try:
        return visible.get(code=code, message__in=Message.objects.visible_to(actor))
    except Attachment.DoesNotExist:
        raise NotFound(code) from None


def letter(message: Message) -> Document:
    """The raw message as it came, as a document."""
    return message.raw


def open_troubles(*, actor: Actor) -> QuerySet[Trouble]:
    """Failures not yet solved, of messages this actor may know and of files, the oldest first. One query.

    A file is no message yet, and nobody's: everyone who reads mail sees that it could not be taken in. What
    is amiss with a mailbox, only the office that reads it.
    """
    found = Trouble.objects.filter(solved_at=None).select_related("message").order_by("first_at", "pk")
    if actor.is_system:
        return found
    files = Q(message=None) & ~about_mailbox_of_another(actor.organisation)
    known = files | Q(message__in=Message.objects.visible_to(actor))
    return found.filter(known) if permissions.may_read(actor) else found.none()


def stuck(*, before: datetime) -> QuerySet[Message]:
    """Messages that should have moved on by themselves since `before`, the oldest first."""
    return Message.objects.filter(state__in=list(NEXT_STEP), state_since__lt=before).order_by("pk")


def outgoing_of(receipt: Message) -> Message | None:
    """The message of ours that a receipt speaks of: by its own Message-ID, or by the certified identifier."""
    ours = Message.objects.filter(direction=Direction.OUT)
    names = Q()
    if receipt.original_message_id:
        names |= Q(message_id=receipt.original_message_id)
    if receipt.identifier:
        names |= Q(identifier=receipt.identifier)
    return ours.filter(names).order_by("pk").first() if names else None


def suggestions(message: Message) -> list[Suggestion]:
    """Where a message may belong, the strongest first; a suggester that fails stays silent."""
    found: list[Suggestion] = []
    for entry in SUGGESTERS.entries():
        try:
            found += entry.function(message)
        except Exception as error:  # one room's fault must not close the desk
            log.warning("suggester %s failed: %s", entry.name, type(error).__name__)
    return sorted(found, key=lambda suggestion: (-suggestion.strength, suggestion.where_code))


def why_at_the_desk(message: Message) -> str | Promise:
    """Why a person has to look at it: the worst thing known, in one sentence. No query after `desk`."""
    if message.state != MessageState.SORTING:
        return ""
    if message.verdict in _KINDS_AT_THE_DESK:
        return _KINDS_AT_THE_DESK[message.verdict]
    if message.is_receipt:
        return _("A receipt without an outgoing message of ours.")
    for trouble in message.troubles.all():
        if trouble.solved_at is None:
            return words.PROBLEMS[trouble.problem]
    return _("Nobody could tell with certainty where it belongs.")


def number_of(message: Message) -> str:
    """Its number in the register, "" as long as it has none. No query after `messages` or `desk`."""
    entry: RegisterEntry | None = getattr(message, "entry", None)
    return entry.reference if entry else ""


def registered_as(message: Message) -> str:
    """Its register and number together, "" as long as it has none; as `number_of`, without a query."""
    entry: RegisterEntry | None = getattr(message, "entry", None)
    return place(entry.register, entry.year, entry.number) if entry else ""


def may_be_read_again(message: Message) -> bool:
    """Whether its reading may be taken back: it could not be read, and nothing rests on that. Two queries."""
    if message.verdict != Verdict.UNREADABLE or message.state != MessageState.SORTING:
        return False
    return not message.attachments.exists() and not message.filings.filter(act=Act.FILED).exists()


def begun_by(raw: bytes, *, since: datetime, door: str) -> list[Message]:
    """Messages at or before the desk, taken in by `door` since then, whose bytes are only the start of `raw`.

    One query; each length is hashed once.
    """
    recent = Message.objects.filter(door=door, arrived_at__gte=since, raw__size__lt=len(raw), raw__size__gt=0)
    unplaced = recent.filter(state__in=[*NEXT_STEP, MessageState.SORTING]).select_related("raw")
    found, hashed, so_far = [], sha256(), 0
    for message in unplaced.order_by("raw__size", "pk"):
        hashed.update(raw[so_far : message.raw.size])
        so_far = message.raw.size
        if hashed.hexdigest() == message.sha256:
            found.append(message)
    return found


def place_of(message: Message) -> str:
    """The code of what it was filed to last, "" when it has not been filed. One query."""
    filed = message.filings.filter(act=Act.FILED).order_by("-pk").first()
    return filed.where if filed else ""


def sentence_of(trouble: Trouble) -> str:
    """What went wrong and in which step, in the language of the moment."""
    step = words.STEPS.get(trouble.step, "")
    return f"{step}: {words.PROBLEMS[trouble.problem]}" if step else str(words.PROBLEMS[trouble.problem])


def anchors() -> AnchorSet:
    """Whom to trust: the public authorities and, in a demonstration alone, its made-up one.

    Raises `ValueError` when the demonstration's file is malformed.
    """
    if not settings.IS_DEMONSTRATION:
        return PUBLIC
    return PUBLIC.trusting(*PUBLIC.anchors, *anchor_file.read(settings.VAR / anchor_file.FILE_NAME))
