"""Reads of the kernel: the sessions of a person."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
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


def session_key_of(user: User, code: str) -> str:
    """The key of one of this person's own sessions by the code that stood on the page; empty when it is gone."""
    keys = Session.objects.filter(user_id=user.pk).values_list("session_key", flat=True)
    return next((key for key in keys if sessions.code_of(key) == code), "")


def has_second_factor(user: User, *, before: datetime | None = None) -> bool:
    """Whether this person has an app that makes codes; with `before`, one that was there already at that moment."""
    factors = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
    return bool((factors if before is None else factors.filter(created_at__lt=before)).exists())


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
