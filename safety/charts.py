"""The lines of safety: one small chart for each person, all on one time axis; places only, the template draws.

Places along the axis are percentages, so that words and dots keep their size on every screen; heights are pixels.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEIGHT = 84
TOP, BOTTOM = 18, 74
LEFT, RIGHT = 7.0, 96.0
LEAST_DAYS = 28
MOST_TICKS = 5
MOST_NUMBERS = 9


@dataclass(frozen=True)
class Dot:
    """One score on its place."""

    x: str
    y: str
    value: int
    day: str
    label_y: str
    shows_number: bool


@dataclass(frozen=True)
class Segment:
    """The line between two scores of one person."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Mark:
    """A day on the axis: a first of a month, or something that happened."""

    x: str
    label: str


@dataclass(frozen=True)
class Line:
    """The chart of one person."""

    name: str
    last: str
    last_day: str
    dots: list[Dot]
    segments: list[Segment]


@dataclass(frozen=True)
class Chart:
    """All lines under each other, with what happened and the axis."""

    lines: list[Line]
    ticks: list[Mark]
    marks: list[Mark]


@dataclass(frozen=True)
class Score:
    """What a chart needs of a score."""

    on: date
    value: int
    day: str


def chart(
    voices: Sequence[tuple[str, Sequence[Score]]],
    happened: Sequence[tuple[date, str]],
    today: date,
    month: Callable[[date], str],
) -> Chart | None:
    """The chart of these voices (name, scores oldest first) and days on which something happened; None without scores.

    `month` gives the word under a tick.
    """
    days = [score.on for _name, scores in voices for score in scores]
    if not days:
        return None
    last = max([today, *days])
    first = min([*days, *(day for day, _label in happened), last - timedelta(days=LEAST_DAYS)])
    axis = _Axis(first, last)
    return Chart(
        lines=[_line(name, scores, axis) for name, scores in voices if scores],
        ticks=[Mark(axis.x(day), month(day)) for day in _ticks(first, last)],
        marks=[Mark(axis.x(day), label) for day, label in happened],
    )


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> str:
        """The place of a day, as a percentage."""
        span = (self.last - self.first).days
        return f"{LEFT + (RIGHT - LEFT) * (day - self.first).days / span:.2f}%"


def _y(value: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / 10


def _line(name: str, scores: Sequence[Score], axis: _Axis) -> Line:
    all_numbers = len(scores) <= MOST_NUMBERS
    dots = [
        Dot(
            axis.x(score.on),
            f"{_y(score.value):.1f}",
            score.value,
            score.day,
            f"{_y(score.value) - 8:.1f}",
            all_numbers or number in (0, len(scores) - 1),
        )
        for number, score in enumerate(scores)
    ]
    segments = [Segment(one.x, one.y, two.x, two.y) for one, two in zip(dots, dots[1:], strict=False)]
    return Line(name, str(scores[-1].value), scores[-1].day, dots, segments)


def _ticks(first: date, last: date) -> list[date]:
    """First days of months between two days, thinned out; the first day itself when no month begins between them."""
    months = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(months) // MOST_TICKS) or 1
    return months[::step] or [first]
