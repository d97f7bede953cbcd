"""Closed lists of the reminders."""

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Rung(IntegerChoices):
    """A rung of the ladder: who is told when the one below did not act."""

    DIRECTOR = 0, _("case director")
    DEPUTY = 1, _("deputy")
    TEAM_LEADER = 2, _("team leader")
