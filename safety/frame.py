"""What the safety room puts in the frame of a case."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core.slots import SlotItem


def safety_tab(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tab of safety."""
    return [SlotItem(_("Safety"), "safety", reverse("safety", args=[case_ref]), kind="7")]
