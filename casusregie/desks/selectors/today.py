"""The desk of a case director: what today asks, and everything open with a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casusregie.core import audit, clock, dates
from casusregie.core.models import User
from casusregie.desks.selectors.cells import Cells, cell_rows
from families import selectors as family_selectors
from families.access import scope_for
from families.selectors import CaseQuery, InsightView
from network import selectors as network_selectors
from network.selectors import FollowUpView, SignalView
from processplan import selectors as plan_selectors
from processplan.selectors import EvaluationView, UnsignedView
from safety import selectors as safety_selectors
from safety.selectors import CheckView


@dataclass(frozen=True)
class Today:
    """The desk of a case director."""

    sentence: str
    due: list[FollowUpView]
    next_one: FollowUpView | None
    insights: list[InsightView]
    signals: list[SignalView]
    checks: list[CheckView]
    evaluations: list[EvaluationView]
    unsigned: list[UnsignedView]
    cases: list[Cells]
    more_cases: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nothing asks for anything today."""
        return not (self.due or self.signals or self.checks or self.evaluations)


def today(user: User, now: datetime) -> Today:
    """What today asks of this person, the late first, and her cases as quiet rows; a fixed number of queries."""
    scope = scope_for(user, now)
    day = clock.local_date(now)
    checks = safety_selectors.checks_due(scope, now)
    are_checks = {check.ref for check in checks}
    due = [row for row in network_selectors.follow_ups_due(scope, day) if row.ref not in are_checks]
    moments = plan_selectors.evaluations_due(scope, now)
    signals = network_selectors.signals_unread(scope, now)
    late = sum(row.is_late for row in due) + sum(row.is_late for row in checks) + sum(row.is_late for row in moments)
    count = len(due) + len(checks) + len(moments) + len(signals)
    page = family_selectors.case_rows(scope, CaseQuery(sort="name"))
    return Today(
        sentence=_sentence(count, late),
        due=due,
        next_one=None if count else network_selectors.follow_up_next(scope, day),
        insights=family_selectors.unseen_insights(scope),
        signals=signals,
        checks=checks,
        evaluations=moments,
        unsigned=plan_selectors.unsigned_plans(scope, now),
        cases=cell_rows(page.rows, now),
        more_cases=bool(page.next_after),
    )


def _sentence(count: int, late: int) -> str:
    if not count:
        return _("Nothing that waits for you")
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


@dataclass(frozen=True)
class PromiseView:
    """Something with a day in one of my cases."""

    kind: str
    ref: str
    case_ref: str
    text: str
    due_on: date
    due_at: datetime | None
    is_late: bool


def promises(user: User, now: datetime) -> list[PromiseView]:
    """Everything open with a day in the cases somebody works in, the oldest day first; six queries."""
    scope = scope_for(user, now)
    are_checks = safety_selectors.check_refs(scope)
    found = [
        PromiseView(
            "check" if row.ref in are_checks else "follow-up",
            row.ref,
            row.case_ref,
            row.text,
            row.due_on,
            None,
            row.is_late,
        )
        for row in network_selectors.follow_ups_open(scope, clock.local_date(now))
    ]
    found += [
        PromiseView("evaluation", row.ref, row.case_ref, "", dates.day_of(row.planned_at), row.planned_at, row.is_late)
        for row in plan_selectors.evaluations_open(scope, now)
    ]
    audit.seen(row.ref for row in found)
    return sorted(found, key=lambda row: (row.due_on, row.ref))
