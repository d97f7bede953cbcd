"""Reads of the kernel: the sessions of a person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from casusregie.core import dates, sessions
from casusregie.core.models import Session, User


@dataclass(frozen=True)
class SessionView:
    """One browser that is logged in."""

    code: str
    browser: str
    origin: str
    since: str
    active: str
    is_this: bool


def session_views(user: User, this_key: str, now: datetime) -> list[SessionView]:
    """The sessions of a person that still count, the present one first."""
    rows = [
        row for row in Session.objects.filter(user_id=user.pk, expire_date__gt=now) if not sessions.is_too_old(row, now)
    ]
    rows.sort(key=lambda row: (row.session_key != this_key, -(row.active_at or now).timestamp()))
    return [
        SessionView(
            code=sessions.code_of(row.session_key),
            browser=_browser(row.browser),
            origin=row.origin,
            since=_moment(row.started_at, now),
            active=_moment(row.active_at, now),
            is_this=row.session_key == this_key,
        )
        for row in rows
    ]


def _moment(moment: datetime | None, now: datetime) -> str:
    return f"{dates.short(dates.day_of(moment), dates.day_of(now))} {dates.clock_time(moment)}" if moment else ""


def _browser(agent: str) -> str:
    for mark, name in (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")):
        if mark in agent:
            where = next((w for m, w in _SYSTEMS if m in agent), "")
            return f"{name} · {where}" if where else name
    return _("unknown browser")


_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
