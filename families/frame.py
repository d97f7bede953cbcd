"""What the family room puts in the frame of a case."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core.slots import SlotItem


def family_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of the family and of the case team; `kind` orders the tabs of all rooms."""
    return [
        SlotItem(_("Overview"), "overview", reverse("case-overview", args=[case_ref]), kind="1"),
        SlotItem(_("Family"), "family", reverse("family", args=[case_ref]), kind="2"),
        SlotItem(_("Case team"), "team", reverse("case-team", args=[case_ref]), kind="9"),
    ]
