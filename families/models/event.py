"""What happened in a life: moves, losses, births, violence, help; each with its source (domain.md e)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, Party, User
from casusregie.core.references import party_ref
from families.choices import BirthPrecision, LifeEventKind
from families.models.case import Case
from families.models.person import Person


class LifeEvent(models.Model):
    """One event in the lives of one or more persons; a wrong one is taken back and stays in history."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="life_events")
    kind = models.CharField(_("what kind"), max_length=12, choices=LifeEventKind.choices)
    text = models.CharField(_("what happened"), max_length=300)
    on = models.DateField(_("when"))
    precision = models.CharField(max_length=8, choices=BirthPrecision.choices, default=BirthPrecision.DAY)
    until = models.DateField(_("until"), null=True, blank=True)
    # Somebody of the family who told it, or in words where it is known from.
    told_by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("known from"), max_length=120, blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="life_event_says_what"),
            models.CheckConstraint(
                condition=Q(told_by__isnull=False) | ~Q(source=""), name="life_event_says_from_whom"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="life_event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""), name="life_event_taken_back_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "on"], name="life_event_case")]

    def __str__(self) -> str:
        return self.ref


class LifeEventPerson(models.Model):
    """Somebody in whose life it happened."""

    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="of")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "person"], name="life_event_person_once")]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.person_id}"
