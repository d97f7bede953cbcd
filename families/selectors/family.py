"""The list of the family: who lives where, how each is reached in one line, and what to mind."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from families.access import CaseAccess
from families.choices import RepresentationKind
from families.selectors.fact import page_guard
from families.selectors.person import PersonView
from families.selectors.reach import ReachView, reach_briefly


@dataclass(frozen=True)
class FamilyRow:
    """One person of the list: how reachable (None: she died), and what to mind in a few words each."""

    person: PersonView
    reach: ReachView | None
    warnings: list[str]
    also_lives: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class HomeGroup:
    """Who lives in one home; `title` is its name, or in words when no home was noted."""

    title: str
    rows: list[FamilyRow]


def family_list(access: CaseAccess, people: Sequence[PersonView], now: datetime) -> list[HomeGroup]:
    """The persons of a case by the home they live in, the household first.

    Who is no steward sees no home whose name holds something confidential. One query, whatever their number, and for her
    those of looking at what is confidential.
    """
    reached = {one.party_id: one for one in _told(access, reach_briefly(access, now), now)}
    groups: dict[str, list[FamilyRow]] = {}
    for person in people:
        reach = reached.get(person.party_id)
        homes = reach.homes if reach else []
        row = FamilyRow(
            person=person,
            reach=reach,
            warnings=_warnings(person, reach),
            also_lives=[label for label, is_main in homes if not is_main],
        )
        groups.setdefault(_title(person, [label for label, is_main in homes if is_main]), []).append(row)
    return [HomeGroup(title, rows) for title, rows in sorted(groups.items(), key=lambda group: _place(group[1]))]


def _told(access: CaseAccess, reached: list[ReachView], now: datetime) -> list[ReachView]:
    labels = {label for one in reached for label, _is_main in one.homes}
    if access.is_steward or not labels:
        return reached
    guard = page_guard(access.case, access.user.party_id or 0, now)
    told = {label for label in labels if guard.shows("home", label)}
    return [replace(one, homes=[home for home in one.homes if home[0] in told]) for one in reached]


def _title(person: PersonView, homes: list[str]) -> str:
    if person.died:
        return _("Died")
    if homes:
        return homes[0]
    return _("The household") if person.in_household else _("Live elsewhere")


def _place(rows: list[FamilyRow]) -> tuple[bool, bool, bool]:
    """The home of the household first, then other homes, who lives elsewhere after them, who died last."""
    has_home = any(row.reach and row.reach.homes for row in rows)
    inside = any(row.person.in_household for row in rows)
    return (all(bool(row.person.died) for row in rows), not inside, not (has_home or inside))


def _warnings(person: PersonView, reach: ReachView | None) -> list[str]:
    apart = [_("not together with %(who)s") % {"who": who} for who in reach.apart_from] if reach else []
    decides = [str(RepresentationKind(person.decides.kind).label)] if person.decides else []
    return [*apart, *decides]
