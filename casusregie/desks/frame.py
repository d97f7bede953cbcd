"""The chips above the story of a case: those of the contact log, and what is new since this reader's previous time."""

from typing import Any

from django.utils.translation import gettext as _

from casusregie.desks.selectors import Overview
from network.frame import OFTEN, contact_links
from network.selectors import ContactFilter

SINCE = "sinds=vorige"


def story_links(path: str, query: ContactFilter, overview: Overview, *, folded: bool) -> dict[str, Any]:
    """What `contact_links` gives, with one chip more that folds the story to what is new; it keeps its place in lists."""
    links = contact_links(path, query, overview.timeline.next_after, OFTEN)
    everything = links["filters"][0]
    chip = {"url": f"{path}?{SINCE}", "label": _("since my previous time"), "current": folded}
    if not folded:
        return {**links, "filters": [everything, chip, *links["filters"][1:]]}
    paging = {name: _with_since(url) for name, url in links["paging"].items()}
    chips = [{**everything, "current": False}, chip, *links["filters"][1:]]
    return {**links, "filters": chips, "paging": paging, "is_filtered": True}


def _with_since(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{SINCE}" if url else ""
