"""Where events stand on a timeline: a lane a person, one axis of years; places only, the template draws.

Places along the axis are percentages, so that words and marks keep their size on every screen; heights are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LANE = 44
LEFT, RIGHT = 1.5, 98.5
MOST_TICKS = 8
# Marks nearer than this (in percent of the axis) stand under each other in their lane, at most so many.
NEAR = 2.2
DEEPEST = 3


@dataclass(frozen=True)
class Happening:
    """What the timeline needs of an event: its number in the table, its days, and in whose lanes it stands."""

    number: int
    on: date
    until: date | None
    lanes: tuple[int, ...]
    kind: str


@dataclass(frozen=True)
class Mark:
    """One mark in one lane; `width` is empty for a moment and a percentage for a stretch."""

    number: int
    x: str
    y: int
    width: str
    kind: str


@dataclass(frozen=True)
class Tick:
    """A year on the axis."""

    x: str
    label: str


@dataclass(frozen=True)
class Lifeline:
    """The whole picture: marks, years, and its height in pixels."""

    marks: list[Mark]
    ticks: list[Tick]
    height: int
    lane: int = LANE


def lifeline(happenings: Sequence[Happening], lanes: int, today: date) -> Lifeline | None:
    """The places of all marks; None when nothing happened. Every happening stands once in each of its lanes."""
    if not happenings:
        return None
    first = date(min(one.on.year for one in happenings), 1, 1)
    last = max([today, *(one.until or one.on for one in happenings)])
    span = max(1, (last - first).days)

    def place(day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - first).days / span

    marks: list[Mark] = []
    free: dict[tuple[int, int], float] = {}
    for one in sorted(happenings, key=lambda happening: (happening.on, happening.number)):
        start, end = place(one.on), place(one.until or one.on)
        for lane in one.lanes:
            depth = next((d for d in range(DEEPEST) if free.get((lane, d), -NEAR) + NEAR <= start), DEEPEST - 1)
            free[(lane, depth)] = max(end, free.get((lane, depth), 0))
            y = lane * LANE + 12 + depth * 12
            width = f"{max(0.6, end - start):.2f}%" if one.until and one.until > one.on else ""
            marks.append(Mark(one.number, f"{start:.2f}%", y, width, one.kind))
    return Lifeline(marks, _ticks(first, last, place), lanes * LANE)


def _ticks(first: date, last: date, place) -> list[Tick]:  # type: ignore[no-untyped-def]  # a function of a day
    years = range(first.year, last.year + 1)
    step = -(-len(years) // MOST_TICKS)
    return [Tick(f"{place(date(year, 1, 1)):.2f}%", str(year)) for year in years[::step]]
