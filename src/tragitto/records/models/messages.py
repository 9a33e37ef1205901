"""Messages in and out, the files that came with them and where they were put."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Cast

from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.records.models.documents import Document
from tragitto.records.rules.sending import ABOUT_SOME
from tragitto.records.vocabulary import (
    NEXT_STEP,
    RECEIPTS,
    SUBMISSIONS,
    Act,
    Automatic,
    Direction,
    Kind,
    MessageState,
    Step,
    Verdict,
)

#: Whose work is the office's mail.
READERS = ("officer", "reviewer", "administrator")
_IS_CERTIFIED = Q(same_as__isnull=True, direction=Direction.IN.value) & ~Q(identifier="")
_LISTS_ADDRESSEES = Q(delivered_to="", kind__in=sorted(ABOUT_SOME))


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, as the office looks for them."""

    def visible_to(self, actor: Actor) -> Self:
        """Messages this actor may know to exist.

        The house knows all; an office's people their office's, and those that are nobody's yet.
        """
        if actor.is_system:
            return self
        return self.filter(office__in=("", actor.organisation)) if actor.has(*READERS) else self.none()

    def waiting(self) -> Self:
        """Messages that wait for a person at the sorting desk."""
        return self.filter(state=MessageState.SORTING)


class Message(models.Model):
    """One message, raw bytes kept first; the columns of the reading are empty until it has been opened.

    Identity is the hash of the bytes together with the office whose mail it is. Another file with the same
    certified identifier is the same message once more: it is linked (`same_as`), never registered a second
    time. What came to two offices is a message of each.
    What is proven stands in the columns; what an unproven certification states stands in `claims`.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    sha256 = models.CharField(max_length=64)
    raw = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="messages")
    direction = word_field(Direction)
    door = models.CharField(max_length=32)
    mailbox = models.CharField(max_length=320, blank=True)
    #: The code of the organisation whose mail it is; empty as long as it is nobody's, then never changed.
    office = models.CharField(max_length=64, blank=True, default="")
    arrived_at = models.DateTimeField()
    state = word_field(MessageState)
    state_since = models.DateTimeField()

    # The reading
    kind = word_field(Kind, blank=True)
    verdict = word_field(Verdict, blank=True)
    certified_at = models.DateTimeField(null=True, blank=True)
    offset_minutes = models.SmallIntegerField(null=True, blank=True)
    message_id = models.TextField(blank=True)
    identifier = models.TextField(blank=True)
    original_message_id = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    sender = models.TextField(blank=True)
    recipients = models.JSONField(default=list, blank=True)
    recipient_types = models.JSONField(default=dict, blank=True)
    subject = models.TextField(blank=True)
    provider = models.TextField(blank=True)
    receipt_type = models.CharField(max_length=32, blank=True)
    delivered_to = models.TextField(blank=True)
    error = models.TextField(blank=True)
    #: The code of the failure a receipt tells of, such as "5.1.1" (RFC 3463).
    error_status = models.CharField(max_length=16, blank=True, default="")
    #: What sent it by itself, where a program did; what a report says of each addressee.
    automatic = word_field(Automatic, blank=True)
    deliveries = models.JSONField(default=list, blank=True)
    #: The identifiers of the messages it answers or reports on.
    replies_to = models.JSONField(default=list, blank=True)
    carries_copy = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    signer = models.JSONField(null=True, blank=True)
    claims = models.JSONField(null=True, blank=True)
    revocation = models.CharField(max_length=32, blank=True)

    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    receipt_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="receipts"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        db_table = "message"
        constraints = [
            one_of("direction", Direction, name="message_direction_known"),
            one_of("state", MessageState, name="message_state_known"),
            one_of("kind", Kind, name="message_kind_known", blank=True),
            one_of("verdict", Verdict, name="message_verdict_known", blank=True),
            one_of("automatic", Automatic, name="message_automatic_known"),
            models.CheckConstraint(
                condition=(Q(kind="", verdict="") & Q(state=MessageState.KEPT.value))
                | (~Q(kind="") & ~Q(verdict="") & ~Q(state=MessageState.KEPT.value))
                | Q(direction=Direction.OUT.value),
                name="message_read_unless_just_kept",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.VALID.value) | Q(certified_at__isnull=True, identifier=""),
                name="message_certified_only_if_valid",
            ),
            # Nobody but us vouches for the moment of what is sent on line: it is that of `arrived_at`.
            models.CheckConstraint(
                condition=~Q(kind=Kind.ONLINE.value)
                | Q(
                    ~Q(identifier=""),
                    certified_at__isnull=True,
                    direction=Direction.IN.value,
                    verdict=Verdict.VALID.value,
                ),
                name="message_online_is_acknowledged_by_us",
            ),
            models.CheckConstraint(
                condition=Q(certified_at__isnull=True, offset_minutes__isnull=True)
                | Q(certified_at__isnull=False, offset_minutes__isnull=False),
                name="message_instant_with_its_offset",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=False, state=MessageState.LINKED.value)
                | (Q(same_as__isnull=True) & ~Q(state=MessageState.LINKED.value)),
                name="message_linked_to_another",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")), name="message_not_linked_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(receipt_for__isnull=True)
                | Q(kind__in=sorted(RECEIPTS), verdict=Verdict.VALID.value),
                name="message_only_receipts_answer",
            ),
            models.UniqueConstraint(
                fields=["sha256", "office"],
                condition=Q(same_as__isnull=True),
                name="message_once_per_office",
            ),
            # A receipt about some addressees exists once for each one it names or all those it lists,
            # everything else once for each identifier.
            models.UniqueConstraint(
                fields=["kind", "identifier", "delivered_to", "office"],
                condition=_IS_CERTIFIED & ~_LISTS_ADDRESSEES,
                name="message_once_per_identifier",
            ),
            models.UniqueConstraint(
                "kind",
                "identifier",
                MD5(Cast("recipients", models.TextField())),
                "office",
                condition=_IS_CERTIFIED & _LISTS_ADDRESSEES,
                name="message_once_per_addressees",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since"], name="message_by_state"),
            models.Index(fields=["arrived_at", "id"], name="message_by_arrival"),
            models.Index(fields=["message_id"], name="message_by_message_id"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def due(self) -> Step | None:
        """The step it waits for; None where it rests."""
        return NEXT_STEP.get(MessageState(self.state))

    @property
    def is_receipt(self) -> bool:
        """Whether it tells what became of a message, instead of being one to somebody."""
        return self.kind in RECEIPTS

    @property
    def is_submission(self) -> bool:
        """Whether it is a genuine, untouched certified message to its addressee, or was sent on line."""
        return self.verdict == Verdict.VALID and self.kind in SUBMISSIONS

    @property
    def is_online(self) -> bool:
        """Whether it was sent on line, through a page of ours: its raw document is what was acknowledged."""
        return self.kind == Kind.ONLINE


class Attachment(models.Model):
    """A file that came with a message, and what was read of it.

    `name` is safe to show and to offer; `original_name` is what the sender wrote, to be shown as such.
    `format` is what its first bytes say it is (`tragitto_pec.formats`).
    `content` is what lay in the file once its signatures were taken off (null where there was nothing to
    take off). `signatures` is `tragitto_pec.signatures.SignatureReading`, `form` what its fields say in
    the signed revision, `scan` what the codes and the cropped fields of a printed page propose, `archive`
    how a file that holds files was opened; each null where the file is nothing of the kind. What an archive
    held are attachments too, `within` it.
    """

    only_grows: ClassVar[bool] = True

    code = CodeField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    name = models.TextField()
    original_name = models.TextField(blank=True)
    media_type = models.CharField(max_length=127)
    format = models.CharField(max_length=32, blank=True, default="", db_default="")
    content = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="unwrapped_from"
    )
    signatures = models.JSONField(null=True, blank=True)
    form = models.JSONField(null=True, blank=True)
    scan = models.JSONField(null=True, blank=True)
    archive = models.JSONField(null=True, blank=True)
    within = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="inner_files"
    )

    class Meta:
        db_table = "message_attachment"
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="attachment_once_per_position")
        ]

    def __str__(self) -> str:
        return self.code


class Filing(models.Model):
    """A line of a message's history at the desk: filed somewhere, set aside, taken up again."""

    only_grows: ClassVar[bool] = True

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="filings")
    act = word_field(Act)
    where = models.CharField(max_length=64, blank=True)
    taker = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "message_filing"
        constraints = [
            one_of("act", Act, name="filing_act_known"),
            models.CheckConstraint(
                condition=(Q(act=Act.FILED.value) & ~Q(where="")) | (~Q(act=Act.FILED.value) & Q(where="")),
                name="filing_says_where",
            ),
            models.CheckConstraint(
                condition=~Q(act=Act.SET_ASIDE.value) | ~Q(reason=""), name="filing_set_aside_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"filing {self.pk}"
