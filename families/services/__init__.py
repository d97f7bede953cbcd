"""Writes of the family room, a file per noun."""

from families.services.case import (
    case_arrange,
    case_change,
    case_dates_set,
    case_open,
    case_open_once,
    conflict_note,
    cover_arrange,
    insight_grant,
    insight_notice,
    member_add,
    member_end,
)
from families.services.person import (
    PersonData,
    WayData,
    person_add,
    person_add_once,
    person_change,
    safe_contact_add,
    safe_contact_add_once,
    safe_contact_confirm,
)

__all__ = [
    "PersonData",
    "WayData",
    "case_arrange",
    "case_change",
    "case_dates_set",
    "case_open",
    "case_open_once",
    "conflict_note",
    "cover_arrange",
    "insight_grant",
    "insight_notice",
    "member_add",
    "member_end",
    "person_add",
    "person_add_once",
    "person_change",
    "safe_contact_add",
    "safe_contact_add_once",
    "safe_contact_confirm",
]
