"""From places to lines: at which height every row stands and how the lines of couples and children run.

A couple is the line under its two symbols, as McGoldrick, Gerson and Petry draw it; from there one line goes down
between the names to the line over the children. Lines that would lie on each other get heights of their own.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from textwrap import wrap

from families.genogram.coordinates import PITCH, SYMBOL, Places
from families.genogram.graph import Family, Graph, Pair, pair
from families.genogram.ordering import hanging_row
from families.genogram.record import Record

HALF = SYMBOL / 2
MARGIN = 34
YEARS = 18  # above a symbol: year of birth and of death
BOND = 15  # from a symbol down to the first line of a couple
TRACK = 15
NAME_LINE = 15
MARK_LINE = 14
BAND = 22  # between the names and the first line over children
BAR = 12
LANDING = 24  # from the last line over children to the years
LONGEST = 16
WIDEST = 14
Point = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """What stands under a symbol: the first name, the rest of the name, short texts of overlays."""

    given: str
    rest: str
    marks: tuple[str, ...]

    @property
    def height(self) -> float:
        """How much room it takes."""
        return NAME_LINE * (1 + bool(self.rest)) + MARK_LINE * len(self.marks)


@dataclass(frozen=True)
class BondRoute:
    """The line of a couple: a polyline, and where its dates and its slashes go."""

    points: tuple[Point, ...]
    text: Point
    slash: Point


@dataclass(frozen=True)
class FamilyRoute:
    """From a couple to its children: where it goes down, the height of the line over the children, where each hangs.

    A landing is a child, where its line comes down, and where on the line over the children it begins.
    """

    family: Family
    half: tuple[Point, ...]
    top: Point
    bar: float
    low: float
    high: float
    landings: tuple[tuple[str, float, float], ...]


@dataclass
class Routes:
    """Everything with its place: middles of symbols, heights of rows, lines."""

    x: dict[str, float]
    y: dict[str, float] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    row_y: list[float] = field(default_factory=list)
    label_y: list[float] = field(default_factory=list)
    foot_y: list[float] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    bonds: dict[Pair, BondRoute] = field(default_factory=dict)
    families: list[FamilyRoute] = field(default_factory=list)
    width: float = 0
    height: float = 0


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text that fits under a symbol."""
    return text if len(text) <= longest else text[: longest - 1].rstrip(" -") + "…"


def routes_of(record: Record, graph: Graph, places: Places) -> Routes:
    """All lines and heights of a drawing; the upper left corner is 0, 0."""
    found = Routes(x=_shifted(places), rows=places.rows, labels=_labels(record))
    drops = {key: x + MARGIN + PITCH / 2 - _left(places) for key, x in places.drop.items()}
    legs = _Legs(graph, found.rows, found.x, drops)
    bars = _bars(graph, found.x, drops)
    at: float = MARGIN + YEARS
    for level, row in enumerate(found.rows):
        found.row_y.append(at + HALF)
        found.y |= dict.fromkeys(row, at + HALF)
        tracks = legs.depth[level]
        found.label_y.append(at + SYMBOL + (BOND + TRACK * (tracks - 1) + 7 if tracks else 5))
        tallest = max((found.labels[key].height for key in row if key in found.labels), default=0)
        found.foot_y.append(found.label_y[-1] + tallest + 4)
        deep = max((track for family, track in bars.values() if hanging_row(graph, family) == level), default=-1)
        has_bars = any(hanging_row(graph, family) == level for family, _track in bars.values())
        band = BAND + BAR * deep + LANDING if has_bars else LANDING
        at = found.foot_y[-1] + band + YEARS + _stubs(graph, found.rows, level)
    found.bonds = {bond: legs.route(bond, found) for bond in graph.bonds}
    found.families = [_family_route(graph, found, legs, drops, *bars[family.key]) for family in graph.families]
    right = max([*found.x.values(), *drops.values()], default=0.0)
    found.width = right + PITCH / 2 + MARGIN
    found.height = (found.foot_y[-1] if found.foot_y else 0.0) + MARGIN
    return found


def _stubs(graph: Graph, rows: list[list[str]], level: int) -> float:
    """Room over a row in which brothers and sisters without parents have a line of their own."""
    below = rows[level + 1] if level + 1 < len(rows) else []
    return 10.0 if any(graph.origin.get(key, "").startswith("~") for key in below) else 0.0


def _left(places: Places) -> float:
    return min([*places.x.values(), *places.drop.values()], default=0.0)


def _shifted(places: Places) -> dict[str, float]:
    shift = MARGIN + PITCH / 2 - _left(places)
    return {key: x + shift for key, x in places.x.items()}


def _labels(record: Record) -> dict[str, Label]:
    marks: dict[str, list[str]] = defaultdict(list)
    for mark in record.marks:
        lines = wrap(mark.text, WIDEST, max_lines=3, placeholder="…", break_long_words=False)
        marks[mark.person] += [shortened(line, WIDEST) for line in lines]
    found = {}
    for row in record.individuals:
        given = row.given or row.name
        rest = row.name.removeprefix(given).strip()
        found[row.key] = Label(shortened(given), shortened(rest), tuple(marks[row.key]))
    return found


class _Legs:
    """Couples and lone parents as lines under their row, each at a height where it lies on no other."""

    def __init__(self, graph: Graph, rows: list[list[str]], x: dict[str, float], drops: dict[str, float]) -> None:
        self.graph, self.x, self.drops = graph, x, drops
        self.track: dict[str, int] = {}
        self.depth: dict[int, int] = {}
        self.leg: dict[tuple[str, str], float] = {}
        for level, row in enumerate(rows):
            self._lay(level, self._spans(set(row), level))

    def _spans(self, here: set[str], level: int) -> list[tuple[str, float, float, tuple[str, ...]]]:
        spans: list[tuple[str, float, float, tuple[str, ...]]] = []
        for one, other in self.graph.bonds:
            if one in here and other in here:
                low, high = sorted((self.x[one], self.x[other]))
                spans.append((f"{one}|{other}", low, high, (one, other)))
        for family in self.graph.families:
            mine = [parent for parent in family.parents if parent in here]
            if len(mine) == 1 and hanging_row(self.graph, family) == level:
                low, high = sorted((self.x[mine[0]], self.drops[family.key]))
                spans.append((family.key, low, high, (mine[0],)))
        return sorted(spans, key=lambda span: (span[2] - span[1], span[1], span[0]))

    def _lay(self, level: int, spans: list[tuple[str, float, float, tuple[str, ...]]]) -> None:
        taken: list[list[tuple[float, float]]] = []
        for name, low, high, _ends in spans:
            track = next(
                (
                    number
                    for number, lines in enumerate(taken)
                    if all(high <= other_low + 1 or other_high - 1 <= low for other_low, other_high in lines)
                ),
                len(taken),
            )
            if track == len(taken):
                taken.append([])
            taken[track].append((low, high))
            self.track[name] = track
        self.depth[level] = len(taken)
        self._legs(spans)

    def _legs(self, spans: list[tuple[str, float, float, tuple[str, ...]]]) -> None:
        """Where each line leaves its symbol: in the middle when it is the only one, else at its own side."""
        sides: dict[str, dict[int, list[str]]] = defaultdict(lambda: {-1: [], 1: []})
        for name, low, high, ends in spans:
            for end in ends:
                sides[end][1 if self.x[end] <= (low + high) / 2 else -1].append(name)
        for key, by_side in sides.items():
            alone = sum(len(names) for names in by_side.values()) == 1
            for side, names in by_side.items():
                for number, name in enumerate(names):
                    self.leg[(name, key)] = 0.0 if alone else side * max(3.0, 15.0 - 6.0 * number)

    def height(self, name: str, key: str, routes: Routes) -> float:
        """How low the line of this name runs under this symbol."""
        return routes.y[key] + HALF + BOND + TRACK * self.track.get(name, 0)

    def route(self, bond: Pair, routes: Routes) -> BondRoute:
        """The line of a couple; of two in different generations a straight one from the upper to the lower."""
        one, other = sorted(bond, key=lambda key: (routes.x[key], routes.y[key]))
        if routes.y[one] != routes.y[other]:
            upper, lower = sorted(bond, key=lambda key: routes.y[key])
            start, end = (routes.x[upper], routes.y[upper] + HALF), (routes.x[lower], routes.y[lower] - HALF)
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            return BondRoute((start, end), middle, middle)
        name = f"{bond[0]}|{bond[1]}"
        low = self.height(name, one, routes)
        left, right = (routes.x[key] + self.leg[(name, key)] for key in (one, other))
        foot = routes.y[one] + HALF
        families = [family for family in self.graph.families if set(family.parents) == set(bond)]
        drop = self.drops[families[0].key] if families else (left + right) / 2
        text = drop if left < drop < right else (left + right) / 2
        points = ((left, foot), (left, low), (right, low), (right, foot))
        slash = text + 40 if text + 60 < right else right - 12
        return BondRoute(points, (text, low - 4), (slash, low))


def _bars(graph: Graph, x: dict[str, float], drops: dict[str, float]) -> dict[str, tuple[Family, int]]:
    """For each family the height of the line over its children, counted from the names down."""
    rows: dict[int, list[Family]] = defaultdict(list)
    for family in graph.families:
        rows[hanging_row(graph, family)].append(family)
    found: dict[str, tuple[Family, int]] = {}
    for families in rows.values():
        order: list[Family] = []
        for family in sorted(families, key=lambda family: (drops[family.key], family.key)):
            spots = range(len(order) + 1)
            best = min(spots, key=lambda at: _crossings([*order[:at], family, *order[at:]], family, graph, x, drops))
            order.insert(best, family)
        for number, family in enumerate(order):
            above = [
                found[other.key][1]
                for other in order[:number]
                if _overlap(_extent(family, graph, x, drops), _extent(other, graph, x, drops))
            ]
            found[family.key] = (family, max(above, default=-1) + 1)
    return found


def _landing(family: Family, child: str, graph: Graph, x: dict[str, float]) -> float:
    """Where the line to a child comes down: in the middle, or beside it for parents that came later."""
    if not family.is_second:
        return x[child]
    others = [other.key for other in graph.families if other.is_second and child in other.children]
    number = others.index(family.key)
    return x[child] + (11.0 + 7.0 * (number // 2)) * (1 if number % 2 == 0 else -1)


def _starts(family: Family, graph: Graph, x: dict[str, float]) -> dict[str, float]:
    """Where on the line over the children each one's own line begins: of one birth, from one point."""
    found = {child: _landing(family, child, graph, x) for child in family.children}
    births: dict[int, list[str]] = defaultdict(list)
    for child in family.children:
        if child in graph.twin_of and not family.is_second:
            births[graph.twin_of[child]].append(child)
    for rows in births.values():
        middle = (found[rows[0]] + found[rows[-1]]) / 2
        found |= dict.fromkeys(rows, middle)
    row = hanging_row(graph, family)
    for child in family.children:
        if graph.level[child] > row + 1:
            found[child] = _beside_others(found[child], graph, x, range(row + 1, graph.level[child]))
    return found


def _beside_others(wanted: float, graph: Graph, x: dict[str, float], rows: range) -> float:
    """The nearest way down through rows between that passes over nobody."""
    taken = [x[key] for key, level in graph.level.items() if level in rows]
    tries = [wanted + side * step * 8 for step in range(200) for side in (1, -1)]
    return next((at for at in tries if all(abs(at - other) > HALF + 8 for other in taken)), wanted)


def _extent(family: Family, graph: Graph, x: dict[str, float], drops: dict[str, float]) -> tuple[float, float]:
    rows = [*_starts(family, graph, x).values(), drops[family.key]]
    return min(rows), max(rows)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + 6 and other[0] < one[1] + 6


def _crossings(
    order: list[Family], family: Family, graph: Graph, x: dict[str, float], drops: dict[str, float]
) -> tuple[int, int]:
    """How many lines cross when the bars lie in this order from top to bottom, counted for one family."""
    at = order.index(family)
    count = 0
    for number, other in enumerate(order):
        if number != at:
            upper, lower = (family, other) if at < number else (other, family)
            low, high = _extent(upper, graph, x, drops)
            count += low < drops[lower.key] < high
            low, high = _extent(lower, graph, x, drops)
            count += sum(low < _landing(upper, child, graph, x) < high for child in upper.children)
    return count, at


def _family_route(
    graph: Graph, routes: Routes, legs: _Legs, drops: dict[str, float], family: Family, track: int
) -> FamilyRoute:
    row = hanging_row(graph, family)
    mine = [parent for parent in family.parents if graph.level[parent] == row]
    drop = drops[family.key]
    if len(mine) == 2:
        name = "|".join(pair(*mine))
        half: tuple[Point, ...] = ()
    else:
        name = family.key
        leg = routes.x[mine[0]] + legs.leg[(name, mine[0])]
        foot = routes.y[mine[0]] + HALF
        low = legs.height(name, mine[0], routes)
        half = ((leg, foot), (leg, low), (drop, low))
    top = (drop, legs.height(name, mine[0], routes))
    bar = routes.foot_y[row] + BAND - 8 + BAR * track
    low, high = _extent(family, graph, routes.x, drops)
    starts = _starts(family, graph, routes.x)
    landings = tuple((child, _landing(family, child, graph, routes.x), starts[child]) for child in family.children)
    return FamilyRoute(family, half, top, bar, low, high, landings)
