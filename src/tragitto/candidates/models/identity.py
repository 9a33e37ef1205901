"""Who a person is: names in two scripts, documents, contacts, and the photos that show it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from tragitto.candidates.models.candidates import Candidate
from tragitto.candidates.vocabulary import FilePurpose, ReadBy, Script, Standing
from tragitto.kernel.fields import CodeField, one_of, word_field
from tragitto.schemes.vocabulary import IdentityKind


class Identity(models.Model):
    """The one canonical spelling of a person's names, in capital letters as the passport has them, and more.

    Surnames are one text and are never split; the same for given names. `confirmed_*` = a keeper compared
    them with a document. `name_keys` = what both scripts sound like (rules/naming.py), for search and
    duplicates; they are written with the names and never apart.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="identity")
    surnames = models.CharField(max_length=200, blank=True, default="")
    given_names = models.CharField(max_length=200, blank=True, default="")
    arabic_surnames = models.CharField(max_length=200, blank=True, default="")
    arabic_given_names = models.CharField(max_length=200, blank=True, default="")
    birth_on = models.DateField(null=True, blank=True)
    birth_place = models.CharField(max_length=200, blank=True, default="")
    nationality = models.CharField(max_length=3, blank=True, default="")
    standing = word_field(Standing, blank=True)
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    town = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=3, blank=True, default="MAR")
    name_keys = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=64, blank=True, default="")
    confirmed_with = models.ForeignKey(
        "IdentityDocument", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        db_table = "candidate_identity"
        constraints = [
            one_of("standing", Standing, name="identity_standing_is_known", blank=True),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"), name="identity_phone_in_e164"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_with=None, confirmed_by="")
                | (Q(confirmed_at__isnull=False, confirmed_with__isnull=False) & ~Q(confirmed_by="")),
                name="identity_confirmed_with_a_document",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_keys"], name="identity_by_sound"),
            models.Index(fields=["birth_on"], name="identity_by_birth"),
            models.Index(fields=["phone"], name="identity_by_phone"),
            models.Index(fields=["email"], name="identity_by_email"),
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class NameVariant(models.Model):
    """Another spelling under which the same person is met: on a diploma, in a list, transliterated."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="name_variants")
    script = word_field(Script)
    surnames = models.CharField(max_length=200, blank=True, default="")
    given_names = models.CharField(max_length=200, blank=True, default="")
    found_in = models.CharField(max_length=64)

    class Meta:
        db_table = "candidate_name_variant"
        constraints = [
            one_of("script", Script, name="name_variant_script_is_known"),
            models.UniqueConstraint(
                fields=["candidate", "script", "surnames", "given_names"], name="name_variant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"name variant {self.pk}"


class CandidateFileManager(models.Manager["CandidateFile"]):
    """Files without their content, which is loaded when it is asked for."""

    def get_queryset(self) -> models.QuerySet["CandidateFile"]:
        """All but the content."""
        return super().get_queryset().defer("content")


class CandidateFile(models.Model):
    """A photo or page of a person's papers, as the server converted it: no camera data, checked for viruses.

    It lies in the database, not among the documents that stay: it goes when the person goes. `zone` = the
    lines of the machine readable zone seen in it, empty for none, and None until a machine has looked.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="files")
    code = CodeField()
    purpose = word_field(FilePurpose)
    kind = models.CharField(max_length=32)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    zone = models.TextField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    objects = CandidateFileManager()

    class Meta:
        db_table = "candidate_file"
        constraints = [
            one_of("purpose", FilePurpose, name="candidate_file_purpose_is_known"),
            models.UniqueConstraint(fields=["candidate", "sha256"], name="candidate_file_once_per_content"),
            models.CheckConstraint(condition=Q(size__gt=0), name="candidate_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code


class IdentityDocument(models.Model):
    """An identity document: what is written on it, how that came in, and until when it is valid.

    `number` is the number of the document, `personal_number` that of the person on a national card (CIN),
    which is another. `mrz` = the lines as read or typed, kept when their check digits hold (`is_verified`).
    A document is superseded, never changed. `warned_days` = the last of the days before it expires at which
    the person was warned.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="documents")
    code = CodeField()
    kind = word_field(IdentityKind)
    number = models.CharField(max_length=32)
    personal_number = models.CharField(max_length=32, blank=True, default="")
    issuing_state = models.CharField(max_length=3)
    nationality = models.CharField(max_length=3, blank=True, default="")
    surnames = models.CharField(max_length=200, blank=True, default="")
    given_names = models.CharField(max_length=200, blank=True, default="")
    birth_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    mrz = models.TextField(blank=True, default="")
    is_verified = models.BooleanField(default=False)
    read_by = word_field(ReadBy)
    files = models.ManyToManyField(CandidateFile, related_name="documents", blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=64, blank=True, default="")
    superseded_at = models.DateTimeField(null=True, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "candidate_identity_document"
        constraints = [
            one_of("kind", IdentityKind, name="identity_document_kind_is_known"),
            one_of("read_by", ReadBy, name="identity_document_read_by_is_known"),
            models.CheckConstraint(condition=~Q(number=""), name="identity_document_has_a_number"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(issued_on=None) | Q(expires_on__gt=F("issued_on")),
                name="identity_document_expires_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(is_verified=False) | ~Q(mrz=""), name="identity_document_verified_by_its_mrz"
            ),
            models.UniqueConstraint(
                fields=["candidate", "kind"],
                condition=Q(superseded_at=None),
                name="identity_document_one_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["number", "issuing_state"], name="identity_document_by_number"),
            models.Index(fields=["personal_number"], name="identity_document_by_person"),
            models.Index(fields=["expires_on"], name="identity_document_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.code
