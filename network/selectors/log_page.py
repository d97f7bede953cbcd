"""What stands around the form of a contact: who was spoken to last, how each is reached, the moments of one tap."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casusregie.core import clock
from families import selectors as family_selectors
from families.access import CaseAccess
from families.choices import CaseStatus
from families.selectors import ReachView
from network.selectors.participant import ParticipantChoice, recent_participants

# As many people as stand in one glance; the others are behind "more".
IN_SIGHT = 6


@dataclass(frozen=True)
class Days:
    """The days that one tap fills in, for something that is to come."""

    tomorrow: date
    week: date
    fortnight: date
    month: date


@dataclass(frozen=True)
class Moments:
    """The moments that one tap fills in, as the field of a date and a time takes them; empty when not offered."""

    now: str
    hour_ago: str
    this_morning: str
    yesterday: str


@dataclass(frozen=True)
class LogPage:
    """Everything around the form; fetched only when the form is shown."""

    in_sight: list[str]
    voices: list[ParticipantChoice]
    chosen: list[ReachView]
    others: list[ReachView]
    moments: Moments
    days: Days
    is_closed: bool
    may_close_lines: bool


def log_page(access: CaseAccess, people: list[ParticipantChoice], chosen: set[str], now: datetime) -> LogPage:
    """The page around the form of a contact, with these people chosen already; at most three queries."""
    recent = recent_participants(access)
    order = [*recent, *(person.ref for person in people if person.ref not in recent)]
    place = {ref: number for number, ref in enumerate(order)}
    reached = family_selectors.reach(access, now)
    return LogPage(
        in_sight=order[:IN_SIGHT],
        voices=sorted((person for person in people if person.mark), key=lambda person: place[person.ref]),
        chosen=[person for person in reached if person.ref in chosen],
        others=[person for person in reached if person.ref not in chosen],
        moments=_moments(now),
        days=_days(clock.local_date(now)),
        is_closed=access.case.status == CaseStatus.CLOSED,
        may_close_lines=access.is_steward,
    )


def _days(today: date) -> Days:
    return Days(*(today + timedelta(days=ahead) for ahead in (1, 7, 14, 28)))


def _moments(now: datetime) -> Moments:
    local = now.astimezone(clock.LOCAL)
    morning = datetime.combine(local.date(), time(9, 0), clock.LOCAL)
    return Moments(
        now=_field(local),
        hour_ago=_field((now - timedelta(hours=1)).astimezone(clock.LOCAL)),
        this_morning=_field(morning) if local.time() >= time(10, 30) else "",
        yesterday=_field(datetime.combine(local.date() - timedelta(days=1), local.time(), clock.LOCAL)),
    )


def _field(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"
