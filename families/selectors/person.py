"""The persons of a case; how each is reached stands in `reach`."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse

from casusregie.core import audit, dates
from casusregie.core.choices import Right
from casusregie.core.models import Party
from families.access import CaseAccess
from families.choices import BirthPrecision
from families.models import Person
from families.selectors.speech import SPEECH_COLUMNS, SPEECH_JOIN, SpeechView, speech_of


@dataclass(frozen=True)
class PersonView:
    """A person as the family page shows her."""

    ref: str
    party_id: int
    name: str
    described_as: str
    birth: str
    age: int | None
    died: str
    in_household: bool
    url: str
    edit_url: str
    born: date | None = None
    born_precision: str = BirthPrecision.DAY
    died_on: date | None = None
    decides: "Decides | None" = None
    # With her first names in full: as it stands under what she signs.
    signed: str = ""
    speech: SpeechView | None = None


@dataclass(frozen=True)
class Decides:
    """That somebody cannot weigh a decision on a day, or who decides for her (`name`), and who says so."""

    kind: str
    name: str
    checked_where: str


_FIELDS = [field.attname for field in Person._meta.concrete_fields]


_PERSONS = f"""
    SELECT r.kind, r.name, r.checked_where, {SPEECH_COLUMNS}, y.ref,
           {", ".join(f'p."{field.column}"' for field in Person._meta.concrete_fields)}
      FROM families_person p JOIN core_party y ON y.id = p.party_id
      LEFT JOIN LATERAL (SELECT kind, name, checked_where FROM families_representation
                          WHERE person_id = p.id AND since <= %(today)s AND (until IS NULL OR until >= %(today)s)
                          ORDER BY id DESC LIMIT 1) r ON true
      {SPEECH_JOIN}
     WHERE p.case_id = %(case)s ORDER BY p.in_household DESC, p.sort_key, p.id
"""  # noqa: S608 - the names of the table's own columns


def _person(party_ref: str, *columns: Any) -> Person:
    """A person with the reference of her party; whatever else is asked of the party comes when it is."""
    person = Person.from_db(connection.alias, _FIELDS, columns)
    person.party = Party.from_db(connection.alias, ["id", "ref"], [person.party_id, party_ref])
    return person


def persons(access: CaseAccess, today: date) -> list[PersonView]:
    """The persons of a case, those of the household first, each by name; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, {"case": access.case.pk, "today": today})
        found = [
            (Decides(*row[:3]) if row[0] else None, speech_of(*row[3:8]), _person(*row[8:]))
            for row in cursor.fetchall()
        ]
    audit.seen(row.party.ref for _decides, _speech, row in found)
    return [replace(person_view(access, row, today), decides=who, speech=speech) for who, speech, row in found]


def names_of(access: CaseAccess, *, without: int = 0) -> list[str]:
    """The full names of the persons of a case, but for one of them."""
    return [row.name.full for row in Person.objects.filter(case=access.case).exclude(pk=without)]


def person_view(access: CaseAccess, row: Person, today: date) -> PersonView:
    """One person as her page and the list of the family show her."""
    return PersonView(
        ref=row.party.ref,
        party_id=row.party_id,
        name=row.name.full,
        described_as=row.described_as,
        birth=_birth(row),
        age=_age(row, today),
        died=dates.long(row.died_on) if row.died_on else "",
        in_household=row.in_household,
        url=reverse("person", args=[access.case.ref, row.party.ref]),
        edit_url=reverse("person-edit", args=[access.case.ref, row.party.ref]) if access.may(Right.CASE_DIRECT) else "",
        born=row.birth_date,
        born_precision=row.birth_precision,
        died_on=row.died_on,
        signed=row.name.signed,
    )


def _birth(row: Person) -> str:
    if row.birth_date is None:
        return ""
    if row.birth_precision == "year":
        return str(row.birth_date.year)
    return dates.long(row.birth_date) if row.birth_precision == "day" else f"{row.birth_date:%m-%Y}"


def _age(row: Person, today: date) -> int | None:
    if row.birth_date is None:
        return None
    last = row.died_on or today
    before = (last.month, last.day) < (row.birth_date.month, row.birth_date.day)
    return last.year - row.birth_date.year - before
