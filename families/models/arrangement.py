"""What was arranged about a child, and what somebody has: both are ties of the genogram, dated and with their source."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party
from families.choices import SUBSTANCES, ArrangementKind, ArrangementSource, ConditionKind, ConditionState
from families.models.case import Case
from families.models.person import Person
from families.models.relation import Tie, withdrawn_check


class Arrangement(Tie):
    """A contact arrangement of a child with somebody (omgang), a supervision order (OTS), or an out-of-home placement.

    `other` is with whom, `body` the organisation: the GI that carries out the order, or where the child was placed. The
    place itself is a confidential fact or nowhere.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="arrangements")
    kind = models.CharField(_("what was arranged"), max_length=12, choices=ArrangementKind.choices)
    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arrangements")
    other = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    body = models.CharField(_("organisation"), max_length=120, blank=True, default="")
    words = models.CharField(_("how it was arranged"), max_length=200, blank=True, default="")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until and including"), null=True, blank=True)
    seen_in = models.CharField(_("seen in"), max_length=8, choices=ArrangementSource.choices)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ArrangementKind.values), name="arrangement_kind_known"),
            models.CheckConstraint(
                condition=Q(seen_in__in=ArrangementSource.values), name="arrangement_seen_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(child=F("other")), name="arrangement_with_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(kind=ArrangementKind.CONTACT, other__isnull=False)
                | Q(kind=ArrangementKind.SUPERVISION, other__isnull=True) & ~Q(body="")
                | Q(kind=ArrangementKind.PLACEMENT) & (Q(other__isnull=False) | ~Q(body="")),
                name="arrangement_says_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="arrangement_ends_after_start",
            ),
            withdrawn_check("arrangement_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id}:{self.kind}"


class Condition(Tie):
    """An illness, or the use of alcohol or drugs, in whose view; as delicate as a diagnosis."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conditions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(_("what"), max_length=16, choices=ConditionKind.choices)
    state = models.CharField(
        _("how it is"), max_length=12, choices=ConditionState.choices, default=ConditionState.PRESENT
    )
    words = models.CharField(_("in a few words"), max_length=120, blank=True, default="")
    view = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ConditionKind.values), name="condition_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ConditionState.values), name="condition_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ConditionState.SUSPECTED) | Q(kind__in=sorted(SUBSTANCES)),
                name="condition_illness_is_not_suspected",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="condition_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "person", "view"],
                condition=Q(withdrawn_at__isnull=True, until__isnull=True),
                name="condition_runs_once",
            ),
            withdrawn_check("condition_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.kind}"
