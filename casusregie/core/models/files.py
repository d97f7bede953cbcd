"""What every kept file has: the original sealed with its hash, and a copy without metadata to look at."""

from django.db import models

from casusregie.core.choices import FileKind


class SealedFile(models.Model):
    """A file encrypted under the key of the case it belongs to (`core.files.sealed`): its name and both its bytes."""

    name = models.BinaryField()
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    original = models.BinaryField()
    shown = models.BinaryField()

    class Meta:
        abstract = True
