"""How persons are related, and who has authority over a child."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from families.choices import AuthorityStatus, RelationKind
from families.models.case import Case
from families.models.person import Person


class Relation(models.Model):
    """Two persons of one case: partners, or parent (`one`) of a child (`other`)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=8, choices=RelationKind.choices)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="relation_between_two"),
            models.UniqueConstraint(fields=["kind", "one", "other"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="relation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.kind}:{self.other_id}"


class Authority(models.Model):
    """Whether `holder` has authority over `child`, and when and where that was checked (domain.md b)."""

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="authorities")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=AuthorityStatus.choices, default=AuthorityStatus.UNKNOWN)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_where = models.CharField(_("checked where"), max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "holder"], name="authority_once"),
            models.CheckConstraint(condition=~Q(child=F("holder")), name="authority_over_somebody_else"),
            models.CheckConstraint(
                condition=Q(status=AuthorityStatus.UNKNOWN) | (Q(checked_on__isnull=False) & ~Q(checked_where="")),
                name="authority_known_says_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id}:{self.holder_id}"


class KeepApart(models.Model):
    """Two persons of one case who may not meet: never put together in one appointment without a word (domain.md i, 5)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="kept_apart")
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=300)
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"), null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="kept_apart_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="kept_apart_says_why"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="kept_apart_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.other_id}"
