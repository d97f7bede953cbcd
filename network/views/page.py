"""What every page of the network room begins with."""

from datetime import datetime
from typing import Any

from casusregie.core.choices import Right
from families.access import CaseAccess
from families.selectors import case_header


def page_context(access: CaseAccess, now: datetime, tab: str = "contacts", **more: Any) -> dict[str, Any]:
    """The header of the case, whether this reader may log, and whatever the page adds; `tab` names the room."""
    return {"case_header": case_header(access, now, tab), "may_log": access.may(Right.CONTACT_LOG), **more}
