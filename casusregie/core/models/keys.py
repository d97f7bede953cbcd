"""A key per case, wrapped under a master key that is never in the database."""

from django.db import models


class CaseKey(models.Model):
    """The wrapped data key of one scope (a case, or a part of the kernel such as the audit seal)."""

    scope = models.CharField(max_length=32, unique=True)
    wrapped = models.BinaryField()
    # The first bytes of the master key's own hash: which master opens it, without telling the key.
    master = models.CharField(max_length=16)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.scope
