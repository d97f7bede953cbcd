"""What the desks keep themselves: a caseload that is being brought over from elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casusregie.core.models import User
from casusregie.core.references import party_ref
from casusregie.desks.choices import ImportState


class Import(models.Model):
    """One file that somebody brought: read first, written only when she asks for it."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=ImportState.choices, default=ImportState.READ)
    leave_out = models.BooleanField(default=False)
    read_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # A worker is busy with it until this moment; afterwards any worker goes on where it stopped.
    leased_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="import_user"),
            models.Index(fields=["id"], condition=Q(state=ImportState.ASKED), name="import_waiting"),
        ]

    def __str__(self) -> str:
        return self.ref


class ImportedCase(models.Model):
    """One case of the file: its rows encrypted until it is written, and the case it became."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="cases")
    # Whose number it is in the earlier system: the same number again is the same case.
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    # What is to be written and what is wrong with it, as JSON under the import's own key; emptied when written.
    content = models.BinaryField()
    faults = models.PositiveSmallIntegerField(default=0)
    is_known = models.BooleanField(default=False)
    case_ref = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "number"], name="imported_number_once_a_file"),
            models.UniqueConstraint(
                fields=["owner", "number"], condition=~Q(case_ref=""), name="imported_case_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}:{self.number}"
