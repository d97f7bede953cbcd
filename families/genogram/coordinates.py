"""From order to places: x by balancing who wants to stand above or under whom, y by what each row needs.

The order is fixed; places are found row by row: everybody says where she would like to stand (a couple beside each
other, parents above the middle of their children, children under them), and the row as a whole is put as near to those
wishes as the least distances allow. That is isotonic regression, solved exactly by pooling adjacent violators (Barlow
and others, 1972); going up and down through the rows until nothing moves balances the whole.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from families.genogram.graph import Family, Graph, Pair, pair
from families.genogram.ordering import Orders, drop_gap, hanging_row

SYMBOL = 46
PITCH = 104
APART = 18  # more between two blocks
ASIDE = 40  # between two components
LINES = 16  # more between two for each emotional line
LANE = 9  # between two lines that go down in one gap
ROUNDS = 160
STRAIGHT = 14  # an only child so near under its parents hangs straight down


@dataclass
class Places:
    """Where everybody stands (the middle of the symbol), and where the line of each family goes down."""

    x: dict[str, float] = field(default_factory=dict)
    drop: dict[str, float] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class _Row:
    keys: list[str]
    least: list[float]


def places_of(graph: Graph, components: list[Orders], crowded: Counter[Pair]) -> Places:
    """The places of all components beside each other; every row from left to right.

    `crowded` counts the emotional lines between two: neighbours with a line stand a little further apart.
    """
    found = Places()
    deepest = max(graph.level.values(), default=-1)
    found.rows = [[] for _ in range(deepest + 1)]
    left = 0.0
    for orders in components:
        part = _component(graph, orders, crowded)
        if not part.x:
            continue
        low = min(min(part.x.values()), *part.drop.values()) if part.drop else min(part.x.values())
        high = max(max(part.x.values()), *part.drop.values()) if part.drop else max(part.x.values())
        shift = left - low
        found.x |= {key: round(x + shift) for key, x in part.x.items()}
        found.drop |= {key: round(x + shift) for key, x in part.drop.items()}
        for level, row in orders.items():
            found.rows[level] += row
        left = round(high + shift) + PITCH + ASIDE
    _spread(found, graph)
    return found


def _spread(found: Places, graph: Graph) -> None:
    """Rounding must not bring two symbols nearer than they may be."""
    for row in found.rows:
        for one, other in zip(row, row[1:], strict=False):
            found.x[other] = max(found.x[other], found.x[one] + PITCH - 2)


def lanes_of(graph: Graph, orders: Orders) -> dict[tuple[int, int], list[Family]]:
    """The families whose line goes down in each gap (row, after which place), those with the leftmost children first."""
    spot = {key: at for row in orders.values() for at, key in enumerate(row)}
    found: dict[tuple[int, int], list[Family]] = defaultdict(list)
    for family in graph.families:
        if family.parents[0] not in spot:
            continue
        row = hanging_row(graph, family)
        here = {parent: spot[parent] for parent in family.parents if graph.level[parent] == row}
        found[(row, drop_gap(graph, here, orders[row], family))].append(family)
    for rows in found.values():
        rows.sort(key=lambda family: (_mean_spot(family, spot), family.is_second, family.key))
    return found


def _mean_spot(family: Family, spot: dict[str, int]) -> float:
    return sum(spot[child] for child in family.children) / max(1, len(family.children))


def _component(graph: Graph, orders: Orders, crowded: Counter[Pair]) -> Places:
    lanes = lanes_of(graph, orders)
    rows = {level: _row(graph, level, keys, lanes, crowded) for level, keys in orders.items()}
    places = Places()
    for row in rows.values():
        at = 0.0
        width = sum(row.least)
        for key, gap in zip(row.keys, [*row.least, 0.0], strict=True):
            places.x[key] = at - width / 2
            at += gap
    wishes = _Wishes(graph, orders, lanes)
    levels = sorted(rows)
    for turn in range(ROUNDS):
        # At first who stand beside each other pull together; at last only parents and children count.
        moved, wishes.near = 0.0, max(0.03, 1.0 - turn / (0.7 * ROUNDS))
        for level in levels if turn % 2 == 0 else reversed(levels):
            moved = max(moved, _settle(rows[level], wishes, places))
        if moved < 0.2 and turn > 0.7 * ROUNDS:
            break
    wishes.drops(places)
    return places


def _row(
    graph: Graph,
    level: int,
    keys: list[str],
    lanes: dict[tuple[int, int], list[Family]],
    crowded: Counter[Pair],
) -> _Row:
    least: list[float] = []
    for at, (one, other) in enumerate(zip(keys, keys[1:], strict=False)):
        together = pair(one, other) in graph.bonds or (
            graph.origin.get(one) is not None and graph.origin.get(one) == graph.origin.get(other)
        )
        extra = LANE * max(0, len(lanes.get((level, at), ())) - 1)
        lines = min(2, crowded[pair(one, other)]) * LINES
        least.append(PITCH + (0 if together else APART) + extra + lines)
    return _Row(keys, least)


class _Wishes:
    """Who wants to stand where, seen from where the others stand."""

    def __init__(self, graph: Graph, orders: Orders, lanes: dict[tuple[int, int], list[Family]]) -> None:
        self.graph = graph
        self.orders = orders
        self.lanes = lanes
        self.under: dict[str, list[Family]] = defaultdict(list)
        self.over: dict[str, Family] = {}
        self.gap = {family.key: place for place, rows in lanes.items() for family in rows}
        self.near = 1.0
        self.beside: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self.apart: dict[str, list[str]] = defaultdict(list)
        for family in [family for rows in lanes.values() for family in rows if not family.is_second]:
            for key in self.holders(family):
                self.under[key].append(family)
            self.over |= dict.fromkeys(family.children, family)
        for one, other in graph.bonds:
            self.apart[one].append(other)
            self.apart[other].append(one)
        for row in orders.values():
            for one, other in zip(row, row[1:], strict=False):
                self._side_by_side(one, other)

    def _side_by_side(self, one: str, other: str) -> None:
        """A couple pulls most, brothers and sisters less, who only stand there hardly."""
        weight = 1.2 if pair(one, other) in self.graph.bonds else 0.3
        if weight < 1 and self.graph.origin.get(one) != self.graph.origin.get(other):
            weight = 0.05
        self.beside[one].append((other, weight))
        self.beside[other].append((one, weight))

    def holders(self, family: Family) -> list[str]:
        """Beside whom the line of a family goes down: a parent who is alone there, else both sides of the gap."""
        level, at = self.gap[family.key]
        row = self.orders[level]
        sides = [row[place] for place in (at, at + 1) if 0 <= place < len(row)]
        mine = [key for key in sides if key in family.parents]
        return mine if len(mine) == 1 else sides

    def drop(self, family: Family, x: dict[str, float]) -> float:
        """Where the line of a family goes down."""
        level, at = self.gap[family.key]
        families = self.lanes[(level, at)]
        lane = (families.index(family) - (len(families) - 1) / 2) * LANE
        held = self.holders(family)
        if len(held) == 2:
            return (x[held[0]] + x[held[1]]) / 2 + lane
        row = self.orders[level]
        return x[held[0]] + (PITCH / 2 if at >= 0 and row[at] == held[0] else -PITCH / 2) + lane

    def centre(self, family: Family, x: dict[str, float]) -> float:
        """The middle between the first and the last child."""
        rows = [x[child] for child in family.children if child in x]
        return (min(rows) + max(rows)) / 2

    def of(self, key: str, x: dict[str, float], least: dict[Pair, float]) -> tuple[float, float]:
        """Where one would stand, and how much she insists."""
        total, weight = 0.0, 0.0
        family = self.over.get(key)
        if family is not None:
            total += x[key] + self.drop(family, x) - self.centre(family, x)
            weight += 1.0
        for below in self.under.get(key, ()):
            total += x[key] + self.centre(below, x) - self.drop(below, x)
            weight += 1.0
        for other in self.apart.get(key, ()):
            total += 0.1 * self.near * x.get(other, x[key])
            weight += 0.1 * self.near
        for other, strength in self.beside.get(key, ()):
            gap, strong = least[pair(key, other)], strength * self.near
            total += strong * (x[other] + (gap if x[other] < x[key] else -gap))
            weight += strong
        return (total / weight, weight) if weight else (x[key], 0.1)

    def drops(self, places: Places) -> None:
        """Put down where the lines of all families go down."""
        for rows in self.lanes.values():
            for family in rows:
                places.drop[family.key] = self.drop(family, places.x)
                if len(rows) == len(family.children) == 1 and not family.is_second:
                    child = places.x[family.children[0]]
                    if abs(child - places.drop[family.key]) < STRAIGHT:
                        places.drop[family.key] = child


def _settle(row: _Row, wishes: _Wishes, places: Places) -> float:
    """Put one row as near to its wishes as its distances allow; returns how far the furthest moved."""
    pairs = zip(row.keys, row.keys[1:], strict=False)
    least = {pair(one, other): gap for (one, other), gap in zip(pairs, row.least, strict=True)}
    wanted = [wishes.of(key, places.x, least) for key in row.keys]
    found = pooled([x for x, _weight in wanted], [weight for _x, weight in wanted], row.least)
    moved = max(abs(places.x[key] - x) for key, x in zip(row.keys, found, strict=True))
    places.x |= dict(zip(row.keys, found, strict=True))
    return moved


def pooled(wanted: list[float], weights: list[float], least: list[float]) -> list[float]:
    """The places nearest to `wanted` (weighted least squares) with at least `least` between neighbours."""
    offsets = [0.0]
    for gap in least:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, heavy, size = want - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, other_heavy, other_size = pools.pop()
            mean = (mean * heavy + other * other_heavy) / (heavy + other_heavy)
            heavy, size = heavy + other_heavy, size + other_size
        pools.append((mean, heavy, size))
    flat = [mean for mean, _heavy, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
