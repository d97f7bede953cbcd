"""Reads for the desks: they join what the rooms below tell, and define no number of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.choices import Relation, Right
from casusregie.core.models import AccessLog, Role, Team, User
from casusregie.core.paging import Page
from families import selectors as family_selectors
from families.access import CaseAccess, CaseScope, scope_for, team_scope_for
from families.choices import CaseStatus, Intensity
from families.selectors import CaseQuery, CaseRow, InsightView
from network import selectors as network_selectors
from network.selectors import ContactFilter, ContactView, FollowUpView

# What each row of a long list is: plain values, in this order (the templates unpack them).
Cells = tuple[str, str, str, str, str, str, str, str, bool, bool]


def _cells(row: CaseRow, today: date, words: dict[str, str], url: str) -> Cells:
    """(address, reference, name, intensity, status word, last contact, next due, director, late?, never?)."""
    last = dates.day_of(row.last_contact_at) if row.last_contact_at else None
    return (
        url.format(row.ref),
        row.ref,
        row.name,
        row.intensity,
        words[row.status],
        dates.days_ago(last, today),
        dates.days_late(row.next_due_on, today) if row.next_due_on else "",
        row.director_name or (_("nobody yet; %(who)s guards") % {"who": row.guard} if row.guard else ""),
        row.next_due_on is not None and row.next_due_on < today,
        last is None,
    )


def _cell_rows(rows: Sequence[CaseRow], now: datetime) -> list[Cells]:
    words, url, today = _status_words(get_language()), _address("case-overview"), clock.local_date(now)
    return [_cells(row, today, words, url) for row in rows]


@lru_cache(maxsize=8)
def _status_words(language: str | None) -> dict[str, str]:
    return {status.value: str(status.label) for status in CaseStatus}


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """The address of a page of a case with a place for its reference: finding it out for every row is dear."""
    return reverse(name, args=["ref"]).replace("/ref/", "/{}/")


def case_list(user: User, query: CaseQuery, now: datetime) -> Page[Cells]:
    """The cases somebody works in, or whose head she sees as team leader, as plain tuples; four queries at most."""
    scope = _scope(user, now)
    page = family_selectors.case_rows(scope, query)
    return Page(_cell_rows(page.rows, now), page.next_after)


def _scope(user: User, now: datetime) -> CaseScope:
    return team_scope_for(user) if user.has_right(Right.CASE_HEAD) else scope_for(user, now)


@dataclass(frozen=True)
class Today:
    """The desk of a case director."""

    sentence: str
    due: list[FollowUpView]
    next_one: FollowUpView | None
    insights: list[InsightView]
    cases: list[Cells]
    more_cases: bool


def today(user: User, now: datetime) -> Today:
    """What today asks of this person, the late first, and her cases as quiet rows; a fixed number of queries."""
    scope = scope_for(user, now)
    day = clock.local_date(now)
    due = network_selectors.follow_ups_due(scope, day)
    page = family_selectors.case_rows(scope, CaseQuery(sort="name"))
    return Today(
        sentence=_sentence(due),
        due=due,
        next_one=None if due else network_selectors.follow_up_next(scope, day),
        insights=family_selectors.unseen_insights(scope),
        cases=_cell_rows(page.rows, now),
        more_cases=bool(page.next_after),
    )


def _sentence(due: list[FollowUpView]) -> str:
    if not due:
        return _("Nothing that waits for you")
    late = sum(row.is_late for row in due)
    things = ngettext("One thing for today", "%(n)s things for today", len(due)) % {"n": _number(len(due))}
    if not late:
        return f"{things}."
    if late == len(due):
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
class Ask:
    """A case that waits for a director."""

    url: str
    name: str
    status: str
    director: str
    choose_url: str


@dataclass(frozen=True)
class Caseload:
    """The desk of a team leader."""

    page: Page[Cells]
    registered: list[Ask]
    directors: list[tuple[int, str]]


def caseload(user: User, query: CaseQuery, now: datetime) -> Caseload:
    """The team's open cases, with on top those that nobody directs yet; six queries at most, however many cases."""
    scope = team_scope_for(user)
    page = family_selectors.case_rows(scope, query)
    return Caseload(
        page=Page(_cell_rows(page.rows, now), page.next_after),
        registered=_asks(family_selectors.registered_rows(scope), now) if not query.after else [],
        directors=family_selectors.colleagues(user.team_id),
    )


def _asks(rows: list[CaseRow], now: datetime) -> list[Ask]:
    choose = f"{_address('case-team')}#director"
    return [
        Ask(url, name, status, director, choose.format(ref))
        for url, ref, name, _colour, status, _last, _due, director, _late, _never in _cell_rows(rows, now)
    ]


@dataclass(frozen=True)
class EventView:
    """Something that happened to the case itself, in the story."""

    at: datetime
    day: str
    time: str
    text: str
    why: str
    who: str
    kind: str = "event"


@dataclass(frozen=True)
class Overview:
    """A case at a glance: the story left, what holds now right."""

    timeline: Page[ContactView | EventView]
    follow_ups: list[FollowUpView]
    people: list[family_selectors.PersonView]
    members: list[family_selectors.MemberView]


def overview(access: CaseAccess, now: datetime, query: ContactFilter) -> Overview:
    """The overview of a case; at most ten queries, whether it has ten contacts or ten thousand."""
    today_ = clock.local_date(now)
    page = network_selectors.contacts(access, query, now)
    plain = not (query.channel or query.outcome or query.party_ref)
    events = _events(access, page, query, now) if plain else []
    entries: list[ContactView | EventView] = [*page.rows, *events]
    story = sorted(entries, key=lambda entry: entry.at, reverse=True)
    return Overview(
        timeline=Page(story, page.next_after),
        follow_ups=network_selectors.follow_ups_of(access, today_),
        people=family_selectors.persons(access, today_),
        members=family_selectors.team(access, now),
    )


def _events(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[EventView]:
    """The case's own changes within the stretch of time that this page of contacts covers."""
    newest = page.rows[0].at if query.after and page.rows else None
    oldest = page.rows[-1].at if page.next_after and page.rows else None
    changes = family_selectors.case_changes(access, newest=newest, oldest=oldest)
    day = clock.local_date(now)
    return [
        EventView(
            change.at,
            dates.short(dates.day_of(change.at), day),
            dates.clock_time(change.at),
            change.text,
            change.why,
            change.who,
        )
        for change in changes
    ]


@dataclass(frozen=True)
class LogRow:
    """One line of the access log as the privacy officer reads it: references and closed words, no names of family."""

    id: int
    when: str
    actor: str
    relation: str
    action: str
    outcome: str
    case_ref: str
    objects: str
    ground: str
    origin: str


@dataclass(frozen=True)
class LogQuery:
    """What is asked of the access log."""

    case_ref: str = ""
    actor: str = ""
    outcome: str = ""
    before: int = 0


def log(query: LogQuery, limit: int = 100) -> tuple[list[LogRow], int]:
    """One page of the access log, newest first, by key, and the number after which to go on (0 at the end)."""
    rows = AccessLog.objects.order_by("-pk")
    if query.case_ref:
        rows = rows.filter(case_ref=query.case_ref.upper())
    if query.actor:
        rows = rows.filter(actor_id=User.objects.filter(email__iexact=query.actor).values("pk")[:1])
    if query.outcome:
        rows = rows.filter(outcome=query.outcome)
    if query.before:
        rows = rows.filter(pk__lt=query.before)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    names = dict(User.objects.filter(pk__in={row.actor_id for row in shown}).values_list("pk", "email"))
    relations = {relation.value: str(relation.label) for relation in Relation}
    views = [
        LogRow(
            id=row.pk,
            when=f"{dates.short(dates.day_of(row.at))} {dates.clock_time(row.at)}",
            actor=names.get(row.actor_id or 0, _("nobody logged in")),
            relation=relations.get(row.relation, "") if row.relation else "",
            action=row.action,
            outcome=row.get_outcome_display(),
            case_ref=row.case_ref,
            objects=", ".join(row.objects_seen[:3]) + (" …" if len(row.objects_seen) > 3 else ""),
            ground=row.ground,
            origin=row.origin,
        )
        for row in shown
    ]
    return views, shown[-1].pk if len(found) > limit else 0


@dataclass(frozen=True)
class AccountRow:
    """An account as the administrator sees it: no case content."""

    name: str
    email: str
    team: str
    roles: str
    is_active: bool


def accounts(limit: int = 500) -> list[AccountRow]:
    """All accounts by name with their bundles of rights; three queries."""
    people = User.objects.select_related("team").prefetch_related("roles").order_by("name", "pk")[:limit]
    return [
        AccountRow(
            user.name,
            user.email,
            user.team.name if user.team else "",
            ", ".join(sorted(role.name for role in user.roles.all())),
            user.is_active,
        )
        for user in people
    ]


def roles_and_teams() -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """The bundles and the teams, as choices for an account."""
    roles = list(Role.objects.order_by("name").values_list("slug", "name"))
    return roles, list(Team.objects.order_by("name").values_list("id", "name"))


@dataclass(frozen=True)
class OutcomeRow:
    """A count without persons; a small one is shown as "fewer than"."""

    label: str
    number: str


SMALL = 5


def outcomes(user: User) -> list[OutcomeRow]:
    """How many cases stand where; numbers under five are not told (domain.md j: small municipalities)."""
    team_id = user.team_id if user.has_right(Right.CASE_HEAD) else None
    counts = family_selectors.status_counts(team_id)
    return [OutcomeRow(str(CaseStatus(status).label), _shown(counts.get(status, 0))) for status in CaseStatus.values]


def _shown(n: int) -> str:
    return str(n) if n == 0 or n >= SMALL else _("fewer than %(n)s") % {"n": SMALL}


Words = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def filter_words(language: str | None) -> tuple[Words, Words]:
    """The intensities and the statuses as chips, in the language of now (`language` is what the answer is kept by)."""
    colours = [("", _("all colours")), *((value, str(label)) for value, label in Intensity.choices)]
    statuses = [("", _("open")), *((value, str(label)) for value, label in CaseStatus.choices), ("all", _("all"))]
    return tuple(colours), tuple(statuses)
