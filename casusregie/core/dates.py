"""Dates and times as they are read here: "do 26 nov", "26 november 2026", 24 hours (look.md, Words).

Formatting a date is the dearest cell of a long table (performance.md), so each day is formatted once.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casusregie.core.clock import LOCAL


@lru_cache(maxsize=20_000)
def _formatted(day: date, pattern: str, language: str | None) -> str:
    return date_format(day, pattern)


def short(day: date, today: date | None = None) -> str:
    """ "do 26 nov"; with the year when it is not this year's (`today` given)."""
    pattern = "D j M" if today is None or day.year == today.year else "D j M Y"
    return _formatted(day, pattern, get_language()).lower()


def long(day: date) -> str:
    """ "26 november 2026"."""
    return _formatted(day, "j F Y", get_language())


def month(day: date) -> str:
    """ "november 2026"."""
    return _formatted(day, "F Y", get_language())


def long_weekday(day: date) -> str:
    """ "donderdag 26 november"."""
    return _formatted(day, "l j F", get_language())


def clock_time(moment: datetime) -> str:
    """ "14:03", in the Netherlands."""
    return f"{moment.astimezone(LOCAL):%H:%M}"


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in the Netherlands."""
    return moment.astimezone(LOCAL).date()


def days_late(due: date, today: date) -> str:
    """ "vandaag", "9 dagen te laat", or the day itself when it is still to come."""
    late = (today - due).days
    return _late(late, get_language()) if late >= -1 else short(due, today)


# The words for a number of days, kept for the language of now: a long list asks for each of them fifty times.
@lru_cache(maxsize=4_000)
def _late(late: int, language: str | None) -> str:
    if late == 0:
        return _("today")
    return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late > 0 else _("tomorrow")


def days_ago(day: date | None, today: date) -> str:
    """ "vandaag", "gisteren", "12 dagen geleden"; "nog niet" without a day."""
    if day is None:
        return _("not yet")
    return _ago((today - day).days, get_language())


@lru_cache(maxsize=4_000)
def _ago(ago: int, language: str | None) -> str:
    if ago <= 0:
        return _("today")
    if ago == 1:
        return _("yesterday")
    return ngettext("%(n)s day ago", "%(n)s days ago", ago) % {"n": ago}


def read_day(text: str) -> tuple[date, str] | None:
    """A day as people write it (01-03-2026, 1/3/2026, 2026-03-01, 03-2026, 2026), and how precise: day, month or year.

    Of a month or a year the first day is given. None for what is no day.
    """
    parts = [int(part) for part in _SEPARATORS.split(text.strip()) if part.isdecimal() and len(part) <= 4]
    if len(parts) != len(_SEPARATORS.split(text.strip())) or not 1 <= len(parts) <= 3:
        return None
    if len(parts) == 3 and parts[0] > 31:
        parts.reverse()
    day, month, year = [*[1] * (3 - len(parts)), *parts]
    try:
        return date(year, month, day), ("year", "month", "day")[len(parts) - 1]
    except ValueError:
        return None


_SEPARATORS = re.compile(r"[-/. ]")
