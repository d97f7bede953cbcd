"""How each person of a family may be reached, in words: whether it is safe comes before anything else.

Never a number or an address: those stand on the family's own page, behind the same words.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core import crypto, dates
from families.access import CaseAccess
from families.choices import ReachChannel, Safe
from families.selectors.person import CONFIRMED_FOR


@dataclass(frozen=True)
class ReachWay:
    """One way in words; `is_safe` only when somebody said so less than a month ago."""

    channel_label: str
    words: str
    note: str
    is_safe: bool


@dataclass(frozen=True)
class ReachView:
    """How one person may be reached."""

    ref: str
    name: str
    ways: list[ReachWay] = field(default_factory=list)

    @property
    def is_safe(self) -> bool:
        """Whether every way that is known is safe; nothing known is not."""
        return bool(self.ways) and all(way.is_safe for way in self.ways)

    @property
    def has_safe_way(self) -> bool:
        """Whether at least one way is safe."""
        return any(way.is_safe for way in self.ways)


class _Row(NamedTuple):
    """A person with one of her ways, or with none."""

    ref: str
    name: str
    channel: str | None
    note: bytes | None
    safe: str
    confirmed_on: date | None


_REACH = """
    SELECT y.ref, y.label, w.channel, w.note, w.safe, w.confirmed_on
      FROM families_person p JOIN core_party y ON y.id = p.party_id LEFT JOIN families_safecontact w ON w.person_id = p.id
     WHERE p.case_id = %s AND p.died_on IS NULL ORDER BY p.in_household DESC, p.sort_key, p.id, w.id
"""


def reach(access: CaseAccess, today: date) -> list[ReachView]:
    """How everybody of this family may be reached; the note beside a way is for director and deputy. At most two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [access.case.pk])
        rows = [_Row(*row) for row in cursor.fetchall()]
    notes = iter(crypto.decrypt_all([(access.case.ref, row.note) for row in rows if row.note and access.is_steward]))
    found: dict[str, ReachView] = {}
    for row in rows:
        person = found.setdefault(row.ref, ReachView(row.ref, row.name))
        if row.channel:
            note = next(notes) if row.note and access.is_steward else ""
            person.ways.append(_way(row, note, today))
    for person in found.values():
        # What is safe stands first: that is the one to use.
        person.ways.sort(key=lambda way: not way.is_safe)
    return list(found.values())


def _way(row: _Row, note: str, today: date) -> ReachWay:
    day: dict[str, Any] = {"day": dates.long(row.confirmed_on) if row.confirmed_on else ""}
    is_fresh = row.confirmed_on is not None and row.confirmed_on >= today - CONFIRMED_FOR
    if row.safe == Safe.YES and is_fresh:
        words = _("safe, confirmed on %(day)s") % day
    elif row.safe == Safe.YES:
        words = _("not safe now: last confirmed on %(day)s, ask again") % day
    elif row.safe == Safe.NO:
        words = _("not safe, heard on %(day)s") % day if row.confirmed_on else _("not safe")
    else:
        words = _("not safe as long as nobody asked")
    return ReachWay(
        str(ReachChannel(row.channel or ReachChannel.OTHER).label), words, note, row.safe == Safe.YES and is_fresh
    )
