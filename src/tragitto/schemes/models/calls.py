"""A call, the windows in which it takes filings, and the amendments that change it later."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value

from tragitto.kernel.fields import TextsField, one_of, texts_complete, word_field
from tragitto.schemes.models.journeys import Journey
from tragitto.schemes.models.schemes import Region, Scheme
from tragitto.schemes.vocabulary import (
    AmendmentKind,
    CallStatus,
    CountedInstant,
    Disclosure,
    PlaceRule,
)

# An equality on a plain number inside a GiST index would need the extension btree_gist, which the embedded
# server does not carry; a range of one number needs none.
_SAME_CALL = Func(
    F("call"), F("call"), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
)
_OPEN = Func(F("opens_at"), F("closes_at"), function="tstzrange", output_field=DateTimeRangeField())


class Call(models.Model):
    """A public call as it was approved; a trigger freezes it and its parts once it is published.

    ``filing``, ``review``, ``hand_over`` and ``enquiries`` are the specs of `pack.arrangements` as JSON,
    ``checks`` the kinds of verification asked for, ``copied_from`` the call a draft was begun from.
    ``texts`` = {section: {language: text}}; ``notice`` = [{number, title, text}] in the language of the
    act; ``privacy`` = the notice of art. 13 GDPR as data; ``review_term`` = the code of a law
    parameter; ``warnings`` = [{about, where, text}] as the linter gave them when the draft was written;
    ``drafters`` = everybody who wrote the present draft, ``drafted_by`` the last of them; ``loaded_hash`` =
    the content as a pack last brought it, empty for a call begun in the office.
    """

    never_deleted: ClassVar[bool] = True

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="calls")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="calls")
    publisher = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="calls")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="calls")
    code = models.SlugField(max_length=64, unique=True)
    act = models.CharField(max_length=200, blank=True, default="")
    act_on = models.DateField(null=True, blank=True)
    proposer = models.CharField(max_length=200, blank=True, default="")
    checks = models.JSONField(default=list)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="copies", null=True, blank=True
    )
    title = TextsField()
    summary = TextsField()
    filing = models.JSONField(default=dict)
    review = models.JSONField(default=dict)
    hand_over = models.JSONField(default=list)
    enquiries = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    notice = models.JSONField(default=list)
    purposes = models.JSONField(default=list)
    calendar = models.JSONField(default=list)
    privacy = models.JSONField(default=dict)
    zone = models.CharField(max_length=64)
    mailbox = models.EmailField(blank=True, default="")
    help_address = models.EmailField(blank=True, default="")
    counted_instant = word_field(CountedInstant)
    place_rule = word_field(PlaceRule)
    disclosure = word_field(Disclosure)
    review_term = models.CharField(max_length=80)
    four_eyes = models.BooleanField()
    warnings = models.JSONField(default=list)
    is_rehearsal = models.BooleanField(default=False)
    status = word_field(CallStatus)
    drafted_by = models.CharField(max_length=64)
    drafters = models.JSONField(default=list)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=64, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    loaded_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "call"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=CallStatus.DRAFT, published_at__isnull=True, published_by="")
                | (~Q(status=CallStatus.DRAFT) & Q(published_at__isnull=False) & ~Q(published_by="")),
                name="call_published_has_instant_and_person",
            ),
            models.CheckConstraint(
                condition=Q(published_by="") | ~Q(published_by=F("drafted_by")),
                name="call_published_by_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(
                    Func("drafters", "published_by", function="jsonb_exists", output_field=BooleanField())
                ),
                name="call_published_by_none_of_its_drafters",
            ),
            models.CheckConstraint(
                condition=Q(status=CallStatus.DRAFT) | ~Q(mailbox=""), name="call_published_has_mailbox"
            ),
            models.CheckConstraint(
                condition=Q(status=CallStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=CallStatus.CLOSED) & Q(closed_at__isnull=True)),
                name="call_closed_has_instant",
            ),
            one_of("counted_instant", CountedInstant, name="call_counted_instant_is_known"),
            one_of("place_rule", PlaceRule, name="call_place_rule_is_known"),
            one_of("disclosure", Disclosure, name="call_disclosure_is_known"),
            one_of("status", CallStatus, name="call_status_is_known"),
            texts_complete("title", "call_title_complete"),
            texts_complete("summary", "call_summary_complete"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_published(self) -> bool:
        """Whether the public may see this call and answer it."""
        return self.status == CallStatus.PUBLISHED


class Window(models.Model):
    """When filings are taken: [opens_at, closes_at), the house's rule for every period.

    A day named as the last one closes at the next local midnight: 23:59:59.999 is in, 00:00:00 is out.
    An unknown opening is null, in a draft only: it is a gap, and a call with gaps is not published.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()

    class Meta:
        db_table = "call_window"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="window_once_per_number"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="window_opens_before_it_closes",
            ),
            ExclusionConstraint(
                name="window_no_overlap",
                expressions=[(_SAME_CALL, RangeOperators.OVERLAPS), (_OPEN, RangeOperators.OVERLAPS)],
                condition=Q(opens_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"window {self.number}"


class Amendment(models.Model):
    """A dated change of a published call; the frozen rows stay as they were, this row says what now holds.

    An extension moves the end of one window; a correction replaces the texts it names in ``texts``.
    """

    only_grows = True

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    kind = word_field(AmendmentKind)
    act = models.CharField(max_length=200)
    reason = models.TextField()
    window_number = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    texts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        db_table = "call_amendment"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="amendment_once_per_number"),
            models.CheckConstraint(
                condition=Q(
                    kind=AmendmentKind.EXTENSION, window_number__isnull=False, closes_at__isnull=False
                )
                | Q(kind=AmendmentKind.CORRECTION, window_number__isnull=True, closes_at__isnull=True),
                name="amendment_extension_has_a_new_end",
            ),
            one_of("kind", AmendmentKind, name="amendment_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"amendment {self.number}"
