"""Writes of the family room, a file per noun."""

from families.services.apart import apart_end, apart_note, apart_note_once
from families.services.authority import AuthorityData, authority_note, representation_note
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
from families.services.event import LifeEventData, event_note_once, event_take_back
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
from families.services.relation import (
    fact_note,
    fact_note_once,
    relation_add,
    relation_add_once,
)

__all__ = [
    "apart_end",
    "apart_note",
    "apart_note_once",
    "AuthorityData",
    "authority_note",
    "event_note_once",
    "event_take_back",
    "fact_note",
    "fact_note_once",
    "relation_add",
    "relation_add_once",
    "LifeEventData",
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
    "representation_note",
    "safe_contact_add",
    "safe_contact_add_once",
    "safe_contact_confirm",
]
