"""A scheme, where it runs, for which profiles, and who does what in it."""

from django.db import models
from django.db.models import F, Q

from tragitto.kernel.fields import TextsField, one_of, texts_complete, word_field
from tragitto.schemes.vocabulary import DutyKind


class Scheme(models.Model):
    """A programme of labour mobility as its pack describes it."""

    code = models.SlugField(max_length=64, unique=True)
    title = TextsField()
    summary = TextsField()
    places = models.PositiveIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    pack_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "scheme"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lt=F("ends_on")),
                name="scheme_starts_before_it_ends",
            ),
            texts_complete("title", "scheme_title_complete"),
            texts_complete("summary", "scheme_summary_complete"),
        ]

    def __str__(self) -> str:
        return self.code


class Region(models.Model):
    """A territory of the scheme; the provinces decide whether a production unit lies in it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="regions")
    code = models.SlugField(max_length=64)
    title = TextsField()
    nuts = models.CharField(max_length=5)
    istat_code = models.CharField(max_length=2)
    provinces = models.JSONField(default=list)

    class Meta:
        db_table = "scheme_region"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="region_once_per_scheme"),
            texts_complete("title", "region_title_complete"),
        ]

    def __str__(self) -> str:
        return self.code


class Profile(models.Model):
    """An occupation the scheme trains and places, with its codes in the public taxonomies."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="profiles")
    code = models.SlugField(max_length=64)
    position = models.PositiveSmallIntegerField()
    title = TextsField()
    isco = models.CharField(max_length=4)
    esco_code = models.CharField(max_length=16)
    esco_uri = models.URLField(max_length=120)
    istat = models.JSONField(default=list)
    eqf = models.PositiveSmallIntegerField()
    alternatives = models.JSONField(default=list)
    confidence = models.CharField(max_length=16)

    class Meta:
        db_table = "scheme_profile"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="profile_once_per_scheme"),
            models.CheckConstraint(condition=Q(eqf__range=(1, 8)), name="profile_eqf_between_1_and_8"),
            texts_complete("title", "profile_title_complete"),
        ]

    def __str__(self) -> str:
        return self.code


class Duty(models.Model):
    """One duty of one organisation, for the whole scheme or for one region of it.

    Several organisations may hold the same duty; a duty whose holder the sources do not name has none.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="duties")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    duty = word_field(DutyKind)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="duties", null=True, blank=True
    )
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "scheme_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "region", "duty", "organisation"],
                name="duty_once_per_organisation",
                nulls_distinct=False,
            ),
            one_of("duty", DutyKind, name="duty_is_known"),
        ]

    def __str__(self) -> str:
        return self.duty
