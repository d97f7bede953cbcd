"""What there is of a family to draw: every row of the record with what stands for it in the drawing."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import dates
from families import genogram as drawing
from families.access import CaseAccess, Tied
from families.choices import VIOLENCE_LINES, AuthorityStatus, Nature, RelationKind, Sex
from families.models import (
    Arrangement,
    Authority,
    EmotionalLine,
    HouseholdMember,
    KeepApart,
    Person,
    Pregnancy,
    Relation,
)
from families.selectors.person import _age, _birth


@dataclass
class Piece:
    """One item of the record with what stands for it in the drawing, who are in it, and who told it.

    `layer` is the overlay it belongs to. What a higher room adds has no item: it is the team's and never opened.
    """

    code: str
    item: Person | Tied | None
    row: object
    ends: tuple[str, ...]
    is_delicate: bool = False
    teller: int | None = None
    source: str = ""
    layer: str = ""


@dataclass
class Family:
    """Everything of a case that a drawing can show."""

    people: dict[int, Person]
    pieces: list[Piece] = field(default_factory=list)
    past: list[tuple[Piece, str]] = field(default_factory=list)
    authority: list[Authority] = field(default_factory=list)


def family_of(access: CaseAccess, today: date, *, with_authority: bool) -> Family:
    """Persons, ties and homes of a case, to be drawn or to be told as history; overlays are `overlay.add_overlays`."""
    case = access.case
    rows = Person.objects.filter(case=case).select_related("party").order_by("sort_key", "pk")
    family = Family({person.pk: person for person in rows})
    for person in family.people.values():
        family.pieces.append(
            Piece(
                f"p{person.party.ref}",
                person,
                _individual(person, today, person_url(access, person)),
                (person.party.ref,),
            )
        )
    for relation in Relation.objects.filter(case=case).select_related("withdrawn_by").order_by("since", "pk"):
        sort(family, relation_piece(family, relation), relation, today)
    lines = EmotionalLine.objects.filter(case=case).select_related("view", "withdrawn_by").order_by("pk")
    for line in lines:
        sort(family, line_piece(family, line), line, today)
    for pregnancy in Pregnancy.objects.filter(case=case).select_related("withdrawn_by").order_by("due_on", "pk"):
        sort(family, pregnancy_piece(family, pregnancy), pregnancy, today)
    members = HouseholdMember.objects.filter(household__case=case).select_related("household", "withdrawn_by")
    for member in members.order_by("household__pk", "person__sort_key", "pk"):
        sort(family, member_piece(family, member), member, today)
    if not any(isinstance(piece.item, HouseholdMember) for piece in family.pieces):
        _one_home(family)
    if with_authority:
        family.authority = _authority(access, today)
    return family


def _authority(access: CaseAccess, today: date) -> list[Authority]:
    """For each child and holder the newest row that holds today, as far as it says that there is authority."""
    newest: dict[tuple[int, int | str], Authority] = {}
    for row in Authority.objects.filter(child__case=access.case).order_by("pk"):
        if (row.since is None or row.since <= today) and (row.until is None or row.until >= today):
            newest[(row.child_id, row.holder_id or row.body)] = row
    return [row for row in newest.values() if row.status in (AuthorityStatus.YES, AuthorityStatus.PART)]


def sort(family: Family, piece: Piece, row: Tied, today: date) -> None:
    """To the drawing what holds today; what was taken back, has ended (but not a couple) or is to come, to the history."""
    if row.withdrawn_at is not None:
        words = {"name": row.withdrawn_by.name if row.withdrawn_by else "", "why": row.withdrawn_why}
        family.past.append((piece, _("taken back by %(name)s: %(why)s") % words))
        return
    is_couple = isinstance(row, Relation) and row.kind == RelationKind.PARTNER
    if row.until is not None and row.until < today and not is_couple:
        family.past.append((piece, _("ended on %(day)s") % {"day": dates.long(row.until)}))
    elif isinstance(row, HouseholdMember | Arrangement | KeepApart) and row.since is not None and row.since > today:
        family.past.append((piece, _("begins on %(day)s") % {"day": dates.long(row.since)}))
    else:
        family.pieces.append(piece)


def person_url(access: CaseAccess, person: Person) -> str:
    """Where the symbol of a person leads: to her page, which everybody who reads the whole drawing may open."""
    return reverse("person", args=[access.case.ref, person.party.ref])


def _individual(person: Person, today: date, href: str) -> drawing.Individual:
    dead = person.died_on is not None
    return drawing.Individual(
        key=person.party.ref,
        name=person.name.full,
        given=person.given_name or person.name.full,
        sex=person.sex,
        born=person.birth_date,
        born_text=_birth(person),
        died=person.died_on,
        died_text=dates.long(person.died_on) if person.died_on else "",
        is_dead=dead,
        age=_age(person, today),
        is_index=person.is_index,
        href=href,
    )


def relation_piece(family: Family, row: Relation) -> Piece:
    """A relation; what is delicate of it is never opened together with other things."""
    one, other = (family.people[pk].party.ref for pk in (row.one_id, row.other_id))
    key = f"r{row.pk}"
    drawn: object
    delicate = row.nature == Nature.AFFAIR
    if row.kind == RelationKind.PARTNER:
        drawn = drawing.Couple(key, one, other, row.nature, row.since, row.until, row.ended_how)
    elif row.kind == RelationKind.PARENT:
        drawn = drawing.Parentage(key, one, other, row.nature)
        # Who the mother is, is seldom a secret; who the father is can be one, and so can adoption.
        delicate = row.nature == Nature.ADOPTIVE or (
            row.nature in ("", Nature.BIOLOGICAL) and family.people[row.one_id].sex != Sex.WOMAN
        )
    elif row.kind == RelationKind.TWIN:
        drawn = drawing.Twins(key, one, other, row.nature)
    else:
        drawn = drawing.Siblings(key, one, other, row.nature)
        delicate = row.nature == Nature.HALF
    return Piece(key, row, drawn, (one, other), delicate, source=row.source)


def line_piece(family: Family, row: EmotionalLine) -> Piece:
    """An emotional line; violence, control and conflict are delicate."""
    one, other = (family.people[pk].party.ref for pk in (row.one_id, row.other_id))
    drawn = drawing.Feeling(f"l{row.pk}", one, other, row.kind, row.view.label, row.since, row.until)
    return Piece(drawn.key, row, drawn, (one, other), row.kind in VIOLENCE_LINES, row.view_id, row.source)


def pregnancy_piece(family: Family, row: Pregnancy) -> Piece:
    """A pregnancy, which is always delicate."""
    carrier = family.people[row.carrier_id].party.ref
    other = family.people[row.other_id].party.ref if row.other_id else ""
    drawn = drawing.Pregnancy(f"z{row.pk}", carrier, other, row.outcome, row.due_on)
    return Piece(drawn.key, row, drawn, (carrier, other) if other else (carrier,), True, source=row.source)


def member_piece(family: Family, row: HouseholdMember) -> Piece:
    """Somebody in a home, which is always delicate: who lives where."""
    person = family.people[row.person_id].party.ref
    drawn = drawing.Home(f"h{row.household_id}", row.household.label, (person,))
    return Piece(f"w{row.pk}", row, drawn, (person,), True, source=row.source)


def _one_home(family: Family) -> None:
    """As long as no homes are noted: who is said to live in the household, and lives, live together."""
    at_home = [person for person in family.people.values() if person.in_household and person.died_on is None]
    if len(at_home) > 1 and len(at_home) < len(family.people):
        for person in at_home:
            home = drawing.Home("h0", "", (person.party.ref,))
            family.pieces.append(Piece("", person, home, (person.party.ref,), True))
