"""Photos and files of a contact: the original sealed with its hash, and a copy without metadata to look at."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casusregie.core.models import SealedFile, User
from casusregie.core.references import party_ref
from network.models.contact import Contact


class Attachment(SealedFile):
    """One file of one contact, encrypted under the case's key; director and deputy see it (design.md 6)."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="attachments")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_names_its_bytes")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.ref
