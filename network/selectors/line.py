"""One line of a contact, for what a case director makes of it."""

from dataclasses import dataclass

from families.access import CaseAccess
from network.models import Contact, ContactLine


@dataclass(frozen=True)
class LineText:
    """One line of a contact with the party of its voice."""

    text: str
    voice_ref: str


def line_at(access: CaseAccess, contact: Contact, position: str) -> LineText | None:
    """The line at a place of the newest version (counted from 0), for director and deputy; None when there is none."""
    rows = ContactLine.objects.filter(contact=contact, version=contact.version).select_related("voice")
    ordered = list(rows.order_by("position"))
    if not access.is_steward or not position.isdigit() or int(position) >= len(ordered):
        return None
    row = ordered[int(position)]
    return LineText(row.text, row.voice.ref if row.voice else "")
