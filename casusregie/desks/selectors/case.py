"""A case at a glance: its head, its story, and what holds now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.paging import Page
from families import selectors as family_selectors
from families.access import CaseAccess
from network import selectors as network_selectors
from network.selectors import ContactFilter, ContactView, FollowUpView, PreviousTime, RoleView, VoiceView
from processplan import selectors as plan_selectors
from processplan.selectors import EvaluationView
from safety import selectors as safety_selectors
from safety.selectors import CheckView, IncidentView


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


StoryEntry = ContactView | EventView | IncidentView


@dataclass(frozen=True)
class Overview:
    """A case at a glance: the story left, what must be followed up right; `previous` is the reader's last time here."""

    timeline: Page[StoryEntry]
    follow_ups: list[FollowUpView]
    previous: PreviousTime


def overview(access: CaseAccess, now: datetime, query: ContactFilter, *, folded: bool = False) -> Overview:
    """The overview of a case; at most ten queries, whether it has ten contacts or ten thousand.

    `folded` leaves of the story only what was recorded since this reader's previous time.
    """
    previous = network_selectors.previous_time(access, now)
    if folded:
        query = replace(query, since=previous.at)
    page = network_selectors.contacts(access, query, now)
    plain = not (query.channel or query.outcome or query.party_ref)
    beside = _beside(access, page, query, now) if plain else []
    story = sorted([*page.rows, *beside], key=lambda entry: entry.at, reverse=True)
    follow_ups = network_selectors.follow_ups_of(access, clock.local_date(now))
    return Overview(Page(story, page.next_after), follow_ups, previous)


def _beside(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[StoryEntry]:
    """What stands between the contacts of this page."""
    if query.since and query.after:
        # All of it stood on the first page: it is new, whenever it happened.
        return []
    found: list[StoryEntry] = [*_events(access, page, query, now), *_incidents(access, page, query, now)]
    return [*found, *_news(access, query.since, now)] if query.since else found


def _news(access: CaseAccess, since: datetime, now: datetime) -> list[EventView]:
    """What partners told and what became of the plan, which the whole story leaves to their own pages."""
    told = [
        (row.at, _("%(who)s, %(kind)s") % {"who": row.who, "kind": row.kind_label}, row.text, row.role_title)
        for row in network_selectors.signals_since(access, since, now)
    ]
    became = [(row.at, row.text, "", row.who) for row in plan_selectors.plan_news(access.case, since, now)]
    day = clock.local_date(now)
    return [
        EventView(at, dates.short(dates.day_of(at), day), dates.clock_time(at), text, why, who)
        for at, text, why, who in (*told, *became)
    ]


@dataclass(frozen=True)
class HoldsNow:
    """What holds now in a case: who was heard, safety per person, next moments, the network, the family, the team."""

    voices: list[VoiceView]
    scores: list[safety_selectors.VoiceScores]
    checks: list[CheckView]
    evaluations: list[EvaluationView]
    roles: list[RoleView]
    people: list[family_selectors.PersonView]
    members: list[family_selectors.MemberView]


def holds_now(access: CaseAccess, now: datetime) -> HoldsNow:
    """The column beside the story, read by itself so that the story never waits for it; at most ten queries."""
    return HoldsNow(
        voices=network_selectors.voices_of(access, now),
        scores=safety_selectors.scores(access.case, now),
        checks=[check for check in safety_selectors.checks(access.case, now) if not check.is_done],
        evaluations=[moment for moment in plan_selectors.evaluations(access.case, now) if not moment.is_held],
        roles=[role for role in network_selectors.roles(access.case.pk, now) if not role.has_ended],
        people=family_selectors.persons(access, clock.local_date(now)),
        members=family_selectors.team(access, now),
    )


Stretch = tuple[datetime | None, datetime | None]


def _stretch(page: Page[ContactView], query: ContactFilter) -> Stretch:
    """From when to when this page of contacts runs (newest, oldest); what is new is not cut by when it happened."""
    if query.since:
        return None, None
    newest = page.rows[0].at if query.after and page.rows else None
    oldest = page.rows[-1].at if page.next_after and page.rows else None
    return newest, oldest


def _events(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[EventView]:
    """The case's own changes within the stretch of time that this page of contacts covers."""
    newest, oldest = _stretch(page, query)
    changes = family_selectors.case_changes(access, newest=newest, oldest=query.since or oldest)
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


def _incidents(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[IncidentView]:
    newest, oldest = _stretch(page, query)
    return [
        row
        for row in safety_selectors.incidents(access.case, now, noted_after=query.since)
        if (newest is None or row.at <= newest) and (oldest is None or row.at >= oldest)
    ]


@dataclass(frozen=True)
class CaseHead:
    """The head of one case as plain values."""

    ref: str
    name: str
    status: str
    intensity: str
    working_form: str
    opened_on: date
    last_contact_at: datetime | None
    next_due_on: date | None
    director_name: str | None
    relation: str


def case_head(access: CaseAccess, today: date) -> CaseHead:
    """The head of a case that was fetched for somebody, on a day."""
    case = access.case
    return CaseHead(
        case.ref,
        case.name,
        case.status,
        case.intensity,
        family_selectors.working_form(case, today),
        case.opened_on,
        case.last_contact_at,
        case.next_due_on,
        case.director.name if case.director else None,
        access.relation,
    )
