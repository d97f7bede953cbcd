"""What happened, how safe each voice says it is, and the checks."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.models import Contact, FollowUp
from safety.choices import CheckOutcome, IncidentSource

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Incident(models.Model):
    """Something unsafe that happened, or was told to have happened, with from whom it is known."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="incidents")
    happened_at = models.DateTimeField(_("when"))
    source = models.CharField(_("known from"), max_length=12, choices=IncidentSource.choices)
    text = models.TextField(_("what happened"), max_length=10_000)
    # In which contact it was told; empty when it was noted by itself.
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents", db_index=False
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="incident_says_what")]
        indexes: ClassVar = [
            models.Index(fields=["case", "-happened_at"], name="incident_case"),
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="incident_contact"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return self.ref


class SafetyScore(models.Model):
    """How safe one person says it is, 0 to 10, on a day, in her own words; never averaged with another's."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="scores")
    voice = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("how safe"))
    on = models.DateField(_("on"))
    words = models.CharField(_("in own words"), max_length=1000, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(value__lte=10), name="score_at_most_ten")]
        indexes: ClassVar = [models.Index(fields=["case", "voice", "-on"], name="score_case")]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return self.ref


class SafetyCheck(models.Model):
    """A check of safety: a follow-up of network, with what came out of it."""

    follow_up = models.OneToOneField(FollowUp, on_delete=models.CASCADE, related_name="safety_check")
    outcome = models.CharField(max_length=8, choices=CheckOutcome.choices, blank=True)
    words = models.CharField(_("what was seen or heard"), max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.follow_up_id}"
