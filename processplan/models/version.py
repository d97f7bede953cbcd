"""What was offered: frozen for good. The application's role may add rows here and never change or remove one."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case
from processplan.choices import RenderState, SignatureKind, VersionState

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class PlanVersion(models.Model):
    """One version as it was offered: everything it says, and who may read each item, as one frozen document.

    `content` is made by `processplan.editions.freeze`; nothing reads it but that module.
    """

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="version_number_once")]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.number}"


class VersionEvent(models.Model):
    """A version came into a state; its newest event is where it stands."""

    append_only = True

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=12, choices=VersionState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "state"], name="version_state_once")]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.state}"


class Signature(models.Model):
    """What somebody answered: signed or only read, with her words, bound to the SHA-256 of what was on the screen."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SignatureKind.choices)
    # Encrypted under the case's key: the strokes as one SVG path, the name as typed, the own statement.
    drawing = models.BinaryField(null=True)
    name = models.BinaryField(null=True)
    statement = models.BinaryField(null=True)
    shown_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    witness = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "party"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(kind=SignatureKind.DRAWN, drawing__isnull=False)
                | Q(kind=SignatureKind.TYPED, name__isnull=False)
                | Q(kind=SignatureKind.READ),
                name="signature_has_its_mark",
            ),
            models.CheckConstraint(condition=Q(shown_sha256__regex=r"^[0-9a-f]{64}$"), name="signature_names_what"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return self.ref


class RenderedEdition(models.Model):
    """The PDF of one version for one reader, encrypted; asked for, made by the worker, or failed with a reason.

    `sha256` is the digest of the edition it shows: when a signature is added, the edition is another one.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="editions")
    reader = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=RenderState.choices, default=RenderState.ASKED)
    pdf = models.BinaryField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "reader", "sha256"], name="edition_once"),
            models.CheckConstraint(
                condition=~Q(state=RenderState.DONE) | Q(pdf__isnull=False), name="edition_done_has_a_file"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(state=RenderState.ASKED), name="edition_asked")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.reader}"


class EditionRelease(models.Model):
    """An edition left the house: to whom the file was given and when. Only ever added."""

    append_only = True

    edition = models.ForeignKey(RenderedEdition, on_delete=models.CASCADE, related_name="releases")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.by_id}"
