"""How often each voice is to be heard, or why not now: chosen by the director with a reason, never overwritten."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.choices import VoiceMode


class VoiceChoice(models.Model):
    """What was chosen for one voice of one case; the newest row counts (design.md 5: rhythm of contact is per person)."""

    append_only = True

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="voice_choices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(_("how"), max_length=10, choices=VoiceMode.choices)
    every_days = models.PositiveSmallIntegerField(_("every so many days"), null=True)
    via = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=300)
    review_on = models.DateField(_("look at this again on"), null=True)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="voice_choice_has_a_reason"),
            models.CheckConstraint(
                condition=Q(mode__in=[VoiceMode.RHYTHM, VoiceMode.VIA, VoiceMode.TOO_YOUNG], every_days__gte=1)
                | Q(mode=VoiceMode.PAUSED, review_on__isnull=False),
                name="voice_choice_says_when",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=[VoiceMode.VIA, VoiceMode.TOO_YOUNG], via__isnull=False)
                | (~Q(mode__in=[VoiceMode.VIA, VoiceMode.TOO_YOUNG]) & Q(via__isnull=True)),
                name="voice_choice_says_via_whom",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "party", "-id"], name="voice_choice_newest")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.ref
