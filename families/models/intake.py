"""How a family came to a case director, what was weighed, and whether everybody can work together (seed 003, 3.1)."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from casusregie.core.references import party_ref
from families.choices import (
    AskedBy,
    Between,
    DirectionAt,
    KnownAnswer,
    Position,
    ReferralSource,
    ViolenceType,
    Wish,
)
from families.models.case import Case
from families.models.person import Person

_ADD_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Referral(models.Model):
    """Who came with this family, with which question, when; and what Veilig Thuis handed over."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    source = models.CharField(_("from whom"), max_length=12, choices=ReferralSource.choices)
    question = models.CharField(_("with which question"), max_length=1000)
    received_on = models.DateField(_("received on"))
    # Only when it was taken over: with whom it was talked through, what must hold, who keeps watching until when.
    spoken_with = models.CharField(_("talked through with"), max_length=160, blank=True)
    spoken_on = models.DateField(_("on"), null=True, blank=True)
    conditions = models.TextField(_("safety conditions, each with its source"), max_length=4000, blank=True)
    watched_by = models.CharField(_("who keeps watching"), max_length=160, blank=True)
    watched_until = models.DateField(_("until and including"), null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(question=""), name="referral_asks_something")]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return self.ref


class Weighing(models.Model):
    """What kind of violence, between whom, what was tried, and why a case director or lighter help; the newest counts."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="weighings")
    violence = ArrayField(models.CharField(max_length=16, choices=ViolenceType.choices), default=list)
    between = ArrayField(models.CharField(max_length=16, choices=Between.choices), default=list)
    tried = models.CharField(_("what was tried"), max_length=2000, blank=True)
    needs_director = models.BooleanField(_("a case director is needed"))
    why = models.CharField(_("why"), max_length=1000)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(why=""), name="weighing_says_why")]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.pk}"


class PositionNote(models.Model):
    """In which position somebody was, in which pattern, from when until when: never a label for life."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions")
    position = models.CharField(_("position"), max_length=8, choices=Position.choices)
    pattern = models.CharField(_("in which pattern"), max_length=200)
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"), null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(pattern=""), name="position_in_a_pattern"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="position_ends_after_start"
            ),
        ]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.position}"


class SpokenAlone(models.Model):
    """An adult was spoken to alone: whether she wants to work together, and whether she is at risk; the newest counts."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spoken_alone")
    on = models.DateField(_("on"))
    wish = models.CharField(_("work together"), max_length=8, choices=Wish.choices)
    is_at_risk = models.BooleanField(_("this person is at risk"), default=False)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.on:%Y-%m-%d}"


class Direction(models.Model):
    """Where formal direction lies from a day on, who decides on a difference of view, when it comes back."""

    append_only = True

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="directions")
    at = models.CharField(_("where"), max_length=12, choices=DirectionAt.choices)
    since = models.DateField(_("from"))
    decides = models.CharField(_("who decides on a difference of view"), max_length=200)
    returns_on = models.DateField(_("comes back on"), null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decides=""), name="direction_says_who_decides"),
            models.CheckConstraint(
                condition=Q(returns_on__isnull=True) | Q(returns_on__gte=F("since")), name="direction_returns_after"
            ),
        ]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.at}"


class KnownQuestion(models.Model):
    """Somebody asked "is this family known": who, and what was answered; without content.

    Without a case: a family that who was asked does not find among her own. No name is kept then either.
    """

    append_only = True

    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="known_questions")
    asked_by = models.CharField(max_length=12, choices=AskedBy.choices)
    answer = models.CharField(max_length=8, choices=KnownAnswer.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.pk}"
