"""How persons are related, and who has authority over a child. A relation is a tie of the genogram."""

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, User
from families.choices import (
    BANS,
    NATURES,
    ApartKind,
    AuthorityBasis,
    AuthoritySource,
    AuthorityStatus,
    EndedHow,
    RelationKind,
    RepresentationKind,
)
from families.models.case import Case
from families.models.person import Person


class Tie(models.Model):
    """What every tie of the genogram has: its source, who noted it, who may know, and that it was taken back.

    Taking back is an addition: the row stays, with who did it and why; nothing of it is deleted.
    """

    source = models.CharField(_("source"), max_length=200, blank=True, default="", db_default="")
    noted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    noted_at = models.DateTimeField(null=True, blank=True)
    # Readers outside the team who may know it, in their own version; nobody until opened.
    known_to = models.ForeignKey(
        Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    withdrawn_why = models.CharField(_("why"), max_length=300, blank=True, default="", db_default="")

    class Meta:
        abstract = True


def withdrawn_check(name: str) -> models.CheckConstraint:
    """Taken back says by whom and why."""
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_why="")), name=name
    )


def _natures() -> Q:
    known = Q()
    for kind, natures in NATURES.items():
        known |= Q(kind=str(kind), nature__in=["", *(str(nature) for nature in natures)])
    return known


class Relation(Tie):
    """Two persons of one case: partners, parent (`one`) of a child (`other`), brothers or sisters, or twins."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=8, choices=RelationKind.choices)
    nature = models.CharField(_("of what kind"), max_length=12, blank=True, default="", db_default="")
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    ended_how = models.CharField(
        _("how it ended"), max_length=10, choices=EndedHow.choices, blank=True, default="", db_default=""
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="relation_between_two"),
            models.UniqueConstraint(
                fields=["kind", "one", "other"],
                condition=Q(withdrawn_at__isnull=True, until__isnull=True, ended_how=""),
                name="relation_runs_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="relation_ends_after_start",
            ),
            models.CheckConstraint(condition=_natures(), name="relation_nature_known"),
            withdrawn_check("relation_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.kind}:{self.other_id}"


class Authority(models.Model):
    """Whether `holder` (or an organisation, `body`) has authority over `child`, from when, and where that was looked up.

    Rows are only added: for a day the newest row whose period holds that day counts, so a change keeps what held before
    and a mistake is put right by a row without a beginning (domain.md b).
    """

    append_only = True

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="authorities")
    holder = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    body = models.CharField(_("organisation"), max_length=120, blank=True, default="")
    status = models.CharField(max_length=9, choices=AuthorityStatus.choices, default=AuthorityStatus.UNKNOWN)
    basis = models.CharField(
        _("on what it rests"), max_length=11, choices=AuthorityBasis.choices, blank=True, default=""
    )
    part = models.CharField(_("which part"), max_length=200, blank=True, default="")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until and including"), null=True, blank=True)
    # The court decided instead of this holder about help; she is not asked for consent any more.
    replaced_on = models.DateField(_("the court consented instead on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    source = models.CharField(_("looked up in"), max_length=8, choices=AuthoritySource.choices, blank=True, default="")
    checked_where = models.CharField(_("checked where"), max_length=120, blank=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(child=F("holder")), name="authority_over_somebody_else"),
            models.CheckConstraint(
                condition=Q(holder__isnull=False, body="") | Q(holder__isnull=True) & ~Q(body=""),
                name="authority_of_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(status=AuthorityStatus.UNKNOWN) | (Q(checked_on__isnull=False) & ~Q(checked_where="")),
                name="authority_known_says_where",
            ),
            models.CheckConstraint(
                condition=~Q(status=AuthorityStatus.PART) | ~Q(part=""), name="authority_in_part_says_which"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="authority_ends_after_start",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.child_id}:{self.holder_id or self.body}"


class Representation(models.Model):
    """That somebody cannot weigh a decision, or has a mentor or curator who decides; rows are only added."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    kind = models.CharField(max_length=8, choices=RepresentationKind.choices)
    # Who decides with or instead of her: somebody of the family, or the name of a mentor or curator.
    name = models.CharField(_("who decides"), max_length=120, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"), null=True, blank=True)
    checked_where = models.CharField(_("who says so, or where it stands"), max_length=120)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(checked_where=""), name="representation_says_who_says_so"),
            models.CheckConstraint(
                condition=Q(kind=RepresentationKind.LACKS_CAPACITY) | ~Q(name=""), name="representation_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="representation_ends_after_start"
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.kind}"


class KeepApart(Tie):
    """Two persons of one case who may not meet: never put together in one appointment without a word (domain.md i, 5).

    Of a ban, `one` is who may not come near `other`, `body` is who decided it, and `ends_at` is the decision's own end,
    with its hour. A home ban lasts four weeks at most from the moment it takes effect (Wth 9; domain.md, corrections).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="kept_apart")
    kind = models.CharField(
        _("what keeps them apart"),
        max_length=12,
        choices=ApartKind.choices,
        default=ApartKind.OWN,
        db_default=ApartKind.OWN.value,
    )
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = models.CharField(_("decided by"), max_length=120, blank=True, default="", db_default="")
    reason = models.CharField(_("why"), max_length=300)
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"), null=True, blank=True)
    starts_at = models.DateTimeField(_("takes effect at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at, as the decision says"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="kept_apart_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="kept_apart_says_why"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="kept_apart_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(kind__in=ApartKind.values), name="kept_apart_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(BANS)) | ~Q(body=""), name="kept_apart_ban_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="kept_apart_hours_in_order",
            ),
            # An hour more than four weeks: the clock may change to winter time on the way.
            models.CheckConstraint(
                condition=~Q(kind=ApartKind.HOME_BAN)
                | Q(
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__lte=F("starts_at") + timedelta(days=28, hours=1),
                ),
                name="kept_apart_home_ban_four_weeks",
            ),
            withdrawn_check("kept_apart_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}:{self.other_id}"
