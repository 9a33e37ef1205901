"""Filing on line: the draft that is saved at every step, its papers, and what was sent in the end."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tragitto.employers.models.expressions import Expression
from tragitto.employers.vocabulary import PaperKind, SubmissionState, WarningKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Call


class FilingDraftQuerySet(models.QuerySet["FilingDraft"]):
    """Drafts, asked for by the one who looks: nobody but the person who writes sees one."""

    def visible_to(self, actor: Actor) -> "FilingDraftQuerySet":
        """The actor's own; all of them for the house itself."""
        return self if actor.is_system else self.filter(account=actor.code)

    def unsent(self) -> "FilingDraftQuerySet":
        """Those neither sent nor thrown away: drafts, and nobody may take one for a filing."""
        return self.filter(sent_at__isnull=True, discarded_at__isnull=True)


class FilingDraft(models.Model):
    """What a person has answered so far on line; never a filing before it was sent.

    `answers` = {form: {place: answer}} under the names that the places have in the forms as PDF, rows with
    their number ("unit_address_2"). `revision` counts the savings, so that two devices do not overwrite
    each other; `pages_done` of `pages` is how far it had come by the last one. `expression`: it supplements
    that one.
    """

    code = CodeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="filing_drafts")
    expression = models.ForeignKey(
        Expression, on_delete=models.PROTECT, related_name="filing_drafts", null=True, blank=True
    )
    account = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    pages_done = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = FilingDraftQuerySet.as_manager()

    class Meta:
        db_table = "filing_draft"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(discarded_at__isnull=True),
                name="filing_draft_sent_or_discarded",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("started_at")), name="filing_draft_saved_after_it_was_started"
            ),
            models.CheckConstraint(
                condition=Q(pages_done__lte=F("pages")), name="filing_draft_not_more_done_than_asked"
            ),
            # To begin twice is to begin once: one without an answer is there already.
            models.UniqueConstraint(
                fields=["account", "call", "expression"],
                condition=Q(revision=0, sent_at__isnull=True, discarded_at__isnull=True),
                nulls_distinct=False,
                name="filing_draft_one_untouched",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "saved_at"], name="filing_draft_by_account"),
            models.Index(
                fields=["call"],
                condition=Q(sent_at__isnull=True, discarded_at__isnull=True),
                name="filing_draft_unsent_by_call",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DraftPaperManager(models.Manager["DraftPaper"]):
    """Papers without their content, which is as large as a file may be: it is loaded when it is asked for."""

    def get_queryset(self) -> models.QuerySet["DraftPaper"]:
        """All but the content."""
        return super().get_queryset().defer("content")


class DraftPaper(models.Model):
    """A file uploaded beside a draft: a signed form, a delegation, the copy of an identity document.

    Until the draft is sent its `content` lies here and goes with the draft; afterwards it is a `document`,
    which stays. `reading` = what the limited process said of it at once: "verdict" of its signatures, and of
    a form of the call "form" and "fields".
    """

    draft = models.ForeignKey(FilingDraft, on_delete=models.CASCADE, related_name="papers")
    code = CodeField()
    kind = word_field(PaperKind)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)
    document = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="draft_papers", null=True, blank=True
    )
    reading = models.JSONField(default=dict)
    added_at = models.DateTimeField()

    objects = DraftPaperManager()

    class Meta:
        db_table = "filing_draft_paper"
        constraints = [
            models.UniqueConstraint(fields=["draft", "sha256"], name="draft_paper_once_per_content"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="draft_paper_hash_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=True, document__isnull=False)
                | Q(content__isnull=False, document__isnull=True),
                name="draft_paper_lies_in_one_place",
            ),
            one_of("kind", PaperKind, name="draft_paper_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """What was sent, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "SubmissionQuerySet":
        """The actor's own; all of them for the house itself."""
        return self if actor.is_system else self.filter(account=actor.code)


class Submission(models.Model):
    """A filing on line as it was sent and acknowledged: once per draft, at the server's instant, for ever.

    `content` is the filing as canonical JSON (answers, declarations as shown, hashes of papers, who signed
    in and how), `sha256` its hash. The rest follows in the background: the message in the register, the
    receipt as JSON and as PDF.
    """

    never_deleted: ClassVar[bool] = True

    code = CodeField()
    draft = models.OneToOneField(FilingDraft, on_delete=models.PROTECT, related_name="submission")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions")
    account = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = word_field(SubmissionState)
    message = models.OneToOneField(
        "records.Message", on_delete=models.PROTECT, related_name="submission", null=True, blank=True
    )
    receipt = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    printed_receipt = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        db_table = "submission"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="submission_hash_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.RECEIVED.value, message__isnull=True)
                | (~Q(state=SubmissionState.RECEIVED.value) & Q(message__isnull=False)),
                name="submission_registered_with_its_message",
            ),
            models.CheckConstraint(
                condition=Q(receipt__isnull=True, printed_receipt__isnull=True)
                | Q(receipt__isnull=False, printed_receipt__isnull=False, message__isnull=False),
                name="submission_receipt_after_its_number",
            ),
            one_of("state", SubmissionState, name="submission_state_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                condition=Q(printed_receipt__isnull=True),
                name="submission_without_receipt",
            ),
            models.Index(fields=["account", "received_at"], name="submission_by_account"),
        ]

    def __str__(self) -> str:
        return self.code


class DraftWarning(models.Model):
    """The holder of an unsent draft was written to, once for each occasion."""

    only_grows: ClassVar[bool] = True

    draft_code = models.CharField(max_length=64)
    kind = word_field(WarningKind)
    window_number = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "filing_draft_warning"
        constraints = [
            models.UniqueConstraint(
                fields=["draft_code", "kind", "window_number", "hours"], name="draft_warning_once"
            ),
            one_of("kind", WarningKind, name="draft_warning_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"warning {self.pk}"
