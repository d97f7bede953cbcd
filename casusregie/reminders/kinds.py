"""The kinds of promise there are: each is registered by the app that owns what is promised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casusregie.reminders.choices import Rung


@dataclass(frozen=True)
class Kind:
    """What the reminders need to know of a kind of promise, and nothing of its content.

    `recipients(ref, rung, now)` gives the ids of the users on a rung; `still_due(ref, now)` whether somebody must still
    be told; `words(refs)` a sentence and an address for each reference, read when *berichten* is opened. Of a kind that
    `is_bundled` one mail tells somebody of all that is due in one round; never so with what is urgent.
    """

    name: str
    recipients: Callable[[str, Rung, datetime], Sequence[int]]
    still_due: Callable[[str, datetime], bool]
    words: Callable[[Sequence[str]], dict[str, tuple[str, str]]]
    ladder: tuple[tuple[Rung, int], ...]
    urgent: bool = False
    is_bundled: bool = False

    def __post_init__(self) -> None:
        if self.urgent and self.is_bundled:
            raise ValueError(self.name)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; the same name again replaces it."""
    _kinds[kind.name] = kind


def get(name: str) -> Kind | None:
    """The kind of that name; None when its app is gone."""
    return _kinds.get(name)


def everything() -> list[Kind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
