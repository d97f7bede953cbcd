"""Confidential facts: encrypted, in a table of their own, each with who may know and by which words it is found."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, User
from casusregie.core.references import party_ref
from families.choices import Door, FactKind
from families.models.case import Case
from families.models.person import Person

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class ConfidentialFact(models.Model):
    """One fact as it holds now, under the case's key; director, deputy and the named readers may know it.

    `terms` is an encrypted JSON list of the search terms that the director confirmed; an empty list says that the fact
    has no fixed wording. What it said before stands in `FactVersion`.
    """

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    concerns = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    # Whom it is about beside her: the children who live there. They read it only when they are named.
    also = models.ManyToManyField(Person, related_name="facts_beside")
    kind = models.CharField(_("what"), max_length=12, choices=FactKind.choices, default=FactKind.ADDRESS)
    value = models.BinaryField()
    terms = models.BinaryField(null=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    # The version with which everything that was stored has been searched.
    searched_version = models.PositiveSmallIntegerField(default=0)
    searched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(end_reason=""), name="fact_end_says_why"),
            models.CheckConstraint(condition=Q(searched_version__lte=F("version")), name="fact_searched_as_it_is"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(searched_version__lt=F("version")), name="fact_unsearched")
        ]

    def __str__(self) -> str:
        return self.ref


class FactVersion(models.Model):
    """What a fact said in one version, whom it was about and who might know: stays, with who and why."""

    append_only = True

    fact = models.ForeignKey(ConfidentialFact, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=FactKind.choices)
    value = models.BinaryField()
    terms = models.BinaryField(null=True)
    concerns = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    also_ids = ArrayField(models.BigIntegerField(), default=list)
    reader_ids = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "version"], name="fact_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="fact_change_says_why"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.fact_id}:{self.version}"


class FactLook(models.Model):
    """Somebody who is neither director nor deputy read a fact that she may know, with her reason."""

    append_only = True

    fact = models.ForeignKey(ConfidentialFact, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="fact_look_has_reason")]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.fact_id}:{self.user_id}"


class FactFinding(models.Model):
    """Something confidential was found in what is stored, or held back on a page: where, for whom, when it was given.

    References and closed words only: `secret` is `fact:7` or `way:7` (a way to reach somebody), `what` names the output
    (`v2`, a role), `reader` the party, `place` where in it.
    """

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    fact = models.ForeignKey(ConfidentialFact, null=True, on_delete=models.CASCADE, related_name="findings")
    secret = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    door = models.CharField(max_length=8, choices=Door.choices)
    what = models.CharField(max_length=32)
    reader = models.CharField(max_length=16)
    place = models.CharField(max_length=40)
    given_first = models.DateTimeField(null=True)
    given_last = models.DateTimeField(null=True)
    given_count = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True)
    noticed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "secret", "version", "door", "what", "reader", "place"], name="finding_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(noticed_at__isnull=True), name="finding_unseen"),
        ]

    def __str__(self) -> str:
        return self.ref
