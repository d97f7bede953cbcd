"""What the network room puts in the frame of a case."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core.slots import SlotItem


def contacts_tab(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tab of the contact log."""
    return [SlotItem(_("Contacts"), "contacts", reverse("contact-list", args=[case_ref]))]
