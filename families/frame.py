"""What the family room puts in the frame of a case."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core.slots import SlotItem


def family_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of the family and of the case team."""
    return [
        SlotItem(_("Overview"), "overview", reverse("case-overview", args=[case_ref])),
        SlotItem(_("Family"), "family", reverse("family", args=[case_ref])),
        SlotItem(_("Case team"), "team", reverse("case-team", args=[case_ref]), kind="last"),
    ]
