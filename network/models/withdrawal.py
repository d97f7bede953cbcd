"""A contact that was logged in the wrong family: that it was, when, by whom and where it went; never what it said."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casusregie.core.models import User
from network.choices import WithdrawalReason
from network.models.contact import Contact


class Withdrawal(models.Model):
    """One contact that was withdrawn from its case; what the privacy officer keeps of it. `to_ref`: the right case."""

    append_only = True

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="withdrawal")
    to_ref = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=12, choices=WithdrawalReason.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Whether who withdrew it could read statements for director and deputy only: no more than that is given back to her.
    reads_closed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=WithdrawalReason.values), name="withdrawal_reason_known")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}"


class WithdrawalPlaced(models.Model):
    """The right case of a contact that was withdrawn by somebody who did not know it yet; she said so afterwards."""

    append_only = True

    withdrawal = models.OneToOneField(Withdrawal, on_delete=models.CASCADE, related_name="placed")
    to_ref = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal_id}"
