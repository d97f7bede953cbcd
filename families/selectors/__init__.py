"""Reads of the family room, a file per noun; queries are few and fixed."""

from families.selectors.apart import ApartView, apart_sentences, kept_apart
from families.selectors.authority import AuthorityView, ChildView, authority_initial, children
from families.selectors.case import CaseChange, CaseHeader, Tab, case_changes, case_header, next_statuses
from families.selectors.case_list import CaseQuery, CaseRow, case_rows, registered_rows, status_counts
from families.selectors.event import LifeEventsPage, LifeEventView, life_events
from families.selectors.fact import FactView, fact_text, fact_view, facts, not_to_mention
from families.selectors.intake import IntakeView, adults_of, intake, missing_before_together
from families.selectors.person import PersonView, WayView, person_view, persons
from families.selectors.reach import ReachView, ReachWay, reach
from families.selectors.relation import AroundView, RelationView, around
from families.selectors.team import InsightView, MemberView, colleagues, leaders, team, team_people, unseen_insights

__all__ = [
    "ApartView",
    "IntakeView",
    "LifeEventView",
    "LifeEventsPage",
    "AroundView",
    "AuthorityView",
    "CaseChange",
    "CaseHeader",
    "CaseQuery",
    "CaseRow",
    "ChildView",
    "FactView",
    "InsightView",
    "MemberView",
    "PersonView",
    "ReachView",
    "ReachWay",
    "RelationView",
    "Tab",
    "WayView",
    "apart_sentences",
    "adults_of",
    "around",
    "authority_initial",
    "children",
    "case_changes",
    "case_header",
    "case_rows",
    "colleagues",
    "fact_text",
    "fact_view",
    "facts",
    "kept_apart",
    "intake",
    "life_events",
    "missing_before_together",
    "leaders",
    "next_statuses",
    "not_to_mention",
    "person_view",
    "persons",
    "reach",
    "registered_rows",
    "status_counts",
    "team",
    "team_people",
    "unseen_insights",
]
