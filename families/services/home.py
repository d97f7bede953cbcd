"""Homes: who lives where from when, and that the household of a family says the same everywhere.

`Person.in_household` is what lists and sorting read. As soon as a home of somebody was noted it follows from her homes,
and `homes_follow` is the only one that writes it; before that it is what the form of the person says.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, dates
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.choices import HomeKind
from families.models import Case, Household, HouseholdMember, Person


@dataclass(frozen=True)
class HomeData:
    """A home that is there (`household`) or a new one (`label`), from when until when, and whether it is the main one."""

    household: int | None = None
    label: str = ""
    since: date | None = None
    until: date | None = None
    is_main: bool = True
    source: str = ""
    kind: str = HomeKind.FAMILY


@transaction.atomic
def household_join(
    *, case: Case, by: User, people: list[Person], data: HomeData, now: datetime
) -> list[HouseholdMember]:
    """Say that these persons live in a home. A person has one main home on a day, and as many others as there are.

    Raises ValidationError, with her name, for who has another main home on one of these days.
    """
    if data.since and data.until and data.until < data.since:
        raise ValidationError({"until": _("This is before the beginning.")})
    household = _household(case, data)
    made = [_member(household, person, data, by, now) for person in people]
    homes_follow(today=clock.local_date(now), people=people)
    audit.record("household.joined", case_ref=case.ref, objects=[person.party.ref for person in people])
    return made


def _member(household: Household, person: Person, data: HomeData, by: User, now: datetime) -> HouseholdMember:
    try:
        with transaction.atomic():
            return HouseholdMember.objects.create(
                household=household,
                person=person,
                since=data.since,
                until=data.until,
                is_main=data.is_main,
                source=data.source,
                noted_by=by,
                noted_at=now,
            )
    except IntegrityError as error:
        sentence = _("%(name)s has another main home in this time. End that first, or add this one as a second home.")
        raise ValidationError({"people": sentence % {"name": person.name.full}}) from error


def _household(case: Case, data: HomeData) -> Household:
    if data.household is not None:
        found = Household.objects.filter(case=case, pk=data.household).first()
        if found is None:
            raise ValidationError({"household": _("Choose one of these homes.")})
        return found
    label = " ".join(data.label.split())
    if not label:
        raise ValidationError({"label": _("Give this home a name that is no address.")})
    return Household.objects.get_or_create(case=case, label=label, defaults={"kind": data.kind})[0]


def household_join_once(
    *, case: Case, by: User, people: list[Person], data: HomeData, key: UUID, now: datetime
) -> Sent:
    """`household_join` for a form: the same form twice is once. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        household_join(case=case, by=by, people=people, data=data, now=now)
        return reverse("genogram", args=[case.ref])

    content = {"case": case.ref, "people": sorted(person.pk for person in people), **asdict(data)}
    return once(key=key, user=by, form="household", content=content, now=now, make=make)


@transaction.atomic
def household_move(*, case: Case, by: User, people: list[Person], data: HomeData, now: datetime) -> None:
    """Let these persons live in another home from a day on, in one step: their main home ends the day before.

    As a second home (`is_main` false) nothing ends. Raises ValidationError without a day, for a home in which somebody
    lives already, and for who has a main home that begins on or after that day: two on one day cannot be.
    """
    since = data.since
    if since is None:
        raise ValidationError({"since": _("Say from which day.")})
    household = _household(case, data)
    for person in people:
        mine = HouseholdMember.objects.select_for_update(of=("self",)).select_related("household")
        mine = mine.filter(person=person, withdrawn_at__isnull=True).filter(Q(until__isnull=True) | Q(until__gte=since))
        _leave(person, list(mine), household, data, since)
        _member(household, person, data, by, now)
    homes_follow(today=clock.local_date(now), people=people)
    audit.record("household.moved", case_ref=case.ref, objects=[person.party.ref for person in people])


def _leave(person: Person, mine: list[HouseholdMember], household: Household, data: HomeData, since: date) -> None:
    """End the main home of before; raises ValidationError for one that cannot end the day before."""
    words = {"name": person.name.full}
    for row in mine:
        if row.household_id == household.pk and row.is_main == data.is_main:
            raise ValidationError({"household": _("%(name)s lives there already.") % words})
        if not (row.is_main and data.is_main):
            continue
        if row.since is not None and row.since >= since:
            sentence = _("%(name)s has a main home from %(day)s on. Two main homes on one day cannot be.")
            raise ValidationError({"since": sentence % {**words, "day": dates.long(row.since)}})
        row.until = since - timedelta(days=1)
        row.save(update_fields=["until"])


def household_move_once(
    *, case: Case, by: User, people: list[Person], data: HomeData, back_to: Person, key: UUID, now: datetime
) -> Sent:
    """`household_move` for a form, then back to a person. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        household_move(case=case, by=by, people=people, data=data, now=now)
        return f"{reverse('person', args=[case.ref, back_to.party.ref])}#details"

    content = {"case": case.ref, "people": sorted(person.pk for person in people), **asdict(data)}
    return once(key=key, user=by, form="move", content=content, now=now, make=make)


# Who has a home that was noted and has begun: whether one of the homes of this day is a home of the family.
_FOLLOW = """
    UPDATE families_person p SET in_household = t.lives
      FROM (SELECT m.person_id, bool_or(h.kind = 'family' AND (m.until IS NULL OR m.until >= %(today)s)) AS lives
              FROM families_householdmember m JOIN families_household h ON h.id = m.household_id
             WHERE m.withdrawn_at IS NULL AND (m.since IS NULL OR m.since <= %(today)s)
               AND (%(everybody)s OR m.person_id = ANY(%(people)s))
             GROUP BY m.person_id) t
     WHERE p.id = t.person_id AND p.in_household <> t.lives
"""


def homes_follow(*, today: date, people: Iterable[Person] | None = None) -> int:
    """Bring `in_household` in step with the homes of this day, of these persons or (each night) of everybody.

    Returns for how many it changed. Who has no home that was noted keeps what her form says.
    """
    ids = [person.pk for person in people] if people is not None else []
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"today": today, "everybody": people is None, "people": ids})
        return int(cursor.rowcount)


def has_homes(*, person: Person, today: date) -> bool:
    """Whether a home of hers was noted and has begun: then that says where she lives."""
    homes = HouseholdMember.objects.filter(person=person, withdrawn_at__isnull=True)
    return homes.filter(Q(since__isnull=True) | Q(since__lte=today)).exists()
