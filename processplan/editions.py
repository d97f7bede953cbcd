"""One plan, each reader her own edition: composed from an allow-list, never blacked out (design.md 6).

An edition is made for one reader. The core is what every signatory may read, and exists only when the family works
together; the rest of an edition is what names this reader. Nothing is taken away: what is not allowed was never there,
and nothing in an edition tells that another exists. The same functions compose the page, the PDF and what a partner sees.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from casusregie.core.access import Circles, may_read
from casusregie.core.choices import Circle
from casusregie.core.models import Party
from families.choices import WorkingForm
from processplan.choices import ItemKind, Rhythm

CORE = "kern"
FILE = "dossier"
NOBODY = Circles(frozenset(), frozenset())


@dataclass(frozen=True)
class FrozenReaders:
    """The readers of an item as they were when it was offered; asked with the one `may_read` like any audience."""

    scope: str
    party_ids: frozenset[int]
    circle: str = Circle.STEWARDS

    def named(self, at: datetime) -> Iterable[int]:
        """The parties that are readers by name."""
        return self.party_ids


@dataclass(frozen=True)
class Item:
    """A goal, action or agreement as it stands in a version."""

    ref: str
    kind: str
    text: str
    is_common: bool
    readers: tuple[int, ...]
    owner: str = ""
    owner_party_id: int | None = None
    owner_role: str = ""
    goal: str = ""
    due_on: str = ""


@dataclass(frozen=True)
class Content:
    """Everything a version says; frozen as JSON when it is offered."""

    case_ref: str
    form: str
    common_goal: str
    rhythm: str
    director: str
    signatories: tuple[tuple[int, str], ...]
    items: tuple[Item, ...]
    moments: tuple[str, ...] = ()


def freeze(content: Content) -> dict[str, Any]:
    """The document that is stored and never changed."""
    return asdict(content)


def thaw(stored: Mapping[str, Any]) -> Content:
    """A stored document as content again."""
    items = tuple(Item(**{**item, "readers": tuple(item["readers"])}) for item in stored["items"])
    signatories = tuple((party_id, name) for party_id, name in stored["signatories"])
    return Content(**{**stored, "items": items, "signatories": signatories, "moments": tuple(stored["moments"])})


@dataclass(frozen=True)
class Reader:
    """For whom an edition is: the core, the file, somebody of the family, or a partner in her role."""

    key: str
    name: str
    party_id: int | None = None
    is_partner: bool = False

    @classmethod
    def of(cls, party: Party, *, is_partner: bool) -> "Reader":
        """The reader behind a party."""
        return cls(party.ref, party.label, party.pk, is_partner)


CORE_READER = Reader(CORE, "")
FILE_READER = Reader(FILE, "")


@dataclass(frozen=True)
class SignatureView:
    """A signature as it stands in an edition."""

    name: str
    on: str
    kind: str
    drawing: str = ""
    typed: str = ""
    statement: str = ""


@dataclass(frozen=True)
class Edition:
    """What one reader gets of one version."""

    reader: Reader
    number: int
    common_goal: str
    rhythm: str
    director: str
    together: tuple[str, ...]
    goals: tuple[Item, ...]
    steps: tuple[Item, ...]
    agreements: tuple[Item, ...]
    moments: tuple[str, ...]
    has_core: bool
    offered: str = ""
    signatures: tuple[SignatureView, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing for this reader."""
        return not (self.goals or self.steps or self.agreements or (self.has_core and self.common_goal))

    @property
    def goals_with_steps(self) -> list[tuple[Item, list[Item]]]:
        """Each goal of this edition with the actions for it."""
        return [(goal, [step for step in self.steps if step.goal == goal.ref]) for goal in self.goals]

    @property
    def loose_steps(self) -> list[Item]:
        """The actions that are for no goal of this edition."""
        here = {goal.ref for goal in self.goals}
        return [step for step in self.steps if step.goal not in here]

    @property
    def shown_sha256(self) -> str:
        """The digest of what is read before signing: everything in the edition but the signatures."""
        return _digest({**asdict(self), "signatures": ()})

    @property
    def sha256(self) -> str:
        """The digest of the whole edition, signatures included: another edition is another file."""
        return _digest(asdict(self))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str, ensure_ascii=True).encode()).hexdigest()


def compose(
    content: Content,
    number: int,
    reader: Reader,
    at: datetime,
    signatures: Iterable[tuple[int, SignatureView]] = (),
    offered: str = "",
) -> Edition:
    """The edition of one version for one reader. `signatures` are pairs of party and signature; each reads her own only.

    `number` and `offered` are the number of this reader's own edition and the day it was first offered (`place_of`).
    """
    joint = content.form == WorkingForm.JOINT
    everything = reader.key == FILE
    signs = reader.party_id in {party_id for party_id, _name in content.signatories}
    has_core = joint and (everything or reader.key == CORE or (signs and not reader.is_partner))
    items = [item for item in content.items if everything or _may_read(content, item, reader, has_core, at)]
    own = tuple(view for party_id, view in signatures if everything or party_id == reader.party_id)
    return Edition(
        reader=reader,
        number=number,
        common_goal=content.common_goal if has_core or everything else "",
        rhythm=str(Rhythm(content.rhythm).label) if has_core or everything else "",
        director=content.director,
        together=tuple(name for _id, name in content.signatories) if has_core else (),
        goals=tuple(item for item in items if item.kind == ItemKind.GOAL),
        steps=tuple(item for item in items if item.kind == ItemKind.STEP),
        agreements=tuple(item for item in items if item.kind == ItemKind.AGREEMENT),
        moments=content.moments if has_core or everything else (),
        has_core=has_core,
        offered=offered,
        signatures=own,
    )


def _may_read(content: Content, item: Item, reader: Reader, has_core: bool, at: datetime) -> bool:
    if item.is_common and has_core:
        return True
    if reader.party_id is None:
        return False
    readers = FrozenReaders(content.case_ref, frozenset(item.readers))
    return may_read(reader.party_id, readers, at, scope=content.case_ref, circles=NOBODY)


def number_for(contents: list[Content], reader: Reader, at: datetime) -> int:
    """The number of this reader's edition: how often what she reads was new, up to the last of `contents`."""
    return place_of(contents, reader, at)[0]


def place_of(contents: list[Content], reader: Reader, at: datetime) -> tuple[int, int]:
    """The number of this reader's edition, and which of `contents` offered it to her first.

    Both count per reader, so that neither a gap nor a new date tells of somebody else's plan (design.md 6).
    """
    number, place, before = 0, len(contents) - 1, ""
    for index, content in enumerate(contents):
        now = compose(content, 0, reader, at)
        if not now.is_empty and now.shown_sha256 != before:
            number, place, before = number + 1, index, now.shown_sha256
    return number, place


def text_of(edition: Edition) -> dict[str, str]:
    """Everything an edition says, by the code of where it stands: what the scanner looks at before there is a file."""
    parts = {"common_goal": edition.common_goal}
    for kind, items in (("goal", edition.goals), ("step", edition.steps), ("agreement", edition.agreements)):
        for number, item in enumerate(items, start=1):
            parts[f"{kind}:{number}"] = f"{item.text}\n{item.owner}\n{item.due_on}"
    parts["statement"] = "\n".join(f"{one.statement}\n{one.typed}" for one in edition.signatures)
    parts["together"] = "\n".join([*edition.together, edition.director, *edition.moments])
    return parts
