"""What the network room puts in the frame of a case: its tab, and the chips above a list of contacts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casusregie.core.models import User
from casusregie.core.slots import Banner, SlotItem
from network.choices import Channel
from network.selectors import ContactFilter, role_parties, stay_open_of

# What the overview offers; the contact log itself offers every channel.
OFTEN = (Channel.VISIT, Channel.PHONE, Channel.APP, Channel.MEETING)


def stay_banner(user: User, now: datetime) -> Banner | None:
    """Until when she is inside, on top of every page of hers while it runs; one query."""
    stay = stay_open_of(user, now)
    if stay is None:
        return None
    words = {"time": stay.until, "day": stay.day, "who": stay.colleague}
    if stay.is_over:
        text = _("You wanted to be outside at %(time)s. %(who)s is being told.") % words
    else:
        text = (_("You are inside until %(time)s, %(day)s") if stay.day else _("You are inside until %(time)s")) % words
    return Banner(
        text=text,
        url=reverse("stay", args=[stay.ref]),
        is_late=stay.is_over,
        end_url=reverse("stay-close", args=[stay.ref]),
        end_label=_("I am outside"),
        longer_url=reverse("stay-extend", args=[stay.ref]),
        longer_label=_("15 minutes longer"),
        seen=stay.seen,
    )


def network_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of the contact log and of the people around the family; `kind` orders the tabs of all rooms."""
    return [
        SlotItem(_("Contacts"), "contacts", reverse("contact-list", args=[case_ref]), kind="3"),
        SlotItem(_("Appointments"), "appointments", reverse("appointments", args=[case_ref]), kind="31"),
        SlotItem(_("Network"), "network", reverse("network", args=[case_ref]), kind="6"),
    ]


def network_readers(case_ref: str, now: datetime) -> list[SlotItem]:
    """The professionals with a role in a case now, as people who can be told something confidential."""
    return [SlotItem(f"{name} ({title})", party_ref) for party_ref, name, title in role_parties(case_ref, now)]


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
