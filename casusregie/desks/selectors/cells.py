"""The rows of long lists of cases as plain tuples, and the words by which they are filtered."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.paging import Page
from families import selectors as family_selectors
from families.access import CaseScope, scope_for, team_scope_for
from families.choices import CaseStatus, Intensity
from families.selectors import CaseQuery, CaseRow

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


def cell_rows(rows: Sequence[CaseRow], now: datetime) -> list[Cells]:
    """Each case of a list as its row on a desk, in the language of now."""
    words, url, today = _status_words(get_language()), case_address("case-overview"), clock.local_date(now)
    return [_cells(row, today, words, url) for row in rows]


@lru_cache(maxsize=8)
def _status_words(language: str | None) -> dict[str, str]:
    return {status.value: str(status.label) for status in CaseStatus}


@lru_cache(maxsize=8)
def case_address(name: str) -> str:
    """The address of a page of a case with a place for its reference: finding it out for every row is dear."""
    return reverse(name, args=["ref"]).replace("/ref/", "/{}/")


def case_list(user: User, query: CaseQuery, now: datetime) -> Page[Cells]:
    """The cases somebody works in, or whose head she sees as team leader, as plain tuples; four queries at most."""
    scope = _scope(user, now)
    page = family_selectors.case_rows(scope, query)
    return Page(cell_rows(page.rows, now), page.next_after)


def _scope(user: User, now: datetime) -> CaseScope:
    return team_scope_for(user) if user.has_right(Right.CASE_HEAD) else scope_for(user, now)


Words = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def filter_words(language: str | None) -> tuple[Words, Words]:
    """The intensities and the statuses as chips, in the language of now (`language` is what the answer is kept by)."""
    colours = [("", _("all colours")), *((value, str(label)) for value, label in Intensity.choices)]
    statuses = [("", _("open")), *((value, str(label)) for value, label in CaseStatus.choices), ("all", _("all"))]
    return tuple(colours), tuple(statuses)
