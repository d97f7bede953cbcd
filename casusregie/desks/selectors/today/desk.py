"""The desk as a whole: a sentence, a list by time, who is out of sight, what is being written, and her cases."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casusregie.core import clock, dates
from casusregie.core.models import User
from casusregie.desks.selectors.cells import Cells, cell_rows
from casusregie.desks.selectors.today import item
from casusregie.desks.selectors.today.item import DeskItem
from casusregie.desks.selectors.today.sight import SilentFamily, Tried, silent_families, tried
from families import selectors as family_selectors
from families.access import CaseScope, scope_for
from families.selectors import CaseQuery, InsightView, ReachDue
from network import selectors as network_selectors
from network.selectors import DraftView, UnplacedView
from processplan import selectors as plan_selectors
from processplan.selectors import UnsignedView
from safety import selectors as safety_selectors

# So much is asked for, and so much of it stands on the desk at first; the rest is one tap away.
MOST = 500
ITEMS, FAMILIES, PEOPLE = 25, 10, 10


@dataclass(frozen=True)
class Today:
    """The desk of a case director. `more_items`, `more_families` and `more_reach` are how many do not stand on it yet."""

    sentence: str
    items: list[DeskItem]
    more_items: int
    silent: list[SilentFamily]
    more_families: int
    tried: list[Tried]
    reach: list[ReachDue]
    more_reach: int
    drafts: list[DraftView]
    unplaced: list[UnplacedView]
    insights: list[InsightView]
    unsigned: list[UnsignedView]
    cases: list[Cells]
    more_cases: bool
    next_words: str

    @property
    def is_quiet(self) -> bool:
        """Whether nothing asks for anything, today or before."""
        return not (self.items or self.silent or self.tried or self.reach)


def today(user: User, now: datetime, *, whole: bool = False) -> Today:
    """What today asks of this person, and her cases as quiet rows; a fixed number of queries, three more when nothing
    asks for anything. `whole` leaves nothing out of the lists that can be long.
    """
    scope = scope_for(user, now)
    items = _items(scope, now)
    silent = silent_families(network_selectors.out_of_sight(scope, now, limit=MOST))
    attempts = tried(network_selectors.unreached_twice(scope, now))
    ask_again = family_selectors.reach_due(scope, now, limit=MOST)
    page = family_selectors.case_rows(scope, CaseQuery(sort="name"))
    shown, families, people = (len(items), len(silent), len(ask_again)) if whole else (ITEMS, FAMILIES, PEOPLE)
    quiet = not (items or silent or attempts or ask_again)
    return Today(
        sentence=_sentence(len(items), sum(row.is_late for row in items), quiet),
        items=items[:shown],
        more_items=max(0, len(items) - shown),
        silent=silent[:families],
        more_families=max(0, len(silent) - families),
        tried=attempts,
        reach=ask_again[:people],
        more_reach=max(0, len(ask_again) - people),
        drafts=network_selectors.drafts_of(user, scope, now),
        unplaced=network_selectors.unplaced(user, now),
        insights=family_selectors.unseen_insights(scope),
        unsigned=plan_selectors.unsigned_plans(scope, now),
        cases=cell_rows(page.rows, now),
        more_cases=bool(page.next_after),
        next_words="" if items else _next(scope, now, has_cases=bool(page.rows)),
    )


def _items(scope: CaseScope, now: datetime) -> list[DeskItem]:
    """Everything that asks something today, the late first, then by time."""
    day = clock.local_date(now)
    checks = safety_selectors.checks_due(scope, now, limit=MOST)
    are_checks = {check.ref for check in checks}
    due = [row for row in network_selectors.follow_ups_due(scope, day, limit=MOST) if row.ref not in are_checks]
    found = [
        *item.signal_items(network_selectors.signals_unread(scope, now, limit=MOST), day),
        *item.check_items(checks),
        *item.follow_up_items(due),
        *item.appointment_items(network_selectors.appointments_open(scope, now, limit=MOST), day),
        *item.evaluation_items(plan_selectors.evaluations_due(scope, now, limit=MOST), day),
    ]
    return sorted(found, key=lambda row: row.place)


def _next(scope: CaseScope, now: datetime, *, has_cases: bool) -> str:
    """The first thing to come, with its day, whatever kind it is."""
    day = clock.local_date(now)
    found: list[tuple[date, str, str]] = []
    if follow_up := network_selectors.follow_up_next(scope, day):
        found.append((follow_up.due_on, follow_up.case_name, follow_up.text))
    if moment := plan_selectors.evaluation_next(scope, now):
        found.append((dates.day_of(moment.planned_at), moment.case_name, _("evaluation")))
    if appointment := network_selectors.appointment_next(scope, now):
        found.append((dates.day_of(appointment.starts_at), appointment.case_name, appointment.channel_label))
    if not found:
        return _("There is nothing to follow up on in your cases.") if has_cases else ""
    when, name, what = min(found)
    words = {"day": _("tomorrow") if (when - day).days == 1 else dates.short(when, day), "name": name, "text": what}
    return _("The next thing is %(day)s: %(name)s, %(text)s.") % words


def _sentence(count: int, late: int, quiet: bool) -> str:
    if not count:
        return _("Nothing that waits for you") if quiet else _("Nothing for today")
    things = ngettext("One thing for today", "%(n)s things for today", count) % {"n": _number(count)}
    if not late:
        return f"{things}."
    if late == count:
        return f"{things}, " + ngettext("and it is late.", "all of them late.", late)
    return f"{things}, " + ngettext("one of them late.", "%(n)s of them late.", late) % {"n": _number(late).lower()}


def _number(n: int) -> str:
    words = [
        pgettext("number", "No"),
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
    ]
    return words[n] if n < len(words) else str(n)
