"""The header of a case with its rooms, what may follow its status, and what changed in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import clock, dates, slots
from casusregie.core.choices import Right
from families.access import CaseAccess
from families.choices import OFFERED, TRANSITIONS, CaseStatus, Intensity, WorkingForm
from families.models import Case


@dataclass(frozen=True)
class Tab:
    """One room of a case in its header."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class CaseHeader:
    """What stands on top of every page of a case."""

    ref: str
    name: str
    intensity: str
    intensity_label: str
    status_label: str
    director_name: str
    tabs: list[Tab]
    slots: list[slots.SlotItem]
    log_url: str
    relation: str
    insight_until: str
    guard: str
    has_lock: bool = False
    door_url: str = ""


def case_header(access: CaseAccess, now: datetime, current: str) -> CaseHeader:
    """The header of a case as this reader sees it; `current` names the tab."""
    case = access.case
    may_read = access.may(Right.CASE_VIEW)
    return CaseHeader(
        ref=case.ref,
        name=case.name,
        intensity=case.intensity,
        intensity_label=case.get_intensity_display(),
        status_label=case.get_status_display(),
        director_name=case.director.name if case.director else _("nobody yet"),
        tabs=_tabs(case.ref, now, current) if may_read else [],
        slots=slots.items("case.header", case.ref, now) if may_read else [],
        log_url=reverse("contact-new", args=[case.ref]) if access.may(Right.CONTACT_LOG) else "",
        relation=access.relation,
        insight_until=dates.clock_time(access.insight_until) if access.insight_until else "",
        guard=case.guard,
        has_lock=access.is_steward and access.has_facts,
        door_url=reverse("door", args=[case.ref]) if may_read and current != "door" else "",
    )


# The rooms of a case from left to right (look.md, Frame); a room that is not named here stands before the last.


def _tabs(case_ref: str, now: datetime, current: str) -> list[Tab]:
    rooms = sorted(slots.items("case.tabs", case_ref, now), key=lambda tab: tab.kind)
    return [Tab(str(room.label), room.url, room.value == current) for room in rooms]


def next_statuses(case: Case) -> list[tuple[str, str]]:
    """What may follow the present status from the case's own page, with the present one first."""
    follow = [status for status in CaseStatus.values if status in TRANSITIONS[case.status] & OFFERED]
    return [(status, str(CaseStatus(status).label)) for status in (case.status, *follow)]


@dataclass(frozen=True)
class CaseChange:
    """A change of the case itself, from the history that the database keeps."""

    at: datetime
    text: str
    why: str
    who: str


class _Event(NamedTuple):
    """One row of the history of a case."""

    at: datetime
    status: str
    intensity: str
    director_id: int | None
    reason: str
    changed_by: str
    director: str
    working_form: str


_CHANGES = """
    SELECT e.pgh_created_at, e.status, e.intensity, e.director_id, e.reason, coalesce(w.name, ''), coalesce(d.name, ''),
           e.working_form
      FROM families_caseevent e LEFT JOIN core_user w ON w.id = e.changed_by_id
      LEFT JOIN core_user d ON d.id = e.director_id
     WHERE e.pgh_obj_id = %s ORDER BY e.pgh_created_at, e.pgh_id LIMIT %s
"""


def case_changes(
    access: CaseAccess, *, newest: datetime | None = None, oldest: datetime | None = None, limit: int = 200
) -> list[CaseChange]:
    """What changed in status, intensity, direction or name, newest first, within a stretch of time; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [access.case.pk, 10 * limit])
        rows = [_Event(*row) for row in cursor.fetchall()]
    changes = []
    for before, row in zip([None, *rows], rows, strict=False):
        text = _change_words(before, row)
        # Opened on its own day, also when it was entered later than it was opened.
        at = row.at if before else min(row.at, _start_of(access.case.opened_on))
        if text and (newest is None or at <= newest) and (oldest is None or at >= oldest):
            changes.append(CaseChange(at, text, row.reason, row.changed_by))
    return changes[::-1][:limit]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def _change_words(before: _Event | None, row: _Event) -> str:
    if before is None:
        return _("Case opened")
    parts = []
    if before.status != row.status:
        parts.append(_("Status: %(word)s") % {"word": CaseStatus(row.status).label})
    if before.working_form != row.working_form:
        parts.append(_("Working form: %(word)s") % {"word": WorkingForm(row.working_form).label})
    if before.intensity != row.intensity:
        parts.append(_("Intensity: %(word)s") % {"word": Intensity(row.intensity).label})
    if before.director_id != row.director_id and row.director_id:
        parts.append(_("Director: %(who)s") % {"who": row.director})
    return " · ".join(parts)
