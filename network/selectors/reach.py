"""After a contact: by which ways it went, and whether somebody said already that they were safe."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import crypto, dates
from casusregie.core.choices import Right
from families.access import CaseAccess
from families.choices import ReachChannel, Safe
from network.choices import Channel

# By which way to reach somebody a contact goes. At a table or at the door nothing was used that can be safe or not; that
# calling is safe says nothing of writing.
WAYS: dict[str, str] = {
    Channel.PHONE: ReachChannel.PHONE,
    Channel.VIDEO: ReachChannel.PHONE,
    Channel.APP: ReachChannel.APP,
    Channel.SMS: ReachChannel.APP,
    Channel.MAIL: ReachChannel.MAIL,
    Channel.LETTER: ReachChannel.POST,
}
# So long after saving she still knows how it went; on the page of the contact itself a week.
ASKED_FOR, ASKED_ON_PAGE = timedelta(hours=12), timedelta(days=7)
# What was answered as safe stands on the list for so long, to be taken back.
UNDO_FOR = timedelta(minutes=10)
MOST = 12


@dataclass(frozen=True)
class SafeAsk:
    """One way by which somebody was reached in a contact, and what was said of it: `said` is yes, no or nothing yet.

    Without a way `add_url` leads to noting one; it is empty for who may not.
    """

    contact_ref: str
    when: str
    name: str
    party_ref: str
    how: str
    way_id: int | None
    said: str
    url: str
    add_url: str
    person_url: str

    @property
    def answer(self) -> str:
        """What was said, in words; empty when nothing was."""
        return (
            {Safe.YES: _("this was safe"), Safe.NO: _("this was not safe")}.get(Safe(self.said), "")
            if self.said
            else ""
        )


class _Row(NamedTuple):
    """A way by which a participant was reached."""

    ref: str
    started_at: datetime
    channel: str
    party_ref: str
    name: str
    way_id: int | None
    value: bytes | None
    said: str | None


_MAP = " ".join(f"WHEN '{channel}' THEN '{way}'" for channel, way in WAYS.items())
_ASKS = f"""
    SELECT k.ref, k.started_at, m.way, y.ref, y.label, w.id, w.value, a.safe
      FROM network_contact k
      CROSS JOIN LATERAL (SELECT CASE k.channel {_MAP} END AS way) m
      JOIN network_contactparticipant q ON q.contact_id = k.id AND q.version = k.version
      JOIN families_person p ON p.party_id = q.party_id AND p.case_id = k.case_id AND p.died_on IS NULL
      JOIN core_party y ON y.id = p.party_id
      LEFT JOIN families_safecontact w ON w.person_id = p.id AND w.channel = m.way
      LEFT JOIN LATERAL (
           SELECT s.safe, s.noted_at FROM families_safeanswer s WHERE s.way_id = w.id AND s.source = k.ref
            ORDER BY s.id DESC LIMIT 1) a ON true
     WHERE k.case_id = %(case)s AND k.outcome = 'reached' AND k.withdrawn_at IS NULL AND m.way IS NOT NULL
       AND k.recorded_at > %(since)s AND (k.ref = %(ref)s OR (%(ref)s = '' AND k.author_id = %(me)s
           AND (a.safe IS DISTINCT FROM 'yes' OR a.noted_at > %(answered)s)))
     ORDER BY k.started_at DESC, k.id DESC, p.in_household DESC, p.sort_key, p.id, w.id LIMIT %(most)s
"""  # noqa: S608 - constants of our own


def safe_asks(access: CaseAccess, now: datetime, contact_ref: str = "") -> list[SafeAsk]:
    """By which ways this reader reached somebody in what she saved just now (or in one contact), to be said safe or not.

    Only where somebody was reached: an attempt says nothing of safety. One query, and one for the key when a person has
    two ways of a kind: director and deputy see the last digits, for others such a pair is left out.
    """
    if not access.may(Right.CONTACT_LOG):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _ASKS,
            {
                "case": access.case.pk,
                "me": access.user.pk,
                "ref": contact_ref,
                "answered": now - UNDO_FOR,
                "since": now - (ASKED_ON_PAGE if contact_ref else ASKED_FOR),
                "most": MOST,
            },
        )
        rows = [_Row(*row) for row in cursor.fetchall()]
    pairs = [(row.ref, row.party_ref) for row in rows]
    double = [row for row in rows if pairs.count((row.ref, row.party_ref)) > 1 and row.value is not None]
    if double and not access.is_steward:
        rows = [row for row in rows if row not in double]
        double = []
    opened = crypto.decrypt_all((access.case.ref, row.value) for row in double if row.value) if double else []
    ends = dict(zip((row.way_id for row in double), opened, strict=True))
    return [_ask(access, row, ends.get(row.way_id, "")) for row in rows]


def _ask(access: CaseAccess, row: _Row, value: str) -> SafeAsk:
    how = str(ReachChannel(row.channel).label)
    if value:
        how = _("%(how)s that ends in %(end)s") % {"how": how, "end": re.sub(r"\s", "", value)[-3:]}
    case = access.case.ref
    return SafeAsk(
        contact_ref=row.ref,
        when=dates.clock_time(row.started_at),
        name=row.name,
        party_ref=row.party_ref,
        how=how,
        way_id=row.way_id,
        said="" if row.said in (None, Safe.UNKNOWN) else str(row.said),
        url=reverse("contact-safe", args=[case, row.ref]),
        add_url=f"{reverse('way-new', args=[case, row.party_ref])}?hoe={row.channel}"
        if access.may(Right.CASE_DIRECT)
        else "",
        person_url=f"{reverse('person', args=[case, row.party_ref])}#reach",
    )
