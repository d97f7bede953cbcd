"""The same human in two cases: only the team leaders concerned see it, and the scanner reads the facts of both."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casusregie.core.models import User
from casusregie.core.references import party_ref
from families.choices import SameAct, SameState
from families.models.case import Case
from families.models.person import Person


class SamePerson(models.Model):
    """Two persons of different cases, and where it stands whether they are one; only a link makes the scanner read both.

    How it came there stands in `SamePersonEvent`.
    """

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=9, choices=SameState.choices, default=SameState.ASKED, db_default=SameState.LINKED.value
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="same_person_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_person_in_order"),
            models.CheckConstraint(condition=Q(state__in=SameState.values), name="same_person_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.other_id}"


class SamePersonEvent(models.Model):
    """What somebody said about two persons being one, from which case; stays."""

    append_only = True

    link = models.ForeignKey(SamePerson, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=9, choices=SameAct.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=SameAct.values), name="same_person_act_known"),
            models.CheckConstraint(condition=~Q(act="undone") | ~Q(reason=""), name="same_person_undone_says_why"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.link_id}:{self.act}"
