"""Reads of the reminders: whether somebody still comes round, and what waits for a person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from casusregie.core import dates
from casusregie.core.models import User
from casusregie.core.paging import Page
from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from casusregie.reminders.models import Reminder, Sweep


def sweep_is_late(now: datetime) -> bool:
    """True when no sweep came round for longer than settings.SWEEP_LATE_SECONDS."""
    last = Sweep.objects.filter(id=1).values_list("ran_at", flat=True).first()
    return last is None or now - last > timedelta(seconds=settings.SWEEP_LATE_SECONDS)


@dataclass(frozen=True)
class Message:
    """One thing that was told to somebody."""

    ref: str
    when: str
    text: str
    url: str
    is_unread: bool
    is_urgent: bool
    why: str


def messages(user: User, now: datetime, after: str = "", limit: int = 50) -> Page[Message]:
    """What was told to this person, newest first; one query and one per kind of promise."""
    rows = Reminder.objects.filter(recipient=user).select_related("promise").order_by("-id")
    if after:
        rows = rows.filter(pk__lt=Reminder.objects.filter(ref=after, recipient=user).values("pk")[:1])
    found = list(rows[: limit + 1])
    shown = found[:limit]
    words = _words(shown)
    views = []
    for row in shown:
        text, url = words.get((row.promise.kind, row.promise.ref), (_("This has been settled."), ""))
        kind = kinds.get(row.promise.kind)
        views.append(
            Message(
                row.ref,
                f"{dates.short(dates.day_of(row.made_at), dates.day_of(now))} {dates.clock_time(row.made_at)}",
                text,
                url,
                row.read_at is None,
                bool(kind and kind.urgent),
                _why(row),
            )
        )
    return Page(views, shown[-1].ref if len(found) > limit else "")


def _words(rows: list[Reminder]) -> dict[tuple[str, str], tuple[str, str]]:
    refs: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        refs[row.promise.kind].append(row.promise.ref)
    found = {}
    for name, some in refs.items():
        kind = kinds.get(name)
        for ref, words in (kind.words(some) if kind else {}).items():
            found[(name, ref)] = words
    return found


def _why(row: Reminder) -> str:
    if row.rung == Rung.DEPUTY:
        return _("you deputise")
    if row.rung == Rung.TEAM_LEADER:
        return _("this stayed undone")
    return ""


def unread_count(user: User, most: int = 100) -> int:
    """How many are unread, counted no further than `most`: the badge."""
    return len(Reminder.objects.filter(recipient=user, read_at__isnull=True).values_list("pk")[:most])
