"""The contact log. A correction adds a version; what was recorded stays, and the database holds it there."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.choices import Channel, ContactOutcome, LineKind, Purpose, SpokenSafety

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@pghistory.track(
    model_name="ContactEvent",
    append_only=True,
    context_field=None,  # type: ignore[arg-type]  # None: no context
    attrs={"append_only": True},
)
class Contact(models.Model):
    """One contact or attempt. The row is its newest version; every version stays in `ContactEvent` and in its lines."""

    never_deleted = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("when"))
    duration_minutes = models.PositiveSmallIntegerField(_("how long"), default=0)
    channel = models.CharField(_("how"), max_length=8, choices=Channel.choices)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=ContactOutcome.choices, default=ContactOutcome.REACHED
    )
    purposes = ArrayField(models.CharField(max_length=12, choices=Purpose.choices), default=list, blank=True)
    recorded_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    corrected_by_id = models.BigIntegerField(null=True)
    correction_reason = models.CharField(max_length=500, blank=True)
    # Logged in the wrong family: from then on no reader sees it; it is kept for the privacy officer (design.md 5).
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contact_channel_known"),
            models.CheckConstraint(condition=Q(outcome__in=ContactOutcome.values), name="contact_outcome_known"),
            models.CheckConstraint(condition=Q(duration_minutes__lte=1440), name="contact_at_most_a_day"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction_reason=""), name="contact_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""), name="contact_withdrawal_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-started_at", "-id"], name="contact_timeline"),
            # The hours of one person in a week.
            models.Index(fields=["author", "started_at"], name="contact_author_day"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="withdrawn_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class ContactLine(models.Model):
    """A piece of the text of one version: report, or marked as a voice's statement, a fact, an interpretation."""

    append_only = True

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="lines")
    version = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=LineKind.choices)
    voice = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    # A fact says how it is known (domain.md, corrections: marks in notes).
    known_from = models.CharField(max_length=200, blank=True, default="")
    # Only a statement carries one; everything else in a contact is the case team's.
    audience = models.ForeignKey(Audience, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "version", "position"], name="contact_line_place"),
            models.CheckConstraint(
                condition=Q(kind=LineKind.STATEMENT, voice__isnull=False)
                | (~Q(kind=LineKind.STATEMENT) & Q(voice__isnull=True)),
                name="statement_has_a_voice",
            ),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.contact_id}:{self.version}:{self.position}"


class ContactParticipant(models.Model):
    """Somebody who took part, in one version of a contact."""

    append_only = True

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="participations")
    version = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="participations")
    # Whether safety was spoken of with her, and what she said; empty when it was not written down.
    safety = models.CharField(max_length=14, choices=SpokenSafety.choices, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "version", "party"], name="participant_once")
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.contact_id}:{self.version}:{self.party_id}"
