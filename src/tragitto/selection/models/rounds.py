"""A round of selection: the rules it was published with, and the posts that take part."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from tragitto.employers.models import Position
from tragitto.kernel.actors import Actor
from tragitto.kernel.fields import CodeField
from tragitto.schemes.models import Duty, Scheme, SelectionRules
from tragitto.schemes.vocabulary import DutyKind

#: The duties whose holders see a round: who proposes and arranges, who coordinates, who watches.
SEES = (
    DutyKind.PROPOSES_CANDIDATES,
    DutyKind.ORGANISES_MEETINGS,
    DutyKind.COORDINATES,
    DutyKind.PUBLISHES,
    DutyKind.REVIEWS,
)


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, asked for by the one who looks."""

    def visible_to(self, actor: Actor) -> "RoundQuerySet":
        """The rounds of the schemes in which the actor's organisation selects, coordinates or watches."""
        if actor.is_system:
            return self
        if not actor.organisation:
            return self.none()
        held = Duty.objects.filter(
            scheme=OuterRef("scheme"), duty__in=SEES, organisation__code=actor.organisation
        )
        return self.filter(Exists(held))

    def published(self) -> "RoundQuerySet":
        """Those whose rules everybody may read."""
        return self.filter(published_at__isnull=False)


class Round(models.Model):
    """One round of selection of a scheme, under the version of the rules it was published with.

    `seed` = the number of the lot in hexadecimal; its hash stands with the published rules, itself with the
    match (`seed_shown_at`), so that nobody chooses it after seeing rankings. Published by a second person.
    """

    never_deleted = True

    code = CodeField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    rules = models.ForeignKey(SelectionRules, on_delete=models.PROTECT, related_name="rounds")
    seed = models.CharField(max_length=64)
    seed_shown_at = models.DateTimeField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=64, blank=True, default="")
    rank_by = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        db_table = "round"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="round_number_once_per_scheme"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | (Q(published_at__isnull=False) & ~Q(published_by="")),
                name="round_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by="") | ~Q(published_by=F("drafted_by")), name="round_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(published_at__isnull=False),
                name="round_closed_after_published",
            ),
            models.CheckConstraint(
                condition=Q(seed_shown_at=None) | Q(published_at__isnull=False),
                name="round_seed_after_published",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether it is published and goes on."""
        return self.published_at is not None and self.closed_at is None


class RoundPost(models.Model):
    """A position in a round, and what it asks for, stated by the desk from the employer's form.

    `least_levels` = levels by language ({"it": "A2"}); `must_licences` = skills that need a certificate valid
    on the day of the run. Skills are codes of the roster. `stated_by` empty: nobody has stated it yet,
    and the post takes part with its profile alone. `seats_ground` = why the seats were changed after both
    sides were asked for their rankings.
    """

    never_deleted = True

    code = CodeField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="posts")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="round_posts")
    seats = models.PositiveSmallIntegerField()
    seats_ground = models.TextField(blank=True, default="")
    least_levels = models.JSONField(default=dict, blank=True)
    least_schooling = models.PositiveSmallIntegerField(default=0)
    least_years = models.PositiveSmallIntegerField(default=0)
    must_skills = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    wished_skills = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    must_licences = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    shifts = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    stated_by = models.CharField(max_length=64, blank=True, default="")
    stated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_ground = models.TextField(blank=True, default="")

    class Meta:
        db_table = "round_post"
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(left_at=None), name="round_post_in_one_round"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="round_post_has_a_seat"),
            models.CheckConstraint(condition=Q(least_schooling__lte=8), name="round_post_eqf_at_most_8"),
            models.CheckConstraint(
                condition=Q(left_at=None) | ~Q(left_ground=""), name="round_post_left_for_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return self.code
