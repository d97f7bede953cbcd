"""A colleague's own safety at the door: what to beware of, and until when she is inside."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from casusregie.core.references import party_ref
from families.models import Case, Person
from network.choices import CautionKind
from network.models.appointment import Appointment


class Caution(models.Model):
    """Something to beware of, with one person or (without a person) at the address; it stands until it is ended."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="cautions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="cautions")
    kind = models.CharField(_("what"), max_length=10, choices=CautionKind.choices)
    # Encrypted under the case's key.
    note = models.BinaryField(null=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=CautionKind.values), name="caution_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("noted_at")), name="caution_ends_after_noted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(ended_at__isnull=True), name="caution_open"),
        ]

    def __str__(self) -> str:
        return self.ref


class Stay(models.Model):
    """A promise to be outside again by a time; not closed in time, a colleague is told, then the team leader."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stays")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="stays")
    # Where she is, for who must go and look; encrypted under the case's key.
    place = models.BinaryField(null=True)
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    until_at = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_at__gt=F("started_at")), name="stay_ends_after_start"),
            models.CheckConstraint(condition=~Q(user=F("colleague")), name="stay_guarded_by_somebody_else"),
            models.UniqueConstraint(fields=["user"], condition=Q(closed_at__isnull=True), name="stay_one_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["case"], name="stay_case")]

    def __str__(self) -> str:
        return self.ref
