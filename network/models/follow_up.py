"""What was promised for a day; the only follow-up in the product (design.md 3)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from casusregie.core.references import party_ref
from families.models import Case
from network.models.contact import Contact


class FollowUp(models.Model):
    """Something to do on a day; done by whom and when. It stands on the desk of the director and the deputy."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(_("on"))
    text = models.CharField(_("what"), max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    # It belonged to a contact in the wrong family: done for the lists, shown to nobody.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_says_what"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("made_at")), name="follow_up_done_after_made"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "due_on"], condition=Q(done_at__isnull=True), name="follow_up_open"),
            models.Index(fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="follow_up_due"),
        ]

    def __str__(self) -> str:
        return self.ref
