"""Who has authority over each child, and who is asked for consent and to sign, on a day (domain.md b)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casusregie.core import dates
from families.access import CaseAccess
from families.asked import ADULT, Asked, Holding, Young, asked
from families.choices import AuthorityBasis, AuthoritySource, AuthorityStatus, BirthPrecision, RepresentationKind
from families.models import Authority, Person
from families.selectors.person import Decides, PersonView


@dataclass(frozen=True)
class AuthorityView:
    """Whether one adult or organisation has authority over a child, and where that was looked up."""

    holder_ref: str
    holder: str
    status: str
    status_label: str
    checked: str
    words: str = ""


@dataclass(frozen=True)
class ChildView:
    """A child with everybody of whom authority is known, or asked because she is a parent, and who is asked for what."""

    ref: str
    name: str
    authorities: list[AuthorityView]
    asked: Asked
    representation: str = ""

    @property
    def asks(self) -> bool:
        """Whether something must be looked up first."""
        return not self.asked.is_certain


def children(
    access: CaseAccess, people: Sequence[PersonView], parents: dict[int, list[int]], on: date
) -> list[ChildView]:
    """Everybody under eighteen, or without a known age but with a parent or a holder, and for whom others decide; one query."""
    by_id = {person.party_id: person for person in people}
    known = _known(access, on)
    found = []
    for person in people:
        if person.died or (not _is_child(person, parents, known) and person.decides is None):
            continue
        rows = known.get(person.party_id, {})
        # Authority ends with a life: who died is not asked, nor looked up.
        alive = [holder for holder in (*parents.get(person.party_id, []), *rows) if not _died(holder, by_id)]
        holders = dict.fromkeys(alive)
        found.append(
            ChildView(
                person.ref,
                person.name,
                [_view(holder, rows.get(holder), by_id) for holder in holders],
                asked(
                    _young(person, on),
                    [_holding(holder, rows.get(holder), by_id) for holder in holders],
                ),
                _representation_words(person.decides),
            )
        )
    return found


Holder = int | str


def _is_child(person: PersonView, parents: dict[int, list[int]], known: dict[int, Any]) -> bool:
    if person.age is not None:
        return person.age < ADULT
    return person.party_id in parents or person.party_id in known


def _died(holder: Holder, people: dict[int, PersonView]) -> bool:
    return isinstance(holder, int) and holder in people and bool(people[holder].died)


def _known(access: CaseAccess, on: date) -> dict[int, dict[Holder, Authority]]:
    """By child, for each holder (party number, or an organisation's name) the newest row that holds on this day."""
    known: dict[int, dict[Holder, Authority]] = {}
    rows = Authority.objects.filter(child__case=access.case).select_related("child", "holder").order_by("pk")
    for row in rows:
        if (row.since is None or row.since <= on) and (row.until is None or row.until >= on):
            known.setdefault(row.child.party_id, {})[row.holder.party_id if row.holder else row.body] = row
    return known


def _young(person: PersonView, on: date) -> Young:
    decides = person.decides
    youngest, oldest = ages(person.born, person.born_precision, on)
    return Young(person.name, youngest, oldest, decides is not None, decides.name if decides else "")


def ages(born: date | None, precision: str, on: date) -> tuple[int | None, int | None]:
    """The least and the most years somebody can be on a day; both None when nothing is known."""
    if born is None:
        return None, None
    first, last = born, born
    if precision == BirthPrecision.YEAR:
        first, last = date(born.year, 1, 1), date(born.year, 12, 31)
    elif precision == BirthPrecision.MONTH:
        first, last = born.replace(day=1), born.replace(day=monthrange(born.year, born.month)[1])
    return max(0, _years(last, on)), max(0, _years(first, on))


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _holding(holder: Holder, row: Authority | None, people: dict[int, PersonView]) -> Holding:
    person = people.get(holder) if isinstance(holder, int) else None
    return Holding(
        name=person.name if person else str(holder),
        status=row.status if row else AuthorityStatus.UNKNOWN,
        basis=row.basis if row else "",
        since=row.since if row else None,
        part=row.part if row else "",
        checked=_checked(row),
        is_minor=person is not None and person.age is not None and person.age < ADULT,
        is_replaced=row is not None and row.replaced_on is not None,
    )


def _view(holder: Holder, row: Authority | None, people: dict[int, PersonView]) -> AuthorityView:
    person = people.get(holder) if isinstance(holder, int) else None
    status = AuthorityStatus(row.status) if row else AuthorityStatus.UNKNOWN
    return AuthorityView(
        person.ref if person else "",
        person.name if person else str(holder),
        status.value,
        str(status.label),
        _checked(row),
        _words(row),
    )


def _checked(row: Authority | None) -> str:
    if row is None or row.checked_on is None:
        return ""
    source = AuthoritySource(row.source).label if row.source in (AuthoritySource.BRP, AuthoritySource.REGISTER) else ""
    where = row.checked_where if not source else f"{source} ({row.checked_where})"
    return _("checked on %(day)s: %(where)s") % {"day": dates.long(row.checked_on), "where": where}


def _words(row: Authority | None) -> str:
    """On what it rests, which part, from when and until when; empty when nothing of it is known."""
    if row is None:
        return ""
    said = [str(AuthorityBasis(row.basis).label) if row.basis else "", row.part]
    if row.since:
        said.append(_("from %(day)s") % {"day": dates.long(row.since)})
    if row.until:
        said.append(_("until and including %(day)s") % {"day": dates.long(row.until)})
    if row.replaced_on:
        said.append(_("the court consented instead on %(day)s") % {"day": dates.long(row.replaced_on)})
    return ", ".join(part for part in said if part)


def _representation_words(row: Decides | None) -> str:
    if row is None:
        return ""
    words = str(RepresentationKind(row.kind).label)
    return f"{words}{': ' if row.name else ''}{row.name} ({row.checked_where})"


def authority_initial(child: Person, holder_ref: str) -> dict[str, Any]:
    """What was noted last of one adult's authority over a child, to begin a form with."""
    row = Authority.objects.filter(child=child, holder__party__ref=holder_ref).order_by("-pk").first()
    found: dict[str, Any] = {"holder": holder_ref}
    if row is not None:
        names = ("status", "basis", "part", "since", "until", "replaced_on", "checked_on", "source", "checked_where")
        found |= {name: getattr(row, name) for name in names}
    return found
