"""Overlays of the genogram: what lies over the family and can be switched off, each a layer with a code.

This room knows authority, contact, supervision, who may not meet, and what somebody has. A higher room adds a layer of
its own by `register_layer`, the same inversion as a slot; what it adds is the team's and stands in nobody's version.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casusregie.core import dates
from families import genogram as drawing
from families.access import CaseAccess, Tied
from families.choices import BANS, ApartKind, ArrangementKind, ArrangementSource
from families.models import (
    Arrangement,
    Case,
    Condition,
    EmotionalLine,
    HouseholdMember,
    KeepApart,
    Pregnancy,
    Relation,
)
from families.selectors.apart import end_of, ends_on_the_hour
from families.selectors.record import (
    Family,
    Piece,
    line_piece,
    member_piece,
    pregnancy_piece,
    relation_piece,
    sort,
)
from families.selectors.wording import period

AUTHORITY = "gezag"
CONTACT = "omgang"
SUPERVISION = "toezicht"
BAN = "verbod"
CONDITION = "aandoening"


@dataclass(frozen=True)
class Layer:
    """A layer that a higher room lays over the drawing.

    `code` stands in the address, `label` beside its switch; `legend` names each kind of its rows; `rows` gives what is
    drawn of a case at a moment, with persons by their party reference and a key that is unique within the layer.
    """

    code: str
    label: Any
    rows: Callable[[Case, datetime], Iterable[drawing.Mark | drawing.Link]]
    legend: dict[str, Any]


OWN: dict[str, Any] = {
    AUTHORITY: gettext_lazy("authority over each child"),
    CONTACT: gettext_lazy("contact arrangements"),
    SUPERVISION: gettext_lazy("supervision and placement"),
    BAN: gettext_lazy("who may not meet"),
    CONDITION: gettext_lazy("illness, alcohol and drugs"),
}
_layers: dict[str, Layer] = {}


def register_layer(layer: Layer) -> None:
    """Let a higher room lay something over the drawing; registering the same code again replaces it."""
    _layers[layer.code] = layer


def forget_layer(code: str) -> None:
    """Take a layer away that was registered."""
    _layers.pop(code, None)


def layer_labels() -> dict[str, str]:
    """Every layer there is by its code, with the words beside its switch."""
    return {code: str(label) for code, label in OWN.items()} | {one.code: str(one.label) for one in _layers.values()}


def layer_legend() -> dict[str, str]:
    """The words of the legend for what higher rooms add, by the code of the sign."""
    words: dict[str, str] = {}
    for layer in _layers.values():
        for kind, label in layer.legend.items():
            words |= {f"mark_{kind}": str(label), f"link_{kind}": str(label)}
    return words


def add_overlays(family: Family, access: CaseAccess, now: datetime) -> None:
    """Lay everything over a family that is not its ties; three queries, and those of higher rooms."""
    case, today = access.case, dates.day_of(now)
    for row in Arrangement.objects.filter(case=case).select_related("withdrawn_by").order_by("kind", "pk"):
        sort(family, arrangement_piece(family, row), row, today)
    for apart in KeepApart.objects.filter(case=case).select_related("withdrawn_by").order_by("kind", "pk"):
        piece = apart_piece(family, apart)
        if apart.ends_at and apart.ends_at <= now and apart.withdrawn_at is None:
            family.past.append((piece, _("ended on %(day)s") % {"day": end_of(apart)}))
        elif apart.starts_at and apart.starts_at > now and apart.withdrawn_at is None:
            family.past.append((piece, _("begins on %(day)s") % {"day": dates.long(apart.since)}))
        else:
            sort(family, piece, apart, today)
    for condition in Condition.objects.filter(case=case).select_related("view", "withdrawn_by").order_by("kind", "pk"):
        sort(family, condition_piece(family, condition), condition, today)
    family.pieces += _from_above(family, case, now)


def _from_above(family: Family, case: Case, now: datetime) -> list[Piece]:
    """What higher rooms lay over the family, as far as everybody in it is drawn."""
    known = {person.party.ref for person in family.people.values()}
    found = []
    for layer in _layers.values():
        for number, drawn in enumerate(layer.rows(case, now)):
            ends = (drawn.person,) if isinstance(drawn, drawing.Mark) else (drawn.one, drawn.other)
            if known.issuperset(ends):
                found.append(Piece(f"x{layer.code}{number}", None, drawn, ends, True, layer=layer.code))
    return found


def arrangement_piece(family: Family, row: Arrangement) -> Piece:
    """An arrangement about a child: contact as a line, supervision and placement as words under the child."""
    child = family.people[row.child_id]
    other = family.people[row.other_id] if row.other_id else None
    ends = (child.party.ref, other.party.ref) if other else (child.party.ref,)
    names = {"child": child.name.full, "other": other.name.full if other else row.body, "body": row.body}
    key = f"a{row.pk}"
    seen = _("seen in: %(where)s") % {"where": ArrangementSource(row.seen_in).label}
    if row.seen_in == ArrangementSource.OTHER:
        seen = _("told, not seen")
    tail = [*([row.words] if row.words else []), *period(row.since, row.until), seen]
    drawn: object
    if row.kind == ArrangementKind.CONTACT and other is not None:
        said = ", ".join([_("contact of %(child)s with %(other)s") % names, *tail])
        drawn = drawing.Link(key, ends[0], ends[-1], row.kind, said)
        return Piece(key, row, drawn, ends, True, source=row.source, layer=CONTACT)
    if row.kind == ArrangementKind.SUPERVISION:
        text, said = _("OTS: %(body)s") % names, _("%(child)s is under supervision (OTS) of %(body)s") % names
    else:
        where = _("with %(name)s") % {"name": other.given_name or other.name.full} if other else row.body
        text = _("placed: %(where)s") % {"where": where}
        said = _("%(child)s was placed out of home: %(where)s") % {"child": names["child"], "where": where}
    drawn = drawing.Mark(ends[0], text, row.kind, key, ", ".join([said, *tail]))
    return Piece(key, row, drawn, ends, True, source=row.source, layer=SUPERVISION)


def apart_piece(family: Family, row: KeepApart) -> Piece:
    """Two who may not meet; of a ban, from whom to whom, by whom, and until its own end."""
    one, other = family.people[row.one_id], family.people[row.other_id]
    names = {"one": one.name.full, "other": other.name.full, "kind": ApartKind(row.kind).label}
    if row.kind in BANS:
        parts = [_("%(kind)s: %(one)s may not come near %(other)s") % names]
    else:
        parts = [_("%(one)s and %(other)s may not meet: %(kind)s") % names]
    if row.body:
        parts.append(_("decided by %(body)s") % {"body": row.body})
    parts.append(_("from %(day)s") % {"day": dates.long(row.since)})
    if ends_on_the_hour(row):
        parts.append(_("until %(moment)s") % {"moment": end_of(row)})
    elif row.until:
        parts.append(_("until %(day)s") % {"day": end_of(row)})
    ends = (one.party.ref, other.party.ref)
    drawn = drawing.Link(f"k{row.pk}", *ends, row.kind, ", ".join(parts))
    return Piece(drawn.key, row, drawn, ends, True, source=row.source, layer=BAN)


def condition_piece(family: Family, row: Condition) -> Piece:
    """What somebody has, and who sees it so; as delicate as a diagnosis."""
    person = family.people[row.person_id].party.ref
    drawn = drawing.Condition(
        f"d{row.pk}", person, row.kind, row.state, row.words, row.view.label, row.since, row.until
    )
    return Piece(drawn.key, row, drawn, (person,), True, row.view_id, row.source, CONDITION)


def piece_of(family: Family, row: Tied) -> Piece:
    """One tie with what stands for it in the drawing."""
    makers: dict[type, Callable[[Family, Any], Piece]] = {
        Relation: relation_piece,
        EmotionalLine: line_piece,
        Pregnancy: pregnancy_piece,
        HouseholdMember: member_piece,
        Arrangement: arrangement_piece,
        KeepApart: apart_piece,
        Condition: condition_piece,
    }
    return makers[type(row)](family, row)
