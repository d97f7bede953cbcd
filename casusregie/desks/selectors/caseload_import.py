"""What an import found in a file, and how far its writing is."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from casusregie.core import crypto, dates
from casusregie.core.models import User
from casusregie.desks.choices import ImportState
from casusregie.desks.columns import Fault
from casusregie.desks.models import Import

PAGE = 200


@dataclass(frozen=True)
class ImportView:
    """An import in a list, or on its own page."""

    ref: str
    url: str
    when: str
    state: str
    state_label: str
    total: int
    good: int
    faulty: int
    known: int
    written: int

    @property
    def is_busy(self) -> bool:
        """Whether it is being written now."""
        return self.state == ImportState.ASKED

    @property
    def to_write(self) -> int:
        """How many cases are written when she asks for it."""
        return self.good

    @property
    def percent(self) -> int:
        """How far the writing is."""
        return 100 * self.written // self.good if self.good else 100


@dataclass(frozen=True)
class ImportPage:
    """One import with its faults, at most `PAGE` of them, in the order of the file."""

    row: ImportView
    faults: list[Fault]
    more_faults: int


def imports(user: User, now: datetime, limit: int = 20) -> list[ImportView]:
    """Her imports, newest first; one query."""
    return [_view(row, now) for row in _counted().filter(user=user).order_by("-pk")[:limit]]


def import_page(row: Import, now: datetime) -> ImportPage:
    """One import with what is wrong in it; three queries."""
    view = _view(_counted().get(pk=row.pk), now)
    faulty = row.cases.filter(faults__gt=0).exclude(content=b"").order_by("line")[:PAGE]
    scope = f"import:{row.ref}"
    told = crypto.decrypt_all((scope, found.content) for found in faulty)
    faults = [Fault(**fault) for text in told for fault in json.loads(text)["faults"]]
    faults.sort(key=lambda fault: fault.line)
    return ImportPage(view, faults[:PAGE], max(0, len(faults) - PAGE))


def import_progress(row: Import, now: datetime) -> ImportView:
    """How far an import is; one query."""
    return _view(_counted().get(pk=row.pk), now)


def _counted() -> QuerySet[Import]:
    good = Q(cases__faults=0, cases__is_known=False)
    return Import.objects.annotate(
        total=Count("cases"),
        good=Count("cases", filter=good),
        faulty=Count("cases", filter=Q(cases__faults__gt=0)),
        known=Count("cases", filter=Q(cases__is_known=True)),
        written=Count("cases", filter=good & ~Q(cases__case_ref="")),
    )


def _view(row: Import, now: datetime) -> ImportView:
    counts = vars(row)
    return ImportView(
        ref=row.ref,
        url=reverse("caseload-import-one", args=[row.ref]),
        when=f"{dates.short(dates.day_of(row.read_at), dates.day_of(now))} {dates.clock_time(row.read_at)}",
        state=row.state,
        state_label=str(ImportState(row.state).label),
        **{name: counts[name] for name in ("total", "good", "faulty", "known", "written")},
    )
