"""Closed lists of the safety room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IncidentSource(TextChoices):
    """From whom it is known that something happened."""

    FAMILY = "family", _("somebody of the family")
    PARTNER = "partner", _("a partner")
    POLICE = "police", _("police")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    SCHOOL = "school", _("school or child care")
    OWN = "own", _("seen by me")
    OTHER = "other", _("somebody else")


class CheckOutcome(TextChoices):
    """What came out of a check."""

    SAFE = "safe", _("safe now")
    UNSAFE = "unsafe", _("not safe now")
    UNKNOWN = "unknown", _("could not be told")
