"""The desk of a team leader: the team's cases, and what waits in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casusregie.core.models import User
from casusregie.core.paging import Page
from casusregie.desks.selectors.cells import Cells, case_address, cell_rows
from families import selectors as family_selectors
from families.access import CaseScope, team_scope_for
from families.selectors import CaseQuery, CaseRow
from network import selectors as network_selectors
from network.choices import SignalKind
from processplan import selectors as plan_selectors
from safety import selectors as safety_selectors


@dataclass(frozen=True)
class Ask:
    """A case that waits for a director."""

    url: str
    name: str
    status: str
    director: str
    choose_url: str


@dataclass(frozen=True)
class Waiting:
    """What waits in one case of the team, in closed words: a page over several cases carries no free text."""

    url: str
    name: str
    words: str
    is_late: bool


@dataclass(frozen=True)
class Caseload:
    """The desk of a team leader."""

    page: Page[Cells]
    registered: list[Ask]
    directors: list[tuple[int, str]]


def waiting(user: User, now: datetime) -> list[Waiting]:
    """What waits in the team's cases, read by itself beside the list: worries nobody read, checks and evaluations
    that are late, plans not signed yet, voices out of sight; what is worst first.
    """
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for ref, name, words, is_late in _waits(team_scope_for(user), now):
        found.setdefault((ref, name), []).append((words, is_late))
    return [
        Waiting(
            case_address("case-overview").format(ref),
            name,
            " · ".join(dict.fromkeys(words for words, _late in parts)),
            any(late for _words, late in parts),
        )
        for (ref, name), parts in found.items()
    ]


Wait = tuple[str, str, str, bool]


def _waits(scope: CaseScope, now: datetime) -> Iterator[Wait]:
    """(reference of the case, its name, closed words, late?), what is worst first."""
    for signal in network_selectors.signals_unread(scope, now):
        if signal.kind == SignalKind.WORRY:
            yield signal.case_ref, signal.case_name, _("a partner is worried"), True
    for check in safety_selectors.checks_due(scope, now):
        if check.is_late:
            yield check.case_ref, check.case_name, _("safety check %(late)s") % {"late": check.due}, True
    for moment in plan_selectors.evaluations_due(scope, now):
        if moment.is_late:
            yield moment.case_ref, moment.case_name, _("evaluation %(late)s") % {"late": moment.due}, True
    yield from _voices(scope, now)
    for plan in plan_selectors.unsigned_plans(scope, now):
        words = _("plan offered %(since)s, not signed yet") % {"since": plan.since}
        yield plan.case_ref, plan.case_name, words, False


def _voices(scope: CaseScope, now: datetime) -> Iterator[Wait]:
    for ref, name, silent, pauses in network_selectors.out_of_sight_counts(scope, now):
        for words in _voice_words(silent, pauses):
            yield ref, name, words, True


def _voice_words(silent: int, pauses: int) -> list[str]:
    """How many voices are out of sight, and how many pauses are over."""
    words = []
    if silent:
        words.append(ngettext("%(n)s voice out of sight", "%(n)s voices out of sight", silent) % {"n": silent})
    if pauses:
        words.append(ngettext("%(n)s pause to look at again", "%(n)s pauses to look at again", pauses) % {"n": pauses})
    return words


def caseload(user: User, query: CaseQuery, now: datetime) -> Caseload:
    """The team's open cases, with on top those that nobody directs yet; six queries at most, however many cases."""
    scope = team_scope_for(user)
    page = family_selectors.case_rows(scope, query)
    return Caseload(
        page=Page(cell_rows(page.rows, now), page.next_after),
        registered=_asks(family_selectors.registered_rows(scope), now) if not query.after else [],
        directors=family_selectors.colleagues(user.team_id),
    )


def _asks(rows: list[CaseRow], now: datetime) -> list[Ask]:
    choose = f"{case_address('case-team')}#director"
    return [
        Ask(url, name, status, director, choose.format(ref))
        for url, ref, name, _colour, status, _last, _due, director, _late, _never in cell_rows(rows, now)
    ]
