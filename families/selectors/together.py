"""Whether a family is worked with together now: who was spoken to alone, and what each wants; the one definition."""

from collections.abc import Iterable
from datetime import date

from families.choices import Position, RelationKind, WorkingForm
from families.models import Case, Person, PositionNote, Relation, SpokenAlone
from families.together import Adult, missing_for_together

ADULT = 18


def missing_before_together(case: Case, today: date) -> list[str]:
    """What is missing before this case may be worked on together; the one definition."""
    return missing_for_together([adult for _p, adult, _on in spoken_alone(case, today)])


def working_form(case: Case, today: date) -> WorkingForm:
    """How this case is worked on now: together only while everything that it asks is still so (design.md 5).

    Somebody comes of age, moves in, or takes her yes back alone: from that moment it works as *not decided*, whatever
    was chosen. No query unless together was chosen, then four.
    """
    chosen = WorkingForm(case.working_form)
    if chosen == WorkingForm.JOINT and missing_before_together(case, today):
        return WorkingForm.UNDECIDED
    return chosen


def adults_of(case: Case, today: date) -> list[Person]:
    """Living adults of the household, and who is or was the partner of one of them."""
    people = {row.pk: row for row in Person.objects.filter(case=case, died_on__isnull=True).select_related("party")}
    grown = {pk: row for pk, row in people.items() if _is_grown(row, today)}
    inside = {pk for pk, row in grown.items() if row.in_household}
    children = set()
    for kind, one, other in Relation.objects.filter(case=case, withdrawn_at__isnull=True).values_list(
        "kind", "one_id", "other_id"
    ):
        if kind == RelationKind.PARTNER and (one in inside or other in inside):
            inside |= {one, other} & grown.keys()
        elif kind == RelationKind.PARENT:
            children.add(other)
    # Whose age nobody noted and who has a parent here is a child until her birth date says otherwise.
    young = {pk for pk in inside if people[pk].birth_date is None and pk in children}
    return sorted((people[pk] for pk in inside - young), key=lambda row: row.sort_key)


def _is_grown(row: Person, today: date) -> bool:
    if row.birth_date is None:
        return True
    passed = (today.month, today.day) >= (row.birth_date.month, row.birth_date.day)
    return today.year - row.birth_date.year - (not passed) >= ADULT


def spoken_alone(case: Case, today: date) -> list[tuple[Person, Adult, date | None]]:
    """Every adult with what she said alone last, and on which day; who was not spoken to stands without a wish."""
    newest: dict[int, SpokenAlone] = {}
    for row in SpokenAlone.objects.filter(person__case=case, on__lte=today).order_by("on", "pk"):
        newest[row.person_id] = row
    notes = notes_that_count(PositionNote.objects.filter(person__case=case))
    hurt = {row.person_id for row in notes if row.position == Position.HURT and is_now(row, today)}
    found = []
    for person in adults_of(case, today):
        said = newest.get(person.pk)
        # Who is hurt now is at risk, whatever was ticked at the talk.
        at_risk = person.pk in hurt or bool(said and said.is_at_risk)
        adult = Adult(person.name.full, said.wish if said else "", at_risk)
        found.append((person, adult, said.on if said else None))
    return found


def notes_that_count(rows: Iterable[PositionNote]) -> list[PositionNote]:
    """Of one person, position and pattern the newest note: so a position ends, and a mistake is put right."""
    by_age = sorted(rows, key=lambda row: row.pk)
    return list({(row.person_id, row.position, row.pattern.strip().casefold()): row for row in by_age}.values())


def is_now(row: PositionNote, today: date) -> bool:
    """Whether somebody is in this position on a day."""
    return row.since <= today and (row.until is None or row.until >= today)
