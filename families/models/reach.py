"""How somebody can be reached without danger: the ways, what was agreed about them, and whether a third may be approached."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.choices import ReachChannel, Safe
from families.models.case import Case
from families.models.person import Person

_ADD_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class SafeContact(models.Model):
    """One way to reach a person, encrypted under the case's key; unknown is not safe."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways")
    channel = models.CharField(_("how"), max_length=8, choices=ReachChannel.choices)
    value = models.BinaryField()
    note = models.BinaryField(null=True)
    # The newest of its answers, kept beside it for sorting.
    safe = models.CharField(_("is this safe"), max_length=8, choices=Safe.choices, default=Safe.UNKNOWN)
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(safe=Safe.YES) | Q(confirmed_on__isnull=False), name="safe_contact_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SafeAnswer(models.Model):
    """What somebody said or showed of a way on a day, safe or not: stays, with who noted it and in which contact.

    `source` is the reference of that contact, as text: the room of the contacts stands above this one. Not known means
    that what the contact said lapsed, because it was withdrawn or corrected.
    """

    append_only = True

    way = models.ForeignKey(SafeContact, on_delete=models.CASCADE, related_name="answers")
    safe = models.CharField(max_length=8, choices=Safe.choices)
    said_on = models.DateField()
    source = models.CharField(max_length=16, blank=True)
    # Nobody for what was noted before answers were kept.
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            # Only what a contact said can lapse, when it is withdrawn or corrected.
            models.CheckConstraint(
                condition=Q(safe__in=[Safe.YES, Safe.NO]) | ~Q(source=""), name="safe_answer_is_an_answer"
            ),
            models.CheckConstraint(condition=Q(safe__in=Safe.values), name="safe_answer_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source"], condition=~Q(source=""), name="safe_answer_source"),
        ]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.way_id}:{self.safe}"


class ReachAgreement(models.Model):
    """What was agreed with somebody about reaching her, in one version: the newest holds, the earlier stay readable.

    `content` is an encrypted JSON object: times, who may answer, which name, code word, what may be left behind, who
    reads along (`families.services.AgreementData`).
    """

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    # How many days a confirmation holds; empty: as proposed.
    holds_days = models.PositiveSmallIntegerField(null=True)
    confirmed_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version"], name="reach_agreement_version_once"),
            models.CheckConstraint(
                condition=Q(holds_days__isnull=True) | Q(holds_days__range=(1, 366)), name="reach_agreement_holds"
            ),
        ]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.version}"


class Approach(models.Model):
    """Whether somebody finds it safe that a third is approached, and what may be said then; the newest of each counts."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approaches")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Safe.choices)
    # What may be said, under the case's key.
    may_say = models.BinaryField(null=True)
    said_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__in=[Safe.YES, Safe.NO]), name="approach_is_an_answer"),
        ]
        triggers: ClassVar = [_ADD_ONLY]

    def __str__(self) -> str:
        return self.ref
