"""Forms that were sent, so that sending twice is one; and searches, so that no name stands in an address."""

import uuid
from typing import ClassVar

from django.db import models

from casusregie.core.references import party_ref


class Submission(models.Model):
    """One form that was accepted: its key, what it held (as a digest) and where its result is."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user_id = models.BigIntegerField()
    form = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    result_url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="submission_at")]

    def __str__(self) -> str:
        return str(self.key)


class StoredSearch(models.Model):
    """What somebody looked for, encrypted, under a random id that may stand in an address (design.md 10)."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    user_id = models.BigIntegerField()
    page = models.CharField(max_length=40)
    terms = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="stored_search_at")]

    def __str__(self) -> str:
        return self.ref
