"""What is being written: kept on the server within two seconds, encrypted, until it is saved (design.md 10)."""

import uuid
from typing import ClassVar

from django.db import models

from casusregie.core.models import SealedFile, User
from casusregie.core.references import party_ref
from families.models import Case
from network.models.contact import Contact


class Draft(models.Model):
    """A contact or a correction that has not been saved yet; `key` is the key of its form, so saving it ends it."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The contact that is being corrected; empty for a new one.
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="drafts")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    # The fields of the form as JSON, encrypted under the case's key.
    content = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    # Thrown away; for ten minutes it can be put back.
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["author", "-saved_at"], name="draft_author"),
            models.Index(fields=["case", "-saved_at"], name="draft_case"),
        ]

    def __str__(self) -> str:
        return self.ref


class DraftFile(SealedFile):
    """A photo or file that waits for its contact to be saved; then it becomes an `Attachment`."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(db_index=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref
