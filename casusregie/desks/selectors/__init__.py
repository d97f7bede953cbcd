"""Reads for the desks, a file per desk: they join what the rooms below tell, and define no number of their own."""

from casusregie.desks.selectors.administration import AccountRow, OutcomeRow, accounts, outcomes, roles_and_teams
from casusregie.desks.selectors.case import CaseHead, EventView, HoldsNow, Overview, case_head, holds_now, overview
from casusregie.desks.selectors.caseload import Ask, Caseload, Waiting, caseload, waiting
from casusregie.desks.selectors.caseload_import import ImportPage, ImportView, import_page, import_progress, imports
from casusregie.desks.selectors.cells import Cells, case_list, filter_words
from casusregie.desks.selectors.logbook import LogQuery, LogRow, log
from casusregie.desks.selectors.partner import RoleCard, my_role, my_roles, my_version
from casusregie.desks.selectors.today import DeskItem, PromiseView, SilentFamily, Today, Tried, promises, today

__all__ = [
    "AccountRow",
    "Ask",
    "CaseHead",
    "Caseload",
    "Cells",
    "DeskItem",
    "EventView",
    "HoldsNow",
    "ImportPage",
    "ImportView",
    "LogQuery",
    "LogRow",
    "OutcomeRow",
    "Overview",
    "PromiseView",
    "RoleCard",
    "SilentFamily",
    "Today",
    "Tried",
    "Waiting",
    "accounts",
    "case_head",
    "case_list",
    "caseload",
    "filter_words",
    "holds_now",
    "import_page",
    "import_progress",
    "imports",
    "log",
    "my_role",
    "my_roles",
    "my_version",
    "outcomes",
    "overview",
    "promises",
    "roles_and_teams",
    "today",
    "waiting",
]
