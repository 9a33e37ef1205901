"""Messages of ours on their way out, and what is proven of each addressee."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.records.models.mailboxes import Mailbox
from tragitto.records.models.messages import READERS, Message
from tragitto.records.vocabulary import OutgoingDecision, OutgoingState


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """Outgoing messages, as the office looks for them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those this actor may know to exist: the house all, an office's people their office's."""
        if actor.is_system:
            return self
        own = self.filter(mailbox__organisation__code=actor.organisation)
        return own if actor.has(*READERS) else self.none()


class Outgoing(models.Model):
    """A message to be sent once: `key` names the reason, and the same reason never sends a second one.

    The message itself was composed once, with our own Message-ID, and lies under `message`. After a
    process was ended when the message was about to leave, nobody here can tell whether it did: then it is
    `uncertain`, until a receipt or a person says so.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    key = models.CharField(max_length=200, unique=True)
    #: Over what was asked for: the same key with other content is a mistake, not a repetition.
    digest = models.CharField(max_length=64)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="outgoing")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="outgoing")
    #: The public code of what it is about, such as a case.
    about = models.CharField(max_length=64, blank=True)
    in_reply_to = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    state = word_field(OutgoingState)
    state_since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: A person has looked at what went wrong with it.
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        db_table = "outgoing"
        constraints = [
            one_of("state", OutgoingState, name="outgoing_state_known"),
            models.CheckConstraint(condition=~Q(key=""), name="outgoing_has_a_key"),
            models.CheckConstraint(
                condition=Q(state=OutgoingState.SENT.value, sent_at__isnull=False)
                | (~Q(state=OutgoingState.SENT.value) & Q(sent_at__isnull=True)),
                name="outgoing_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=OutgoingState.QUEUED.value, next_try_at__isnull=False)
                | (~Q(state=OutgoingState.QUEUED.value) & Q(next_try_at__isnull=True)),
                name="outgoing_queued_for_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "state_since"], name="outgoing_by_state")]

    def __str__(self) -> str:
        return self.code


class Intervention(models.Model):
    """What a person decided about an outgoing message that went wrong, and why."""

    only_grows: ClassVar[bool] = True

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="interventions")
    decision = word_field(OutgoingDecision)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "outgoing_intervention"
        constraints = [
            one_of("decision", OutgoingDecision, name="intervention_decision_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="intervention_with_reason"),
        ]

    def __str__(self) -> str:
        return f"intervention {self.pk}"


class Proof(models.Model):
    """What is proven of one outgoing message for one addressee; each instant comes with its receipt.

    Closed by the delivery or by its failure, and never opened again. An addressee of ordinary mail
    (`is_certified` false, told by the acceptance) gets no receipt of delivery, ever.
    """

    never_deleted: ClassVar[bool] = True

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="proofs")
    recipient = models.CharField(max_length=320)
    is_certified = models.BooleanField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    acceptance = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    warned_at = models.DateTimeField(null=True, blank=True)
    warning = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivery = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "outgoing_proof"
        constraints = [
            models.UniqueConstraint(fields=["outgoing", "recipient"], name="proof_once_per_recipient"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{moment}__isnull": True, f"{receipt}__isnull": True})
                    | Q(**{f"{moment}__isnull": False, f"{receipt}__isnull": False}),
                    name=f"proof_{moment}_with_its_receipt",
                )
                for moment, receipt in (
                    ("accepted_at", "acceptance"),
                    ("warned_at", "warning"),
                    ("delivered_at", "delivery"),
                    ("failed_at", "failure"),
                )
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(failed_at__isnull=True), name="proof_closed_once"
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="proof_names_a_recipient"),
        ]

    def __str__(self) -> str:
        return f"proof {self.pk}"

    @property
    def is_closed(self) -> bool:
        """Whether its addressee's delivery, or the failure of it, is proven."""
        return self.delivered_at is not None or self.failed_at is not None


class DigestSent(models.Model):
    """The digest of a day has left for the people of an office: once, and not again."""

    only_grows: ClassVar[bool] = True

    office = models.CharField(max_length=64)
    day = models.DateField()
    sent_at = models.DateTimeField()
    readers = models.PositiveIntegerField()

    class Meta:
        db_table = "digest_sent"
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="digest_once_per_day")]

    def __str__(self) -> str:
        return f"digest of {self.day}"
