"""The one identity behind everybody, and the one type that says who may read."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Circle, PartyKind
from casusregie.core.references import party_ref


class Party(models.Model):
    """Participant, voice, owner, signatory, reader: whoever takes part is a party.

    `label` is the name to show, kept by the app that owns the person behind it, in the same transaction as the name.
    `scope` is the reference of the case a party belongs to; empty for whoever stands outside a single case.
    """

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    kind = models.CharField(max_length=12, choices=PartyKind.choices)
    scope = models.CharField(max_length=16, blank=True, default="")
    label = models.CharField(_("name"), max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scope"], name="party_scope")]

    def __str__(self) -> str:
        return self.ref


class Audience(models.Model):
    """Who may read something: a circle of the case `scope`, plus readers by name. Asked with `core.access.may_read`."""

    scope = models.CharField(max_length=16)
    circle = models.CharField(max_length=12, choices=Circle.choices, default=Circle.STEWARDS)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scope", "circle"], name="audience_scope")]

    def __str__(self) -> str:
        return f"{self.scope}:{self.circle}"

    def named(self, at: datetime) -> set[int]:
        """The parties that are readers by name at a moment; prefetch `readers` for a list."""
        return {
            reader.party_id
            for reader in self.readers.all()
            if reader.since <= at and (reader.until is None or at < reader.until)
        }


class AudienceReader(models.Model):
    """One reader by name, from when and until when."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="readers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="reader_until_after_since",
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience_id}:{self.party_id}"
