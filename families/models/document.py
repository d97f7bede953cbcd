"""Documents of a family: rulings, reports, letters, photos, drawings. What was added, replaced, released or given stays."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Circle
from casusregie.core.models import Audience, Party, SealedFile, User
from casusregie.core.references import party_ref
from families.choices import DocumentKind
from families.models.case import Case
from families.models.person import Person

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Document(models.Model):
    """One document as it is described now; its files are `DocumentFile`, what was said of it before `DocumentVersion`.

    Taken back (another family's, or the wrong one) it is gone for every reader, and the row stays.
    """

    never_deleted = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("what kind"), max_length=16, choices=DocumentKind.choices)
    # Encrypted under the case's key, as the files are: a title can say what is in it.
    title = models.BinaryField()
    # Somebody of the family it came from, or in words from whom or where; the words are encrypted too.
    source_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.BinaryField(null=True)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    received_on = models.DateField(_("received on"))
    about = models.ManyToManyField(Person, related_name="documents")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(source_party__isnull=False) | Q(source__isnull=False), name="document_says_from_whom"
            ),
            models.CheckConstraint(
                condition=Q(dated_on__isnull=True) | Q(dated_on__lte=F("received_on")),
                name="document_made_before_received",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="document_taken_back_says_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-received_on", "-id"], name="document_case")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="withdrawn_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class DocumentVersion(models.Model):
    """What was said of a document in one version: what kind, about whom, who reads it; stays, with who and why."""

    append_only = True

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    title = models.BinaryField()
    source_party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.BinaryField(null=True)
    dated_on = models.DateField(null=True)
    received_on = models.DateField()
    about_ids = ArrayField(models.BigIntegerField(), default=list)
    circle = models.CharField(max_length=12, choices=Circle.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "version"], name="document_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="document_change_says_why"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.version}"


class DocumentFile(SealedFile):
    """One file of a document; the newest number is shown, an earlier one stays readable with who replaced it and why.

    `has_text`: every page of it has text that the scanner reads for certain. Without, nobody but director and deputy
    sees it until a second person has looked (design.md 6).
    """

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    has_text = models.BooleanField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_file_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="document_replaced_says_why"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_file_names_its_bytes"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return self.ref


class DocumentRelease(models.Model):
    """A second person looked at a file without text and let it go: to one reader, or (without) to the case team.

    `added_by` repeats who added the file, so that the database itself refuses her own look.
    """

    append_only = True

    file = models.ForeignKey(DocumentFile, on_delete=models.CASCADE, related_name="releases")
    reader = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("added_by")), name="document_released_by_another")
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.by_id}"


class DocumentGiven(models.Model):
    """One file of a document was given to somebody: when and by whom; searched again with every new fact."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    file = models.ForeignKey(DocumentFile, on_delete=models.CASCADE, related_name="given")
    reader = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return self.ref


class DocumentUpload(SealedFile):
    """A file that waits for the form it was chosen in; saved with it, or cleared after a day."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "author", "key"], name="document_upload_one_a_form")
        ]

    def __str__(self) -> str:
        return self.ref
