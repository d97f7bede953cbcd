"""What every page of the family room begins with."""

from datetime import datetime
from typing import Any

from families import selectors
from families.access import CaseAccess


def page_context(access: CaseAccess, now: datetime, current: str = "family", **more: Any) -> dict[str, Any]:
    """The header of the case and whatever the page adds; `current` names the tab."""
    return {"case_header": selectors.case_header(access, now, current), **more}
