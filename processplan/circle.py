"""The geometry of a pattern: a circle of numbered steps with an arrow from each to the next, for an SVG of 640 × 420."""

from dataclasses import dataclass
from math import cos, pi, sin, tau
from textwrap import shorten, wrap

WIDTH, HEIGHT = 640, 420
CENTRE_X, CENTRE_Y, RADIUS, NODE = 320, 210, 118, 17
ROOM = 30  # between the circle and the words beside it
LINE = 18
LONGEST_LINE, MOST_LINES = 22, 3


@dataclass(frozen=True)
class Node:
    """One step: its place, and its words in short lines beside it."""

    number: int
    x: int
    y: int
    anchor: str
    lines: list[tuple[int, int, str]]


@dataclass(frozen=True)
class Circle:
    """A circle as it is drawn: the steps, and the paths of the arrows between them."""

    nodes: list[Node]
    arrows: list[str]
    width: int = WIDTH
    height: int = HEIGHT
    node: int = NODE


def circle_of(steps: list[str]) -> Circle:
    """The circle of these steps, from the top, with the clock."""
    angles = [tau * number / len(steps) - pi / 2 for number in range(len(steps))]
    nodes = [_node(number, angle, text) for number, (angle, text) in enumerate(zip(angles, steps, strict=True), 1)]
    return Circle(nodes, [_arrow(angle, angle + tau / len(steps)) for angle in angles])


def _at(angle: float, radius: float) -> tuple[int, int]:
    return round(CENTRE_X + radius * cos(angle)), round(CENTRE_Y + radius * sin(angle))


def _node(number: int, angle: float, text: str) -> Node:
    x, y = _at(angle, RADIUS)
    lines = wrap(shorten(text, LONGEST_LINE * MOST_LINES - 8, placeholder=" …"), LONGEST_LINE)[:MOST_LINES]
    side = 0 if abs(cos(angle)) < 0.25 else (1 if cos(angle) > 0 else -1)
    # Beside the circle the words stand around the height of their step; above and under it they grow away from it.
    height = LINE * (len(lines) - 1)
    first = y + round(sin(angle) * ROOM / 2) + 5 - height // 2
    if not side:
        first = y - ROOM - height + 6 if sin(angle) < 0 else y + ROOM + 8
    words = [(x + side * ROOM, first + LINE * row, line) for row, line in enumerate(lines)]
    return Node(number, x, y, ("middle", "start", "end")[side], words)


def _arrow(start: float, end: float) -> str:
    """An arc from one step to the next that leaves room for both, with its head."""
    gap = (NODE + 7) / RADIUS
    (x1, y1), (x2, y2) = _at(start + gap, RADIUS), _at(end - gap, RADIUS)
    turn = 1 if end - start - 2 * gap > pi else 0
    left, right = _at(end - gap - 0.09, RADIUS - 7), _at(end - gap - 0.09, RADIUS + 7)
    return f"M{x1} {y1}A{RADIUS} {RADIUS} 0 {turn} 1 {x2} {y2}M{left[0]} {left[1]}L{x2} {y2}L{right[0]} {right[1]}"
