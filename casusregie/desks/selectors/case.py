"""A case at a glance: its head, its story, and what holds now."""

from dataclasses import dataclass
from datetime import date, datetime

from casusregie.core import clock, dates
from casusregie.core.paging import Page
from families import selectors as family_selectors
from families.access import CaseAccess
from network import selectors as network_selectors
from network.selectors import ContactFilter, ContactView, FollowUpView, RoleView, VoiceView
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
    """A case at a glance: the story left, what must be followed up right."""

    timeline: Page[StoryEntry]
    follow_ups: list[FollowUpView]


def overview(access: CaseAccess, now: datetime, query: ContactFilter) -> Overview:
    """The overview of a case; at most ten queries, whether it has ten contacts or ten thousand."""
    page = network_selectors.contacts(access, query, now)
    plain = not (query.channel or query.outcome or query.party_ref)
    events = _events(access, page, query, now) if plain else []
    incidents = _incidents(access, page, query, now) if plain else []
    entries: list[StoryEntry] = [*page.rows, *events, *incidents]
    story = sorted(entries, key=lambda entry: entry.at, reverse=True)
    return Overview(Page(story, page.next_after), network_selectors.follow_ups_of(access, clock.local_date(now)))


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


def _incidents(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[IncidentView]:
    newest = page.rows[0].at if query.after and page.rows else None
    oldest = page.rows[-1].at if page.next_after and page.rows else None
    return [
        row
        for row in safety_selectors.incidents(access.case, now)
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


def case_head(access: CaseAccess) -> CaseHead:
    """The head of a case that was fetched for somebody."""
    case = access.case
    return CaseHead(
        case.ref,
        case.name,
        case.status,
        case.intensity,
        case.working_form,
        case.opened_on,
        case.last_contact_at,
        case.next_due_on,
        case.director.name if case.director else None,
        access.relation,
    )
