"""Pages of the desks, a file per desk: translate, one domain call, translate."""

from casusregie.desks.views.administration import administration, logbook, logbook_wrong, outcomes
from casusregie.desks.views.case import case_now, case_overview
from casusregie.desks.views.caseload import case_list, case_search, caseload, caseload_search, caseload_waiting
from casusregie.desks.views.caseload_import import (
    caseload_import,
    caseload_import_one,
    caseload_import_template,
    caseload_import_write,
)
from casusregie.desks.views.partner import my_role, my_role_pdf, my_roles
from casusregie.desks.views.today import today

__all__ = [
    "administration",
    "case_list",
    "case_now",
    "case_overview",
    "case_search",
    "caseload",
    "caseload_import",
    "caseload_import_one",
    "caseload_import_template",
    "caseload_import_write",
    "caseload_search",
    "caseload_waiting",
    "logbook",
    "logbook_wrong",
    "my_role",
    "my_role_pdf",
    "my_roles",
    "outcomes",
    "today",
]
