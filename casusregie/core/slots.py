"""Places on a page that a higher app fills: the one allowed inversion of the import order (design.md 3).

A page names a slot; an app above fills it from its `AppConfig.ready()` with a function. A form names its parts in the
same way. All slots in use are listed in the README.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class SlotItem:
    """One small thing in a slot: a label, a value, optionally an address; `kind` names its look."""

    label: str
    value: str
    url: str = ""
    kind: str = ""


Filler = Callable[[str, datetime], list[SlotItem]]
_fillers: dict[str, list[Filler]] = defaultdict(list)


def fill(slot: str, filler: Filler) -> None:
    """Register `filler(case_ref, now) -> list[SlotItem]` for a slot; filling twice with the same function is once."""
    if filler not in _fillers[slot]:
        _fillers[slot].append(filler)


def items(slot: str, case_ref: str, now: datetime) -> list[SlotItem]:
    """Everything the higher apps put in a slot for this case, in the order of registration."""
    return [item for filler in _fillers.get(slot, []) for item in filler(case_ref, now)]


def names() -> list[str]:
    """The slots somebody fills, and the pages to whose form somebody adds (the README lists the same: a test)."""
    return sorted([*_fillers, *_parts])


class PartForm(Protocol):
    """The form of a part: empty costs nothing, and is no error."""

    @property
    def is_used(self) -> bool:
        """Whether anything was filled in; a part that was not is neither checked nor saved."""

    @property
    def errors(self) -> Mapping[str, Any]:
        """What was wrong, by field."""

    def is_valid(self) -> bool:
        """Whether what was filled in can be saved."""

    def content(self) -> dict[str, Any]:
        """What was filled in; it belongs to what a key against double sending stands for."""


@dataclass(frozen=True)
class FormPart:
    """A folded part that a higher app adds to a form of a lower one, saved with it in one transaction.

    `make(access, data, now)` gives its form, or None when it is not for this reader (`data` None: a fresh page).
    `save(content, source, by, now)` stores it; `source` is what the form itself made.
    """

    name: str
    template: str
    make: Callable[[Any, Any, datetime], PartForm | None]
    save: Callable[[dict[str, Any], Any, Any, datetime], None]


@dataclass(frozen=True)
class FilledPart:
    """A part with what was filled in."""

    part: FormPart
    content: dict[str, Any]


_parts: dict[str, list[FormPart]] = defaultdict(list)


def register_part(page: str, part: FormPart) -> None:
    """Let a higher app add a part to the form of this page; a second one of the same name replaces the first."""
    _parts[page] = [*(one for one in _parts[page] if one.name != part.name), part]


def parts(page: str) -> list[FormPart]:
    """The parts of the form of this page, in the order of registration."""
    return list(_parts.get(page, []))


# How many things wait for a person in a place of the navigation (user, now).
Counter = Callable[[Any, datetime], int]
_badges: dict[str, Counter] = {}


def register_badge(name: str, count: Counter) -> None:
    """Let a higher app count what waits in the place with this address name, in one query; the frame shows it."""
    _badges[name] = count


def badge(name: str, user: Any, now: datetime) -> int:
    """How many wait there for this person; 0 for a place that nobody counts."""
    count = _badges.get(name)
    return count(user, now) if count else 0


_checks: dict[str, Callable[[datetime], bool]] = {}


def register_check(name: str, check: Callable[[datetime], bool]) -> None:
    """Let a higher app say whether its part of the house stands; `/gezondheid/` asks it."""
    _checks[name] = check


def checks() -> dict[str, Callable[[datetime], bool]]:
    """All checks by name."""
    return dict(_checks)


@dataclass(frozen=True)
class Banner:
    """What stands on top of every page of one person while something runs: words, an address, and two buttons."""

    text: str
    url: str
    is_late: bool
    end_url: str
    end_label: str
    longer_url: str
    longer_label: str
    seen: str


_banner: list[Callable[[Any, datetime], Banner | None]] = []


def register_banner(show: Callable[[Any, datetime], Banner | None]) -> None:
    """Let a higher app say what stands on top of the pages of who is inside somewhere; the frame asks only then."""
    _banner[:] = [show]


def banner(user: Any, now: datetime) -> Banner | None:
    """What stands on top of this person's pages; None for nothing."""
    return _banner[0](user, now) if _banner else None
