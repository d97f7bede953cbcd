"""The genogram of a family, drawn from its record; and the version one member of the family may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from casusregie.core import audit, dates
from casusregie.core.access import Circles, may_read
from casusregie.core.models import Audience
from families import genogram as drawing
from families.access import CaseAccess
from families.choices import VIOLENCE_LINES, AuthorityStatus, Nature, RelationKind, Sex
from families.models import Authority, EmotionalLine, HouseholdMember, Person, Pregnancy, Relation
from families.scanner import watch
from families.selectors.person import _age, _birth
from families.selectors.wording import sentence, words_of

ADULT = 18
NOBODY = Circles(frozenset(), frozenset())
AUTHORITY = "gezag"


@dataclass(frozen=True)
class SentenceView:
    """One thing of the drawing in words; `code` leads the director to where it is changed."""

    key: str
    text: str
    code: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GroupView:
    """Sentences of one kind under a heading."""

    title: str
    sentences: list[SentenceView]


@dataclass(frozen=True)
class ChoiceView:
    """Something to choose: whose view, for whom."""

    ref: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class OpenableView:
    """One item with whether this reader may know it.

    `is_own`: the reader takes part in it herself; only such items, and of those only what is not delicate, are opened
    together. Everything else (that somebody exists, how others are related, what others said) is opened one by one.
    """

    code: str
    text: str
    is_open: bool
    is_told: bool
    is_delicate: bool
    is_own: bool


@dataclass(frozen=True)
class PastView:
    """A tie that ended or was taken back, with who and why."""

    text: str
    what: str


@dataclass(frozen=True)
class GenogramView:
    """The page: the drawing, the same in words, and what can be chosen."""

    svg: SafeString
    groups: list[GroupView]
    views: list[ChoiceView]
    readers: list[ChoiceView]
    reader: str
    reader_ref: str
    openable: list[OpenableView]
    kept_back: list[str]
    past: list[PastView]
    has_people: bool
    shows_authority: bool


@dataclass
class _Piece:
    """One item of the record with what stands for it in the drawing, who are in it, and who told it."""

    code: str
    item: Person | Relation | EmotionalLine | Pregnancy | HouseholdMember
    row: object
    ends: tuple[str, ...]
    is_delicate: bool = False
    teller: int | None = None
    source: str = ""


@dataclass
class _Family:
    """Everything of a case that a drawing can show."""

    people: dict[int, Person]
    pieces: list[_Piece] = field(default_factory=list)
    past: list[tuple[_Piece, str]] = field(default_factory=list)
    authority: list[Authority] = field(default_factory=list)


def genogram(
    access: CaseAccess,
    now: datetime,
    *,
    view: str = "",
    reader: Person | None = None,
    shows_authority: bool = True,
) -> GenogramView:
    """The genogram of a case as it is today, with its readback.

    `view` is the reference of the party whose lines are shown (everybody's when empty). With `reader` it is the version
    of that person: only what she told or what was opened for her. At most twelve queries, however large the family.
    """
    today = dates.day_of(now)
    family = _load(access, today, with_authority=shows_authority and reader is None)
    audit.seen(person.party.ref for person in family.people.values())
    pieces, kept_back = family.pieces, list[str]()
    openable: list[OpenableView] = []
    if reader is not None:
        openable, pieces = _for_reader(family, reader, now)
    elif view:
        pieces = [piece for piece in pieces if not isinstance(piece.item, EmotionalLine) or piece.item.view.ref == view]
    if reader is not None or not access.is_steward:
        party = reader.party_id if reader is not None else access.user.party_id
        pieces, kept_back = _scanned(access, pieces, party, now, family, keep=reader)
    marks = _marks(family, pieces, today) if shows_authority and reader is None else ()
    record = _record(pieces, marks)
    drawn = drawing.draw(record, words_of(_("Genogram"), *_extras(pieces)))
    return GenogramView(
        svg=mark_safe(drawn.svg),  # noqa: S308 - every text in it was escaped by the writer
        groups=_groups(drawn.said, pieces),
        views=_views(family, view),
        readers=_readers(family, reader),
        reader=reader.name.full if reader else "",
        reader_ref=reader.party.ref if reader else "",
        openable=openable,
        kept_back=kept_back if access.is_steward else [],
        past=[_past(family, piece, what) for piece, what in family.past]
        if access.is_steward and reader is None
        else [],
        has_people=bool(record.individuals),
        shows_authority=shows_authority,
    )


# --- What there is ----------------------------------------------------------------------------------------------------


def _load(access: CaseAccess, today: date, *, with_authority: bool) -> _Family:
    case = access.case
    rows = Person.objects.filter(case=case).select_related("party").order_by("sort_key", "pk")
    family = _Family({person.pk: person for person in rows})
    for person in family.people.values():
        family.pieces.append(_Piece(f"p{person.party.ref}", person, _individual(person, today), (person.party.ref,)))
    for relation in Relation.objects.filter(case=case).select_related("withdrawn_by").order_by("since", "pk"):
        _sort(family, _relation(family, relation), relation, today)
    lines = EmotionalLine.objects.filter(case=case).select_related("view", "withdrawn_by").order_by("pk")
    for line in lines:
        _sort(family, _line(family, line), line, today)
    for pregnancy in Pregnancy.objects.filter(case=case).select_related("withdrawn_by").order_by("due_on", "pk"):
        _sort(family, _expected(family, pregnancy), pregnancy, today)
    members = HouseholdMember.objects.filter(household__case=case).select_related("household", "withdrawn_by")
    for member in members.order_by("household__pk", "person__sort_key", "pk"):
        _sort(family, _member(family, member), member, today)
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


def _sort(
    family: _Family, piece: _Piece, row: Relation | EmotionalLine | Pregnancy | HouseholdMember, today: date
) -> None:
    """To the drawing what holds today; what was taken back, has ended (but not a couple) or is to come, to the history."""
    if row.withdrawn_at is not None:
        words = {"name": row.withdrawn_by.name if row.withdrawn_by else "", "why": row.withdrawn_why}
        family.past.append((piece, _("taken back by %(name)s: %(why)s") % words))
        return
    is_couple = isinstance(row, Relation) and row.kind == RelationKind.PARTNER
    if row.until is not None and row.until < today and not is_couple:
        family.past.append((piece, _("ended on %(day)s") % {"day": dates.long(row.until)}))
    elif isinstance(row, HouseholdMember) and row.since is not None and row.since > today:
        family.past.append((piece, _("begins on %(day)s") % {"day": dates.long(row.since)}))
    else:
        family.pieces.append(piece)


def _individual(person: Person, today: date) -> drawing.Individual:
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
    )


def _relation(family: _Family, row: Relation) -> _Piece:
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
    return _Piece(key, row, drawn, (one, other), delicate, source=row.source)


def _line(family: _Family, row: EmotionalLine) -> _Piece:
    one, other = (family.people[pk].party.ref for pk in (row.one_id, row.other_id))
    drawn = drawing.Feeling(f"l{row.pk}", one, other, row.kind, row.view.label, row.since, row.until)
    return _Piece(drawn.key, row, drawn, (one, other), row.kind in VIOLENCE_LINES, row.view_id, row.source)


def _expected(family: _Family, row: Pregnancy) -> _Piece:
    carrier = family.people[row.carrier_id].party.ref
    other = family.people[row.other_id].party.ref if row.other_id else ""
    drawn = drawing.Pregnancy(f"z{row.pk}", carrier, other, row.outcome, row.due_on)
    return _Piece(drawn.key, row, drawn, (carrier, other) if other else (carrier,), True, source=row.source)


def _member(family: _Family, row: HouseholdMember) -> _Piece:
    person = family.people[row.person_id].party.ref
    drawn = drawing.Home(f"h{row.household_id}", row.household.label, (person,))
    return _Piece(f"w{row.pk}", row, drawn, (person,), True, source=row.source)


def _one_home(family: _Family) -> None:
    """As long as no homes are noted: who is said to live in the household, and lives, live together."""
    at_home = [person for person in family.people.values() if person.in_household and person.died_on is None]
    if len(at_home) > 1 and len(at_home) < len(family.people):
        for person in at_home:
            home = drawing.Home("h0", "", (person.party.ref,))
            family.pieces.append(_Piece("", person, home, (person.party.ref,), True))


# --- For one reader ---------------------------------------------------------------------------------------------------


def _for_reader(family: _Family, reader: Person, now: datetime) -> tuple[list[OpenableView], list[_Piece]]:
    """What this person told or what was opened for her, and every item with whether it is; nothing else is let in."""
    wanted = {piece.item.known_to_id for piece in family.pieces if piece.code and piece.item.known_to_id}
    audiences = Audience.objects.filter(pk__in=wanted).prefetch_related("readers")
    named = {audience.pk: may_read(reader.party_id, audience, now, circles=NOBODY) for audience in audiences}
    openable, let_in = [], []
    me = reader.party.ref
    for piece in family.pieces:
        if not piece.code or piece.ends == (me,) and isinstance(piece.item, Person):
            continue
        is_open = named.get(piece.item.known_to_id or 0, False)
        is_told = piece.teller == reader.party_id and not piece.is_delicate
        text = sentence(drawing.Said(piece.row, _names(family, piece)))  # type: ignore[arg-type]  # a row of the record
        is_own = me in piece.ends and not isinstance(piece.item, EmotionalLine)
        openable.append(OpenableView(piece.code, text, is_open, is_told, piece.is_delicate, is_own))
        if is_open or is_told:
            let_in.append(piece)
    seen = {me, *(end for piece in let_in for end in piece.ends)}
    people = [
        piece for piece in family.pieces if isinstance(piece.item, Person) and piece.code and piece.ends[0] in seen
    ]
    for piece in people:
        # Who it is about, for the file, is nobody's business at home.
        year = str(piece.item.birth_date.year) if isinstance(piece.item, Person) and piece.item.birth_date else ""
        piece.row = replace(piece.row, is_index=False, born_text=year)  # type: ignore[type-var]  # an individual
    ties = [replace(piece, source="") for piece in let_in if not isinstance(piece.item, Person)]
    return openable, people + ties


def _names(family: _Family, piece: _Piece) -> tuple[str, ...]:
    names = {person.party.ref: person.name.full for person in family.people.values()}
    return tuple(names[end] for end in piece.ends)


def _scanned(
    access: CaseAccess, pieces: list[_Piece], party: int | None, now: datetime, family: _Family, keep: Person | None
) -> tuple[list[_Piece], list[str]]:
    """Without every item in whose words something stands that this reader may not know."""
    words = {
        piece.code: f"{sentence(drawing.Said(piece.row, _names(family, piece)))} {piece.source}"  # type: ignore[arg-type]
        for piece in pieces
        if piece.code
    }
    readers = [] if party is None else [party]
    hits = {found.where for found in watch(access.case, now).hits(words, readers)}
    mine = f"p{keep.party.ref}" if keep else ""
    gone = {piece.ends[0] for piece in pieces if piece.code in hits - {mine} and isinstance(piece.item, Person)}
    left = [piece for piece in pieces if piece.code not in hits - {mine} and not gone & set(piece.ends)]
    return left, [words[code].strip() for code in words if code in hits - {mine}]


# --- What is drawn ----------------------------------------------------------------------------------------------------


def _record(pieces: Iterable[_Piece], marks: tuple[drawing.Mark, ...]) -> drawing.Record:
    rows = [piece.row for piece in pieces]
    homes: dict[str, drawing.Home] = {}
    for row in rows:
        if isinstance(row, drawing.Home):
            before = homes.get(row.key)
            homes[row.key] = replace(row, members=(before.members if before else ()) + row.members)
    return drawing.Record(
        individuals=tuple(row for row in rows if isinstance(row, drawing.Individual)),
        parentages=tuple(row for row in rows if isinstance(row, drawing.Parentage)),
        couples=tuple(row for row in rows if isinstance(row, drawing.Couple)),
        siblings=tuple(row for row in rows if isinstance(row, drawing.Siblings)),
        twins=tuple(row for row in rows if isinstance(row, drawing.Twins)),
        pregnancies=tuple(row for row in rows if isinstance(row, drawing.Pregnancy)),
        feelings=tuple(row for row in rows if isinstance(row, drawing.Feeling)),
        homes=tuple(homes.values()),
        marks=marks,
    )


def _extras(pieces: list[_Piece]) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    sources = {piece.code: piece.source for piece in pieces if piece.source}
    seconds = frozenset(
        (f"h{piece.item.household_id}", piece.ends[0])
        for piece in pieces
        if isinstance(piece.item, HouseholdMember) and not piece.item.is_main
    )
    return sources, seconds


def _marks(family: _Family, pieces: list[_Piece], today: date) -> tuple[drawing.Mark, ...]:
    """Under each child who has authority now, as far as that was looked up."""
    shown = {piece.ends[0] for piece in pieces if isinstance(piece.item, Person)}
    holders: dict[int, list[str]] = {}
    for row in family.authority:
        holder = family.people[row.holder_id] if row.holder_id else None
        name = (holder.given_name or holder.name.full) if holder else row.body
        part = _("%(name)s (in part)") % {"name": name} if row.status == AuthorityStatus.PART else name
        holders.setdefault(row.child_id, []).append(part)
    marks = []
    for person in family.people.values():
        age = _age(person, today)
        if person.party.ref in shown and person.died_on is None and age is not None and age < ADULT:
            names = ", ".join(holders.get(person.pk, [])) or _("not known")
            marks.append(drawing.Mark(person.party.ref, _("authority: %(names)s") % {"names": names}))
    return tuple(marks)


def _groups(said: list[drawing.Said], pieces: list[_Piece]) -> list[GroupView]:
    extras = _extras(pieces)
    codes = {piece.code for piece in pieces}
    groups: dict[str, list[SentenceView]] = {}
    for thing in said:
        key = getattr(thing.row, "key", "")
        text = sentence(thing, sources=extras[0], seconds=extras[1])
        code = key if key in codes and key[:1] != "p" else ""
        links = tuple(
            (piece.code, name)
            for piece in pieces
            if isinstance(thing.row, drawing.Home) and isinstance(piece.item, HouseholdMember)
            for member, name in zip(thing.row.members, thing.names, strict=False)
            if piece.ends[0] == member and f"h{piece.item.household_id}" == key
        )
        groups.setdefault(_heading(thing.row), []).append(SentenceView(key, text, code, links))
    return [GroupView(title, rows) for title, rows in groups.items()]


def _heading(row: object) -> str:
    if isinstance(row, drawing.Individual):
        return _("Who")
    if isinstance(row, drawing.Couple):
        return _("Couples")
    if isinstance(row, drawing.Feeling):
        return _("What goes on between them")
    if isinstance(row, drawing.Home):
        return _("Who lives together")
    if isinstance(row, drawing.Mark):
        return _("Authority over the children")
    return _("Parents, children, brothers and sisters")


def _views(family: _Family, chosen: str) -> list[ChoiceView]:
    names = {
        piece.item.view.ref: piece.item.view.label for piece in family.pieces if isinstance(piece.item, EmotionalLine)
    }
    return [ChoiceView(ref, name, ref == chosen) for ref, name in sorted(names.items(), key=lambda row: row[1])]


def _readers(family: _Family, chosen: Person | None) -> list[ChoiceView]:
    living = [person for person in family.people.values() if person.died_on is None]
    return [ChoiceView(row.party.ref, row.name.full, chosen is not None and row.pk == chosen.pk) for row in living]


def _past(family: _Family, piece: _Piece, what: str) -> PastView:
    return PastView(sentence(drawing.Said(piece.row, _names(family, piece))), what)  # type: ignore[arg-type]


# --- One tie ----------------------------------------------------------------------------------------------------------


def tie_text(access: CaseAccess, tie: Relation | EmotionalLine | Pregnancy | HouseholdMember) -> str:
    """One tie as a sentence, for the page on which it is ended or taken back."""
    people = Person.objects.filter(case=access.case).select_related("party")
    family = _Family({person.pk: person for person in people})
    if isinstance(tie, Relation):
        piece = _relation(family, tie)
    elif isinstance(tie, EmotionalLine):
        piece = _line(family, tie)
    elif isinstance(tie, Pregnancy):
        piece = _expected(family, tie)
    else:
        piece = _member(family, tie)
    return sentence(drawing.Said(piece.row, _names(family, piece)))  # type: ignore[arg-type]  # a row of the record


def homes_of(access: CaseAccess) -> list[tuple[int, str]]:
    """The homes of a case by name, to choose from."""
    rows = access.case.households.order_by("label")
    return [(row.pk, row.label) for row in rows]


def harmless_codes(view: GenogramView) -> list[str]:
    """What a reader takes part in herself and is not delicate, as far as it is not open yet."""
    return [row.code for row in view.openable if row.is_own and not row.is_delicate and not row.is_open]
