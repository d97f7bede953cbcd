"""Lines of working time in the demo: what a director does on her days beside her contacts."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality
from network.choices import TimeCategory
from network.services import TimeData, time_add

# Working days ago, what, minutes.
_LINES = (
    (1, TimeCategory.TRAVEL, 45),
    (1, TimeCategory.ANALYSIS, 60),
    (2, TimeCategory.TRAVEL, 30),
    (2, TimeCategory.TEAM, 60),
    (3, TimeCategory.ANALYSIS, 45),
    (3, TimeCategory.PARTNERS, 30),
    (4, TimeCategory.TRAVEL, 60),
    (5, TimeCategory.TEAM, 45),
    (6, TimeCategory.TRAVEL, 45),
    (7, TimeCategory.ANALYSIS, 60),
    (8, TimeCategory.OTHER, 30),
    (9, TimeCategory.TRAVEL, 30),
)


def hours_note(town: Municipality) -> None:
    """The lines of two weeks for every director, each noted at the end of its day."""
    for login in ("icr1@demo.example", "icr2@demo.example", "icr3@demo.example"):
        by = town.users[login]
        with audit.trail(audit.Trail(actor_id=by.pk, relation=Relation.NONE, origin="demo")):
            for number, (ago, category, minutes) in enumerate(_LINES):
                day: date = workday(town.today, -ago)
                key = uuid5(NAMESPACE_URL, f"demo:hours:{login}:{number}")
                time_add(by=by, data=TimeData(category, minutes, day), key=key, now=moment(day, "17:00"))
