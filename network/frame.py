"""What the network room puts in the frame of a case: its tab, and the chips above a list of contacts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casusregie.core.slots import SlotItem
from network.choices import Channel
from network.selectors import ContactFilter

# What the overview offers; the contact log itself offers every channel.
OFTEN = (Channel.VISIT, Channel.PHONE, Channel.APP, Channel.MEETING)


def network_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of the contact log and of the people around the family; `kind` orders the tabs of all rooms."""
    return [
        SlotItem(_("Contacts"), "contacts", reverse("contact-list", args=[case_ref]), kind="3"),
        SlotItem(_("Network"), "network", reverse("network", args=[case_ref]), kind="6"),
    ]


def contact_links(
    path: str, query: ContactFilter, next_after: str, channels: Iterable[Channel] = tuple(Channel)
) -> dict[str, Any]:
    """`filters` (chips), `paging` (further and back to the start) and `is_filtered` for a page with contacts."""

    def address(**chosen: str) -> str:
        kept = {name: value for name, value in chosen.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    now = {"hoe": query.channel, "uitkomst": query.outcome, "met": query.party_ref}
    everything = not any(now.values())
    chips = [{"url": path, "label": _("everything"), "current": everything}]
    if query.party_ref:
        chips.append({"url": path, "label": _("with one person"), "current": True})
    chips += [
        {"url": address(hoe=channel, met=query.party_ref), "label": channel.label, "current": query.channel == channel}
        for channel in channels
    ]
    attempts = query.outcome == "attempts"
    chips.append(
        {"url": address(uitkomst="attempts", met=query.party_ref), "label": _("attempts"), "current": attempts}
    )
    return {
        "filters": chips,
        "is_filtered": not everything,
        "paging": {
            "next_url": address(**now, na=next_after) if next_after else "",
            "first_url": address(**now) if query.after else "",
        },
    }
