"""What to beware of, and who is inside until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, dates
from casusregie.core.models import User
from families.access import CaseAccess
from families.models import ConflictOfInterest
from families.selectors import leaders, team_people
from network.choices import CautionKind
from network.models import Caution, Stay

_ICONS = {
    CautionKind.DOG: "dog",
    CautionKind.WEAPON: "sword",
    CautionKind.AGGRESSION: "zap",
    CautionKind.NOT_ALONE: "users",
    CautionKind.OTHER: "triangle-alert",
}


@dataclass(frozen=True)
class CautionView:
    """One thing to beware of; `who` is empty for the address itself."""

    ref: str
    kind: str
    kind_label: str
    icon: str
    who: str
    note: str
    noted: str
    by: str


def cautions(case_ref: str, party_ids: Collection[int] | None = None) -> list[CautionView]:
    """What to beware of in a case, of the address first; with `party_ids` only of the address and these people.

    At most two queries. The notes are for the case team; whoever calls has asked that.
    """
    rows = Caution.objects.filter(case__ref=case_ref, ended_at__isnull=True)
    if party_ids is not None:
        rows = rows.filter(Q(person__isnull=True) | Q(person__party_id__in=party_ids))
    columns = ("ref", "kind", "person__party__label", "note", "noted_at", "noted_by__name")
    found = sorted(rows.values_list(*columns).order_by("pk"), key=lambda row: row[2] or "")
    noted = [note for _ref, _kind, _who, note, _at, _by in found if note is not None]
    opened = iter(crypto.decrypt_all((case_ref, note) for note in noted) if noted else [])
    audit.seen(ref for ref, *_rest in found)
    return [
        CautionView(
            ref,
            kind,
            str(CautionKind(kind).label),
            _ICONS[CautionKind(kind)],
            who or "",
            next(opened) if note is not None else "",
            dates.short(dates.day_of(at)),
            by,
        )
        for ref, kind, who, note, at, by in found
    ]


@dataclass(frozen=True)
class StayView:
    """Somebody is inside until a time. `place` only for who may open it."""

    ref: str
    case_ref: str
    who: str
    phone: str
    colleague: str
    until: str
    until_at: datetime
    day: str
    since: str
    is_over: bool
    is_closed: bool
    closed_by: str
    closed: str
    place: str = ""

    @property
    def seen(self) -> str:
        """The end that stands on the page, as its buttons send it."""
        return self.until_at.astimezone(clock.LOCAL).isoformat(timespec="minutes")


def stay_open_of(user: User, now: datetime) -> StayView | None:
    """The stay of this person that is still open, without its place; one query, and none when she has none."""
    if user.inside_until is None:
        return None
    row = Stay.objects.filter(user=user, closed_at__isnull=True).select_related("case", "colleague").first()
    if row is None:
        return None
    row.user = user
    return _view(row, "", now)


def stay_view(stay: Stay, now: datetime) -> StayView:
    """One stay with its place, for who may open it (`network.access.stay_for`)."""
    place = crypto.decrypt(stay.case.ref, stay.place) if stay.place is not None else ""
    return _view(stay, place, now)


def _view(row: Stay, place: str, now: datetime) -> StayView:
    today, day = clock.local_date(now), clock.local_date(row.until_at)
    return StayView(
        ref=row.ref,
        case_ref=row.case.ref,
        who=row.user.name,
        phone=row.user.phone,
        colleague=row.colleague.name,
        until=dates.clock_time(row.until_at),
        until_at=row.until_at,
        day="" if day == today else _("tomorrow") if day > today else dates.short(day, today),
        since=dates.clock_time(row.started_at),
        is_over=row.closed_at is None and row.until_at <= now,
        is_closed=row.closed_at is not None,
        closed_by=row.closed_by.name if row.closed_by else "",
        closed=dates.clock_time(row.closed_at) if row.closed_at else "",
        place=place,
    )


def stay_colleagues(access: CaseAccess) -> list[tuple[int, str]]:
    """Who can be told when she does not report back: her team, then its leaders, nobody with a conflict of interest.

    Three queries.
    """
    user = access.user
    barred = set(ConflictOfInterest.objects.filter(case=access.case).values_list("user_id", flat=True)) | {user.pk}
    found = dict([*team_people(user.team_id), *leaders(user.team_id)])
    return [(pk, name) for pk, name in found.items() if pk not in barred]


def stay_colleague_of(user: User) -> int | None:
    """Whom she chose the last time."""
    return Stay.objects.filter(user=user).order_by("-pk").values_list("colleague_id", flat=True).first()
