"""Citizen service numbers (BSN): only of who gets help, encrypted, in a table of their own (domain.md g)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casusregie.core.models import User
from families.choices import NumberAct, NumberReason
from families.models.person import Person


class CitizenNumber(models.Model):
    """The number of somebody who gets help, under the case's key. A wrong one is written over: it is another human's.

    `gets_help` is always true, and together with the person it points at a person who gets help: a foreign key that the
    migration lays, so that no statement of the application can put a number on anybody else. `code` is a keyed digest of
    case and number: it finds a double within a case that is asked by name, and is another one in every other case.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="citizen_number")
    gets_help = models.BooleanField(default=True, db_default=True)
    value = models.BinaryField()
    code = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gets_help=True), name="citizen_number_only_with_help"),
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="citizen_number_code")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class CitizenNumberEvent(models.Model):
    """Who noted, changed or saw somebody's number, when and why; never the number."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="citizen_number_events")
    act = models.CharField(max_length=7, choices=NumberAct.choices)
    reason = models.CharField(max_length=8, choices=NumberReason.choices, blank=True)
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(act="shown") | ~Q(reason=""), name="citizen_number_shown_says_why"),
            models.CheckConstraint(condition=Q(act__in=NumberAct.values), name="citizen_number_act_known"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.act}"
