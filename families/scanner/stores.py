"""What is stored of a case and could leave: each higher room says how to look at what is its own.

A new fact is held against all of it. The same inversion as a slot: the registered function names outputs, this room
scans them and keeps what was found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from families.models import Case


@dataclass(frozen=True)
class Stored:
    """One stored output for one reader. `files` are finished bytes by name; `given` is first, last and how often."""

    door: str
    what: str
    reader: str
    reader_ids: tuple[int, ...]
    parts: dict[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    given: tuple[datetime | None, datetime | None, int] = (None, None, 0)


Store = Callable[[Case, datetime], Iterator[Stored]]
_stores: list[Store] = []


def register_store(store: Store) -> None:
    """Let a higher room say what it has stored of a case; registering twice is once."""
    if store not in _stores:
        _stores.append(store)


def stored(case: Case, now: datetime) -> Iterator[Stored]:
    """Everything that is stored of a case and could leave."""
    for store in _stores:
        yield from store(case, now)
