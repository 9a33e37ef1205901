"""What a person can do: profiles, skills with their evidence, experience, diplomas, languages."""

from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.models.identity import CandidateFile
from tragitto.candidates.vocabulary import CefrLevel, Mastery, Proof
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.models import Profile


class CandidateProfile(models.Model):
    """A profile that the person offers, in the order of their wish, in their words and as tidied.

    `words_are_own`: the person wrote them, and nobody else ever overwrites them (a trigger sees to it).
    `tidied_by` empty beside a tidied text: the words have changed since, and it is shown to nobody outside.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="profiles")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="candidate_profiles")
    position = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True, default="")
    words_are_own = models.BooleanField(default=False, db_default=False)
    tidied = models.TextField(blank=True, default="")
    tidied_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "candidate_profile"
        constraints = [
            models.UniqueConstraint(fields=["candidate", "profile"], name="candidate_profile_once"),
            models.CheckConstraint(condition=Q(years__lte=60), name="candidate_profile_years_of_a_life"),
            models.CheckConstraint(
                condition=Q(tidied_by="") | ~Q(tidied=""), name="candidate_profile_tidied_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["profile", "candidate"], name="candidate_profile_by_profile")]

    def __str__(self) -> str:
        return f"candidate profile {self.pk}"


class CandidateSkill(models.Model):
    """A skill of the roster's list that the person says to have, and what stands behind it.

    `skill` = its code in the roster. A certificate has a number and a day until which it is valid.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="skills")
    skill = models.CharField(max_length=64)
    mastery = word_field(Mastery, blank=True)
    proof = word_field(Proof)
    certificate = models.CharField(max_length=64, blank=True, default="")
    valid_until = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        CandidateFile, on_delete=models.PROTECT, related_name="skills", null=True, blank=True
    )
    confirmed_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "candidate_skill"
        constraints = [
            one_of("mastery", Mastery, name="candidate_skill_mastery_is_known", blank=True),
            one_of("proof", Proof, name="candidate_skill_proof_is_known"),
            models.UniqueConstraint(fields=["candidate", "skill"], name="candidate_skill_once"),
            # What was only said needs nobody; what is proved was seen by somebody.
            models.CheckConstraint(
                condition=~Q(proof=Proof.TESTED) | ~Q(confirmed_by=""),
                name="candidate_skill_tested_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["skill", "candidate"], name="candidate_skill_by_skill")]

    def __str__(self) -> str:
        return self.skill


class Experience(models.Model):
    """Work done somewhere, from a month to a month (the first day stands for it), or until now.

    Words and tidied text as of a profile.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="experiences")
    code = CodeField()
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="experiences", null=True, blank=True
    )
    employer = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=3, default="MAR")
    role = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, default="")
    words_are_own = models.BooleanField(default=False, db_default=False)
    tidied = models.TextField(blank=True, default="")
    tidied_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "candidate_experience"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="experience_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(tidied_by="") | ~Q(tidied=""), name="experience_tidied_by_somebody"
            ),
            # Months are told, not days.
            models.CheckConstraint(
                condition=Q(begins_on__day=1) & (Q(ends_on=None) | Q(ends_on__day=1)),
                name="experience_in_whole_months",
            ),
        ]
        indexes = [models.Index(fields=["candidate"], name="experience_by_candidate")]

    def __str__(self) -> str:
        return self.code


class Diploma(models.Model):
    """A diploma, with its level in the framework of its country and the indicative level of the EQF.

    `level_code` = the roster's level; `eqf` is what the roster says of it, never a recognition.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="diplomas")
    code = CodeField()
    title = models.CharField(max_length=200)
    institution = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=3, default="MAR")
    level_code = models.CharField(max_length=64, blank=True, default="")
    eqf = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    proof = word_field(Proof)
    confirmed_by = models.CharField(max_length=64, blank=True, default="")
    file = models.ForeignKey(
        CandidateFile, on_delete=models.PROTECT, related_name="diplomas", null=True, blank=True
    )

    class Meta:
        db_table = "candidate_diploma"
        constraints = [
            one_of("proof", Proof, name="diploma_proof_is_known"),
            models.CheckConstraint(
                condition=Q(eqf=None) | Q(eqf__range=(1, 8)), name="diploma_eqf_between_1_and_8"
            ),
        ]
        indexes = [models.Index(fields=["candidate"], name="diploma_by_candidate")]

    def __str__(self) -> str:
        return self.code


class LanguageLevel(models.Model):
    """How well a person knows a language (ISO 639), with its proof and until when that is valid."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="languages")
    tongue = models.CharField(max_length=8)
    level = word_field(CefrLevel)
    proof = word_field(Proof)
    certificate = models.CharField(max_length=120, blank=True, default="")
    valid_until = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=64, blank=True, default="")
    file = models.ForeignKey(
        CandidateFile, on_delete=models.PROTECT, related_name="languages", null=True, blank=True
    )

    class Meta:
        db_table = "candidate_language"
        constraints = [
            one_of("level", CefrLevel, name="language_level_is_known"),
            one_of("proof", Proof, name="language_proof_is_known"),
            models.UniqueConstraint(fields=["candidate", "tongue"], name="language_once"),
        ]
        indexes = [models.Index(fields=["tongue", "level", "candidate"], name="language_by_level")]

    def __str__(self) -> str:
        return self.tongue
