"""Fixed moments at which the plan is looked at together."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case


class Evaluation(models.Model):
    """A moment: planned, who comes, and when it was held its outcome in four lines."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evaluations")
    planned_at = models.DateTimeField(_("when"))
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    goes_well = models.CharField(_("what goes well"), max_length=1000, blank=True)
    not_yet = models.CharField(_("what does not go well yet"), max_length=1000, blank=True)
    changes = models.CharField(_("what we change"), max_length=1000, blank=True)
    safety = models.CharField(_("how safe it is now"), max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | ~Q(goes_well="") | ~Q(not_yet="") | ~Q(changes="") | ~Q(safety=""),
                name="evaluation_held_says_something",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "planned_at"], name="evaluation_case"),
            models.Index(fields=["planned_at"], condition=Q(held_at__isnull=True), name="evaluation_open"),
        ]

    def __str__(self) -> str:
        return self.ref


class EvaluationAttendee(models.Model):
    """Somebody who is asked to come, and whether she came."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="attendees")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "party"], name="attendee_once")]

    def __str__(self) -> str:
        return f"{self.evaluation_id}:{self.party_id}"
