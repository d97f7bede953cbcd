"""A case, who works in it, who must not, and who looked inside."""

from datetime import UTC, date, datetime
from typing import ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Team, User
from casusregie.core.references import case_ref
from families.choices import OPEN_STATUSES, CaseStatus, Intensity, MemberRole, WorkingForm

NEVER = datetime(1900, 1, 1, tzinfo=UTC)
NOTHING_DUE = date(9999, 12, 31)


@pghistory.track(
    fields=["status", "intensity", "working_form", "team", "director", "guard", "name", "changed_by_id", "reason"],
    model_name="CaseEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    append_only=True,
    context_field=None,  # type: ignore[arg-type]  # None means no context, as its documentation says
    attrs={"append_only": True},
)
class Case(models.Model):
    """A family that somebody stays with. `changed_by_id` and `reason` say who made the last change of its state.

    `last_contact_at` and `next_due_on` are dates kept by `network` in its own transactions, for sorting only; states
    such as "late" are computed from them in one selector (design.md 9).
    """

    ref = models.CharField(max_length=16, unique=True, default=case_ref)
    name = models.CharField(_("family name"), max_length=120)
    sort_key = models.CharField(max_length=160)
    search_key = models.TextField(default="")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    director = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guard = models.CharField(_("who guards safety meanwhile"), max_length=160, blank=True)
    status = models.CharField(max_length=12, choices=CaseStatus.choices, default=CaseStatus.ACTIVE)
    intensity = models.CharField(max_length=8, choices=Intensity.choices, default=Intensity.RED)
    working_form = models.CharField(max_length=12, choices=WorkingForm.choices, default=WorkingForm.UNDECIDED)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(null=True, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    # What lists sort by, without gaps: never spoken to stands first, nothing due stands last.
    last_contact_sort = models.GeneratedField(
        expression=Coalesce(F("last_contact_at"), Value(NEVER)), output_field=models.DateTimeField(), db_persist=True
    )
    next_due_sort = models.GeneratedField(
        expression=Coalesce(F("next_due_on"), Value(NOTHING_DUE)), output_field=models.DateField(), db_persist=True
    )
    changed_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(intensity__in=Intensity.values), name="case_intensity_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[CaseStatus.ACTIVE, CaseStatus.AFTERCARE]) | Q(director__isnull=False),
                name="case_directed_has_director",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.REGISTERED) | ~Q(guard=""), name="case_registered_has_guard"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="case_closed_after_opened"
            ),
        ]
        # Each order in which a list is read, for a reader's own cases and for a team's; only what is open is listed.
        indexes: ClassVar = [
            models.Index(
                fields=["director", "sort_key", "id"], condition=Q(status__in=OPEN_STATUSES), name="case_dir_name"
            ),
            models.Index(
                fields=["director", "last_contact_sort", "id"],
                condition=Q(status__in=OPEN_STATUSES),
                name="case_dir_last",
            ),
            models.Index(
                fields=["director", "next_due_sort", "id"], condition=Q(status__in=OPEN_STATUSES), name="case_dir_due"
            ),
            models.Index(
                fields=["team", "sort_key", "id"], condition=Q(status__in=OPEN_STATUSES), name="case_team_name"
            ),
            models.Index(
                fields=["team", "last_contact_sort", "id"], condition=Q(status__in=OPEN_STATUSES), name="case_team_last"
            ),
            models.Index(
                fields=["team", "next_due_sort", "id"], condition=Q(status__in=OPEN_STATUSES), name="case_team_due"
            ),
            models.Index(fields=["director", "sort_key", "id"], name="case_dir_all"),
            models.Index(fields=["team", "sort_key", "id"], name="case_team_all"),
            GinIndex(fields=["search_key"], name="case_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.ref


class CaseMember(models.Model):
    """A colleague in a case team beside the director, from when and until when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=MemberRole.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "user", "role"], condition=Q(until__isnull=True), name="member_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_until_after_since"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "case"], name="member_user")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}:{self.role}"


class Cover(models.Model):
    """Somebody deputises for everything of a colleague, from when and until when."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="cover_until_after_since"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="cover_by_somebody_else"),
        ]
        indexes: ClassVar = [models.Index(fields=["deputy"], name="cover_deputy")]

    def __str__(self) -> str:
        return f"{self.absent_id}:{self.deputy_id}"


class ConflictOfInterest(models.Model):
    """A colleague who must never see a case, whatever else holds (domain.md i, 6)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "user"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}"


class Insight(models.Model):
    """Inzien met reden: one person reads one case in one session, an hour at most; the director sees it."""

    ref = models.CharField(max_length=16, unique=True, default=case_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="insights")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    session = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    until = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True, blank=True)
    noticed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="insight_has_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="insight_ends"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "until"], name="insight_case"),
            models.Index(fields=["case"], condition=Q(noticed_at__isnull=True), name="insight_unseen"),
        ]

    def __str__(self) -> str:
        return self.ref
