"""What a drawing is made of: the record of one family as plain values, without a database and without a language."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Individual:
    """Somebody; `sex` is man, woman, other or unknown, `born_text` the birth as far as it is known.

    `href` is where her symbol leads; empty where it leads nowhere, as on paper that leaves.
    """

    key: str
    name: str
    given: str = ""
    sex: str = "unknown"
    born: date | None = None
    born_text: str = ""
    died: date | None = None
    died_text: str = ""
    is_dead: bool = False
    age: int | None = None
    is_index: bool = False
    href: str = ""


@dataclass(frozen=True)
class Parentage:
    """A parent of a child; `nature` is "" (not said), biological, adoptive, foster or carer."""

    key: str
    parent: str
    child: str
    nature: str = ""


@dataclass(frozen=True)
class Couple:
    """Two partners; `nature` is "", married, registered, cohabiting, relation, lat or affair, `ended` how it ended."""

    key: str
    one: str
    other: str
    nature: str = ""
    since: date | None = None
    until: date | None = None
    ended: str = ""


@dataclass(frozen=True)
class Siblings:
    """Brothers and sisters of whom it is known without their parents; `nature` is "" or half."""

    key: str
    one: str
    other: str
    nature: str = ""


@dataclass(frozen=True)
class Twins:
    """Two children of one birth; `nature` is "", identical or fraternal."""

    key: str
    one: str
    other: str
    nature: str = ""


@dataclass(frozen=True)
class Pregnancy:
    """A child that is expected, or that did not live: expected, miscarriage, abortion or stillbirth."""

    key: str
    carrier: str
    other: str = ""
    outcome: str = "expected"
    due: date | None = None


@dataclass(frozen=True)
class Feeling:
    """An emotional line, from `one` to `other` where it has a direction; `view` names whose view it is."""

    key: str
    one: str
    other: str
    kind: str
    view: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Home:
    """Who lives together."""

    key: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """An illness or a use; `kind` is physical, psychological, alcohol or drugs, `state` present, suspected or recovery."""

    key: str
    person: str
    kind: str
    state: str = "present"
    words: str = ""
    view: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Mark:
    """A short text under a person, of an overlay: who has authority over a child; `said` is the whole sentence."""

    person: str
    text: str
    kind: str = "authority"
    key: str = ""
    said: str = ""


@dataclass(frozen=True)
class Link:
    """A line of an overlay between two persons: an arrangement, a ban; from `one` to `other` where it has a direction."""

    key: str
    one: str
    other: str
    kind: str
    said: str = ""


@dataclass(frozen=True)
class Record:
    """One family."""

    individuals: tuple[Individual, ...] = ()
    parentages: tuple[Parentage, ...] = ()
    couples: tuple[Couple, ...] = ()
    siblings: tuple[Siblings, ...] = ()
    twins: tuple[Twins, ...] = ()
    pregnancies: tuple[Pregnancy, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    homes: tuple[Home, ...] = ()
    conditions: tuple[Condition, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
