"""The outline around who live together: one closed line around their places, and around nobody else's."""

from collections import defaultdict
from dataclasses import dataclass

from families.genogram.coordinates import PITCH
from families.genogram.record import Home
from families.genogram.routes import HALF, YEARS, Point, Routes

CORNER = 9.0
Box = tuple[float, float, float, float]
Step = tuple[int, int]


@dataclass(frozen=True)
class Outline:
    """One home: its closed lines as SVG paths, and where its name stands."""

    home: Home
    number: int
    paths: tuple[str, ...]
    label: Point


def outlines_of(homes: tuple[Home, ...], routes: Routes) -> list[Outline]:
    """The outlines of all homes somebody of the drawing lives in; two around one person do not lie on each other."""
    found = []
    for number, home in enumerate(homes):
        boxes = _boxes(set(home.members), routes, inset=3.0 * (number % 4))
        if boxes:
            loops = boundary(boxes)
            corner = min((point for loop in loops for point in loop), key=lambda point: (point[1], point[0]))
            paths = tuple(_rounded(loop) for loop in loops)
            found.append(Outline(home, number, paths, (corner[0] + 10, corner[1] + 4)))
    return found


def _boxes(members: set[str], routes: Routes, inset: float) -> list[Box]:
    boxes: list[Box] = []
    runs: dict[int, list[Box]] = defaultdict(list)
    for level, row in enumerate(routes.rows):
        top = routes.row_y[level] - HALF - YEARS - 10 + inset
        foot = routes.foot_y[level] + 5 - inset
        run: list[str] = []
        for key in [*row, ""]:
            if key in members:
                run.append(key)
            elif run:
                left, right = routes.x[run[0]], routes.x[run[-1]]
                aside = PITCH / 2 - 3 - inset
                runs[level].append((left - aside, top, right + aside, foot))
                run = []
        boxes += runs[level]
        boxes += [_over(one, other) for one, other in zip(runs[level], runs[level][1:], strict=False)]
        if runs[level] and runs.get(level - 1):
            boxes.append(_between(runs[level - 1], runs[level]))
    return boxes


def _over(one: Box, other: Box) -> Box:
    """A passage over the heads of who stand between two parts of one home."""
    return one[2] - 22, one[1] - 9, other[0] + 22, one[1] + 4


def _between(upper: list[Box], lower: list[Box]) -> Box:
    """A passage from a row to the next, where the two are nearest."""
    one, other = min(
        ((one, other) for one in upper for other in lower),
        key=lambda two: (max(two[0][0], two[1][0]) - min(two[0][2], two[1][2]), two[0][0]),
    )
    low, high = max(one[0], other[0]), min(one[2], other[2])
    if high - low < 40:
        low, high = (one[2] - 40, other[0] + 40) if one[0] < other[0] else (other[2] - 40, one[0] + 40)
    return low, one[3] - 1, high, other[1] + 1


def boundary(boxes: list[Box]) -> list[list[Point]]:
    """The closed lines around the union of boxes (left, top, right, bottom), corners only."""
    xs = sorted({side for box in boxes for side in (box[0], box[2])})
    ys = sorted({side for box in boxes for side in (box[1], box[3])})
    filled = {
        (column, line)
        for column in range(len(xs) - 1)
        for line in range(len(ys) - 1)
        if any(
            box[0] <= xs[column] and xs[column + 1] <= box[2] and box[1] <= ys[line] and ys[line + 1] <= box[3]
            for box in boxes
        )
    }
    return [[(xs[column], ys[line]) for column, line in loop] for loop in _loops(_edges(filled))]


def _edges(filled: set[Step]) -> dict[Step, list[Step]]:
    """The sides of filled fields that have no filled neighbour, each in the direction of the clock."""
    sides: dict[Step, list[Step]] = defaultdict(list)
    for column, line in filled:
        corners = [(column, line), (column + 1, line), (column + 1, line + 1), (column, line + 1)]
        beside = [(column, line - 1), (column + 1, line), (column, line + 1), (column - 1, line)]
        for number, other in enumerate(beside):
            if other not in filled:
                sides[corners[number]].append(corners[(number + 1) % 4])
    return sides


def _loops(sides: dict[Step, list[Step]]) -> list[list[Step]]:
    loops = []
    while any(sides.values()):
        start = min(key for key, ends in sides.items() if ends)
        loop, here, before = [start], start, (0, 0)
        while True:
            ends = sides[here]
            after = ends[0] if len(ends) == 1 else max(ends, key=lambda end: _turn(before, here, end))
            ends.remove(after)
            before = (after[0] - here[0], after[1] - here[1])
            here = after
            if here == start:
                break
            loop.append(here)
        loops.append(_corners(loop))
    return loops


def _turn(before: Step, here: Step, end: Step) -> int:
    """How much one turns with the clock: at a point where two fields only touch, the line stays with its own field."""
    return before[0] * (end[1] - here[1]) - before[1] * (end[0] - here[0])


def _corners(loop: list[Step]) -> list[Step]:
    size = len(loop)
    return [
        loop[at]
        for at in range(size)
        if not (
            loop[at - 1][0] == loop[at][0] == loop[(at + 1) % size][0]
            or loop[at - 1][1] == loop[at][1] == loop[(at + 1) % size][1]
        )
    ]


def _rounded(loop: list[Point]) -> str:
    parts = []
    size = len(loop)
    for at, (x, y) in enumerate(loop):
        before, after = loop[at - 1], loop[(at + 1) % size]
        start, end = _towards((x, y), before), _towards((x, y), after)
        parts.append(
            f"{'M' if at == 0 else 'L'}{start[0]:.1f} {start[1]:.1f}Q{x:.1f} {y:.1f} {end[0]:.1f} {end[1]:.1f}"
        )
    return "".join(parts) + "Z"


def _towards(point: Point, other: Point) -> Point:
    along = abs(other[0] - point[0]) + abs(other[1] - point[1])
    part = min(CORNER, along / 2) / along if along else 0.0
    return point[0] + (other[0] - point[0]) * part, point[1] + (other[1] - point[1]) * part
