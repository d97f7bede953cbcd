"""What the genogram shows beside relations: emotional lines, pregnancies, and who lives together."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party
from families.choices import HomeKind, LineKind, PregnancyOutcome
from families.models.case import Case
from families.models.person import Person
from families.models.relation import Tie, withdrawn_check


class EmotionalLine(Tie):
    """What goes on between two persons, from `one` to `other` where it has a direction, in whose view (domain.md e)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="emotional_lines")
    kind = models.CharField(_("what goes on between them"), max_length=16, choices=LineKind.choices)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="line_between_two"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="line_kind_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="line_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "one", "other", "view"],
                condition=Q(withdrawn_at__isnull=True, until__isnull=True),
                name="line_runs_once",
            ),
            withdrawn_check("line_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.kind}:{self.other_id}"


class Pregnancy(Tie):
    """A child that is expected or did not live; one that is born is a person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pregnancies")
    carrier = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(
        _("pregnancy"), max_length=12, choices=PregnancyOutcome.choices, default=PregnancyOutcome.EXPECTED
    )
    due_on = models.DateField(_("expected on, or the day it ended"), null=True, blank=True)
    until = models.DateField(_("no longer shown from"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(carrier=F("other")), name="pregnancy_of_two_persons"
            ),
            models.CheckConstraint(condition=Q(outcome__in=PregnancyOutcome.values), name="pregnancy_outcome_known"),
            withdrawn_check("pregnancy_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Household(models.Model):
    """A home with a name that is no address: where it is, is a confidential fact or nowhere."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="households")
    label = models.CharField(_("what is this home called"), max_length=60)
    kind = models.CharField(
        _("what kind of home"),
        max_length=8,
        choices=HomeKind.choices,
        default=HomeKind.FAMILY,
        db_default=HomeKind.FAMILY.value,
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(label=""), name="household_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=HomeKind.values), name="household_kind_known"),
            models.UniqueConstraint(fields=["case", "label"], name="household_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class HouseholdMember(Tie):
    """Somebody lives in a home, from when until when; one main home on a day, as many others as there are."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="homes")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until and including"), null=True, blank=True)
    is_main = models.BooleanField(_("main home"), default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="household_member_ends_after_start",
            ),
            ExclusionConstraint(
                name="household_member_one_main_home",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_main=True, withdrawn_at__isnull=True),
            ),
            withdrawn_check("household_member_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}:{self.person_id}"
