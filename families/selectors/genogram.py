"""The genogram of a family, drawn from its record; and the version one member of the family may see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from casusregie.core import audit, dates
from casusregie.core.access import Circles, may_read
from casusregie.core.models import Audience
from families import genogram as drawing
from families.access import CaseAccess, Tied
from families.choices import AuthorityStatus
from families.models import Condition, EmotionalLine, HouseholdMember, Person
from families.scanner import watch
from families.selectors.overlay import (
    AUTHORITY,
    BAN,
    CONDITION,
    CONTACT,
    SUPERVISION,
    add_overlays,
    layer_labels,
    layer_legend,
    piece_of,
)
from families.selectors.person import _age
from families.selectors.record import Family, Piece, family_of
from families.selectors.wording import sentence, words_of

ADULT = 18
NOBODY = Circles(frozenset(), frozenset())
# What is somebody's view, and filtered by it.
_VIEWED = (EmotionalLine, Condition)
# Authority is looked up for the team, not told by anybody: a reader's version has no place for it.
_READERS_LAYERS = (CONTACT, SUPERVISION, BAN, CONDITION)


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
    layers: list[ChoiceView]
    paper: str


def genogram(
    access: CaseAccess,
    now: datetime,
    *,
    view: str = "",
    reader: Person | None = None,
    layers: frozenset[str] | None = None,
) -> GenogramView:
    """The genogram of a case as it is today, with its readback.

    `view` is the reference of the party whose lines are shown (everybody's when empty). With `reader` it is the version
    of that person: only what she told or what was opened for her. `layers` are the codes of the overlays that are shown
    (all when None). At most fifteen queries, however large the family, and those of layers of higher rooms.
    """
    today = dates.day_of(now)
    labels = layer_labels()
    shown = frozenset(labels) if layers is None else layers
    family = family_of(access, today, with_authority=AUTHORITY in shown and reader is None)
    add_overlays(family, access, now)
    audit.seen(person.party.ref for person in family.people.values())
    pieces, kept_back = family.pieces, list[str]()
    openable: list[OpenableView] = []
    if reader is not None:
        openable, pieces = _for_reader(family, reader, now)
    elif view:
        pieces = [piece for piece in pieces if not isinstance(piece.item, _VIEWED) or piece.item.view.ref == view]
    pieces = [piece for piece in pieces if not piece.layer or piece.layer in shown]
    if reader is not None or not access.is_steward:
        party = reader.party_id if reader is not None else access.user.party_id
        pieces, kept_back = _scanned(access, pieces, party, now, family, keep=reader)
    marks = _marks(family, pieces, today) if AUTHORITY in shown and reader is None else ()
    record = _record(pieces, marks)
    drawn = drawing.draw(record, words_of(_("Genogram"), *_extras(pieces), layer_legend()))
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
        layers=[
            ChoiceView(code, label, code in shown)
            for code, label in labels.items()
            if reader is None or code in _READERS_LAYERS
        ],
        paper=drawing.paper_for(drawn),
    )


# --- For one reader ---------------------------------------------------------------------------------------------------


def _for_reader(family: Family, reader: Person, now: datetime) -> tuple[list[OpenableView], list[Piece]]:
    """What this person told or what was opened for her, and every item with whether it is; nothing else is let in."""
    wanted = {piece.item.known_to_id for piece in family.pieces if piece.code and piece.item and piece.item.known_to_id}
    audiences = Audience.objects.filter(pk__in=wanted).prefetch_related("readers")
    named = {audience.pk: may_read(reader.party_id, audience, now, circles=NOBODY) for audience in audiences}
    openable, let_in = [], []
    me = reader.party.ref
    for piece in family.pieces:
        if not piece.code or piece.item is None or piece.ends == (me,) and isinstance(piece.item, Person):
            continue
        is_open = named.get(piece.item.known_to_id or 0, False)
        is_told = piece.teller == reader.party_id and not piece.is_delicate
        text = sentence(drawing.Said(piece.row, _names(family, piece)))  # type: ignore[arg-type]  # a row of the record
        is_own = me in piece.ends and not isinstance(piece.item, _VIEWED)
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
        piece.row = replace(piece.row, is_index=False, born_text=year, href="")  # type: ignore[type-var]  # an individual
    ties = [replace(piece, source="") for piece in let_in if not isinstance(piece.item, Person)]
    return openable, people + ties


def _names(family: Family, piece: Piece) -> tuple[str, ...]:
    names = {person.party.ref: person.name.full for person in family.people.values()}
    return tuple(names[end] for end in piece.ends)


def _scanned(
    access: CaseAccess, pieces: list[Piece], party: int | None, now: datetime, family: Family, keep: Person | None
) -> tuple[list[Piece], list[str]]:
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


def _record(pieces: Iterable[Piece], marks: tuple[drawing.Mark, ...]) -> drawing.Record:
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
        conditions=tuple(row for row in rows if isinstance(row, drawing.Condition)),
        marks=(*marks, *(row for row in rows if isinstance(row, drawing.Mark))),
        links=tuple(row for row in rows if isinstance(row, drawing.Link)),
    )


def _extras(pieces: list[Piece]) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    sources = {piece.code: piece.source for piece in pieces if piece.source}
    seconds = frozenset(
        (f"h{piece.item.household_id}", piece.ends[0])
        for piece in pieces
        if isinstance(piece.item, HouseholdMember) and not piece.item.is_main
    )
    return sources, seconds


def _marks(family: Family, pieces: list[Piece], today: date) -> tuple[drawing.Mark, ...]:
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


def _groups(said: list[drawing.Said], pieces: list[Piece]) -> list[GroupView]:
    extras = _extras(pieces)
    codes = {piece.code for piece in pieces if piece.item is not None}
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
    if isinstance(row, drawing.Condition):
        return _("Illness, alcohol and drugs")
    if isinstance(row, drawing.Mark) and row.kind == "authority":
        return _("Authority over the children")
    if isinstance(row, drawing.Mark | drawing.Link):
        return _("Contact, supervision and bans")
    return _("Parents, children, brothers and sisters")


def _views(family: Family, chosen: str) -> list[ChoiceView]:
    names = {piece.item.view.ref: piece.item.view.label for piece in family.pieces if isinstance(piece.item, _VIEWED)}
    return [ChoiceView(ref, name, ref == chosen) for ref, name in sorted(names.items(), key=lambda row: row[1])]


def _readers(family: Family, chosen: Person | None) -> list[ChoiceView]:
    living = [person for person in family.people.values() if person.died_on is None]
    return [ChoiceView(row.party.ref, row.name.full, chosen is not None and row.pk == chosen.pk) for row in living]


def _past(family: Family, piece: Piece, what: str) -> PastView:
    return PastView(sentence(drawing.Said(piece.row, _names(family, piece))), what)  # type: ignore[arg-type]


# --- One tie ----------------------------------------------------------------------------------------------------------


def tie_text(access: CaseAccess, tie: Tied) -> str:
    """One tie as a sentence, for the page on which it is ended or taken back."""
    people = Person.objects.filter(case=access.case).select_related("party")
    family = Family({person.pk: person for person in people})
    piece = piece_of(family, tie)
    return sentence(drawing.Said(piece.row, _names(family, piece)))  # type: ignore[arg-type]  # a row of the record


def homes_of(access: CaseAccess) -> list[tuple[int, str]]:
    """The homes of a case by name, to choose from."""
    rows = access.case.households.order_by("label")
    return [(row.pk, row.label) for row in rows]


def harmless_codes(view: GenogramView) -> list[str]:
    """What a reader takes part in herself and is not delicate, as far as it is not open yet."""
    return [row.code for row in view.openable if row.is_own and not row.is_delicate and not row.is_open]
