"""The working copy of a plan: what is being written, before it is offered and long after."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.models import CaseRole, Contact
from processplan.choices import ItemKind, Rhythm, StepState


class Plan(models.Model):
    """The one plan of a case. Offering it freezes a `PlanVersion`; the plan itself goes on as the next draft."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    common_goal = models.CharField(_("common goal"), max_length=300, blank=True)
    rhythm = models.CharField(_("we evaluate"), max_length=12, choices=Rhythm.choices, default=Rhythm.FORTNIGHTLY)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id}"


class PlanItem(models.Model):
    """A goal, an action or an agreement. Only an action has an owner: a role, somebody of the family, or the director."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=500)
    goal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    owner_role = models.ForeignKey(CaseRole, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    owner_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.OPEN)
    # In which contact it was said how far this is; empty when it was written here.
    said_in = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # Common: every signatory reads it. Otherwise nobody but who is named here (and director and deputy).
    is_common = models.BooleanField(default=False)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_item_says_something"),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.STEP, owner_role__isnull=False, owner_party__isnull=True)
                | Q(kind=ItemKind.STEP, owner_role__isnull=True, owner_party__isnull=False)
                | (~Q(kind=ItemKind.STEP) & Q(owner_role__isnull=True, owner_party__isnull=True)),
                name="plan_step_has_one_owner",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["plan", "kind", "position"], name="plan_item_order"),
            models.Index(fields=["said_in"], condition=Q(said_in__isnull=False), name="plan_item_said_in"),
        ]

    def __str__(self) -> str:
        return self.ref


class Signatory(models.Model):
    """Somebody of the family who is asked to sign."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="signatories")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "party"], name="signatory_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.party_id}"
