"""Working time that no contact tells: one tap, never typed twice (domain.md j)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from casusregie.core.references import party_ref
from families.models import Case
from network.choices import TimeCategory


class TimeEntry(models.Model):
    """Minutes of work on a day without a contact; the time of a contact is derived from the contact itself."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="time_entries")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="time_entries")
    on = models.DateField(_("on"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    category = models.CharField(_("what"), max_length=8, choices=TimeCategory.choices)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(category__in=TimeCategory.values), name="time_category_known"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="time_within_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "on"], name="time_entry_day")]

    def __str__(self) -> str:
        return self.ref
