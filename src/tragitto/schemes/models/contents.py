"""What a call is made of: its forms, its criteria, what is unknown about it and what was decided."""

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import TextsField, one_of, texts_complete, word_field
from tragitto.schemes.models.calls import Call
from tragitto.schemes.vocabulary import Failing, FormRole


class Form(models.Model):
    """A form the call asks for: ``groups`` and ``fields`` are `pack` specs as JSON, ``legal`` a text."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="forms")
    code = models.SlugField(max_length=64)
    version = models.PositiveSmallIntegerField()
    role = word_field(FormRole)
    title = TextsField()
    confidence = models.CharField(max_length=16)
    legal = models.JSONField(default=dict)
    groups = models.JSONField(default=list)
    fields = models.JSONField(default=list)

    class Meta:
        db_table = "call_form"
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="form_once_per_call"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(role=FormRole.MAIN), name="form_one_main_per_call"
            ),
            one_of("role", FormRole, name="form_role_is_known"),
            texts_complete("title", "form_title_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Criterion(models.Model):
    """A registered judge with this call's parameters, and what failing it means here."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    code = models.SlugField(max_length=64)
    position = models.PositiveSmallIntegerField()
    judge = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    failing = word_field(Failing)
    title = TextsField()
    citation = models.CharField(max_length=300)

    class Meta:
        db_table = "call_criterion"
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_once_per_call"),
            models.UniqueConstraint(fields=["call", "position"], name="criterion_position_once_per_call"),
            one_of("failing", Failing, name="criterion_failing_is_known"),
            texts_complete("title", "criterion_title_complete"),
        ]

    def __str__(self) -> str:
        return self.code


class Gap(models.Model):
    """Something the sources do not say: it blocks real publication; a rehearsal shows ``stand_in``."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="gaps")
    path = models.CharField(max_length=120)
    what = TextsField()
    source = models.CharField(max_length=300)
    stand_in = models.JSONField(null=True, blank=True)

    class Meta:
        db_table = "call_gap"
        constraints = [
            models.UniqueConstraint(fields=["call", "path"], name="gap_once_per_path"),
            texts_complete("what", "gap_what_complete"),
        ]

    def __str__(self) -> str:
        return self.path


class Choice(models.Model):
    """What was decided where a source contradicts itself or the linter asked, by whom and why."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="choices")
    about = models.CharField(max_length=200)
    text = models.TextField()
    reason = models.TextField()
    made_by = models.CharField(max_length=64)
    made_on = models.DateField()

    class Meta:
        db_table = "call_choice"
        constraints = [models.UniqueConstraint(fields=["call", "about"], name="choice_once_per_question")]

    def __str__(self) -> str:
        return self.about
