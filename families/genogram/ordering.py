"""From graph to order: who stands left of whom in each generation.

Brothers and sisters are one block, the oldest left, each with the partners that came from outside beside her; whoever
has no parents in the record is a block of her own with her partners. A block with parents stands in the order of those
parents, so that no line from parents to children ever crosses another. What is left to choose is where the blocks
without parents stand and on which side a partner does: that is searched, from several beginnings, for the drawing with
the fewest couples pulled apart and the fewest lines crossed (the idea of layered drawing of Sugiyama, Tagawa and Toda,
1981, with the blocks of Trager's `alignped` in kinship2). Nothing is left to chance: the same record, the same drawing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from families.genogram.graph import Family, Graph, Pair, pair

MOST_TRIES = 4000
Orders = dict[int, list[str]]


@dataclass
class _Block:
    """Who stands together in one generation: a sibship with its guests, or somebody without parents with hers."""

    seeds: list[str]
    level: int
    family: Family | None


@dataclass
class _Plan:
    """The blocks of one component, who stands beside whom as a guest, and what is chosen."""

    blocks: list[_Block]
    guests: dict[str, list[str]]
    flips: set[str]
    slots: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Ties:
    """What the cost is counted from."""

    bonds: list[Pair]
    families: list[Family]
    wants: list[tuple[Pair, float]]


def orders_of(graph: Graph, sex: dict[str, str], close: list[tuple[Pair, float]]) -> list[Orders]:
    """For each component the keys of each generation from left to right.

    `close` are pairs that would rather stand near each other (who live together, who have a line), with a weight.
    """
    parts: dict[int, list[str]] = defaultdict(list)
    for key in graph.keys:
        parts[graph.component[key]].append(key)
    return [_order(graph, parts[number], sex, close) for number in sorted(parts)]


def drop_gap(graph: Graph, spot: dict[str, int], row: list[str], family: Family) -> int:
    """After which place in the row the line to the children goes down (-1: before the first).

    `spot` maps the parents in the row to their places. Of two it is the gap in the middle of them, and when others stand
    between, the gap beside the one who came from outside; a parent alone has it at the side where no partner stands.
    """
    places = sorted(spot[parent] for parent in family.parents if parent in spot)
    if len(places) == 2:
        came = [_bound(graph, row[at]) for at in places]
        if came[0] != came[1] and not all(rooted for rooted, _bonds in came):
            return places[0] if came[0] < came[1] else places[1] - 1
        return places[0] + (places[1] - places[0] - 1) // 2
    here = places[0]
    after = row[here + 1] if here + 1 < len(row) else ""
    before = row[here - 1] if here else ""
    beside_after, beside_before = (pair(row[here], other) in graph.bonds for other in (after, before))
    return here - 1 if beside_after and not beside_before else here


def _bound(graph: Graph, key: str) -> tuple[bool, int]:
    """How much somebody belongs here: whether by birth, and with how many partners."""
    return key in graph.origin, sum(key in bond for bond in graph.bonds)


def hanging_row(graph: Graph, family: Family) -> int:
    """The generation from which the children of a family hang: that of the lower parent."""
    return max(graph.level[parent] for parent in family.parents)


def _order(graph: Graph, keys: list[str], sex: dict[str, str], close: list[tuple[Pair, float]]) -> Orders:
    here = set(keys)
    plan = _plan(graph, keys, sex)
    ties = _Ties(
        [bond for bond in graph.bonds if bond[0] in here],
        [family for family in graph.families if family.parents[0] in here],
        [(two, weight) for two, weight in close if two[0] in here and two[1] in here],
    )
    best, cost = _improve(graph, plan, ties)
    free = [number for number, block in enumerate(plan.blocks) if block.family is None]
    if len(free) > 1:
        for start in (list(reversed(free)), [*free[1:], free[0]]):
            other = _Plan(plan.blocks, plan.guests, set(plan.flips), {number: at for at, number in enumerate(start)})
            found, price = _improve(graph, other, ties)
            if price < cost:
                best, cost = found, price
    return best


def _plan(graph: Graph, keys: list[str], sex: dict[str, str]) -> _Plan:
    by_key = {family.key: family for family in graph.families}
    sibships: dict[tuple[str, int], list[str]] = defaultdict(list)
    for origin, rows in graph.sibships.items():
        for key in rows:
            sibships[(origin, graph.level[key])].append(key)
    here = set(keys)
    blocks = [_Block(rows, level, by_key.get(origin)) for (origin, level), rows in sibships.items() if rows[0] in here]
    guests: dict[str, list[str]] = defaultdict(list)
    placed = {key for block in blocks for key in block.seeds}
    partners = _partners(graph, here)
    _seat(graph, [key for key in keys if key in placed], placed, partners, guests)
    while len(placed) < len(keys):
        waiting = [key for key in keys if key not in placed]
        host = max(waiting, key=lambda key: (len(partners[key]), sex.get(key) == "man", -keys.index(key)))
        placed.add(host)
        blocks.append(_Block([host], graph.level[host], None))
        _seat(graph, [host], placed, partners, guests)
    flips = {
        host
        for host, rows in guests.items()
        if len(rows) == 1 and sex.get(rows[0]) == "man" and sex.get(host) == "woman"
    }
    free = [number for number, block in enumerate(blocks) if block.family is None]
    return _Plan(blocks, dict(guests), flips, {number: at for at, number in enumerate(free)})


def _partners(graph: Graph, here: set[str]) -> dict[str, list[str]]:
    """The partners of everybody in her own generation, the first one first."""
    children = {pair(*family.parents): family for family in graph.families if len(family.parents) == 2}
    found: dict[str, list[tuple[int, str]]] = {key: [] for key in here}
    for (one, other), couple in graph.bonds.items():
        if one in here and graph.level[one] == graph.level[other]:
            born = [graph.born[child] for child in children[(one, other)].children] if (one, other) in children else []
            since = couple.since.toordinal() if couple and couple.since else min(born, default=10**8)
            found[one].append((since, other))
            found[other].append((since, one))
    return {key: [other for _since, other in sorted(rows)] for key, rows in found.items()}


def _seat(
    graph: Graph, hosts: list[str], placed: set[str], partners: dict[str, list[str]], guests: dict[str, list[str]]
) -> None:
    """Give everybody who is nobody's child here a seat beside a partner, and her other partners beside her."""
    queue = list(hosts)
    while queue:
        host = queue.pop(0)
        for guest in partners[host]:
            if guest not in placed:
                placed.add(guest)
                guests[host].append(guest)
                queue.append(guest)


def _outward(key: str, guests: dict[str, list[str]]) -> Iterator[str]:
    yield key
    for guest in guests.get(key, ()):
        yield from _outward(guest, guests)


def _around(host: str, plan: _Plan) -> list[str]:
    """Somebody with her guests: one at the right, of several the last at the right and those before at the left."""
    mine = plan.guests.get(host, [])
    left, right = mine[:-1], mine[-1:]
    if host in plan.flips:
        left, right = right, list(reversed(left))
    before = [key for guest in left for key in reversed(list(_outward(guest, plan.guests)))]
    return [*before, host, *(key for guest in right for key in _outward(guest, plan.guests))]


def _lay(graph: Graph, plan: _Plan) -> Orders:
    orders: Orders = {}
    spot: dict[str, int] = {}
    for level in sorted({block.level for block in plan.blocks}):
        hung, free = [], []
        for number, block in enumerate(plan.blocks):
            if block.level != level:
                continue
            if block.family is not None and hanging_row(graph, block.family) in orders:
                hung.append((_hangs_at(graph, block.family, orders, spot), graph.born[block.seeds[0]], number))
            else:
                free.append((plan.slots.get(number, len(plan.blocks)), number))
        row = [number for _at, _born, number in sorted(hung)]
        for slot, number in sorted(free):
            row.insert(slot, number)
        orders[level] = [key for number in row for seed in plan.blocks[number].seeds for key in _around(seed, plan)]
        spot |= {key: at for at, key in enumerate(orders[level])}
    return orders


def _hangs_at(graph: Graph, family: Family, orders: Orders, spot: dict[str, int]) -> float:
    row = hanging_row(graph, family)
    here = {parent: spot[parent] for parent in family.parents if graph.level[parent] == row}
    return (drop_gap(graph, here, orders[row], family) + 1.0) / len(orders[row])


def _cost(graph: Graph, orders: Orders, ties: _Ties) -> float:
    spot = {key: at for row in orders.values() for at, key in enumerate(row)}
    spans: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    parents = {pair(*family.parents) for family in ties.families if len(family.parents) == 2}
    cost = 0.0
    for bond in ties.bonds:
        one, other = bond
        if graph.level[one] == graph.level[other]:
            low, high = sorted((spot[one], spot[other]))
            cost += 5.0 * (high - low - 1)
            spans[graph.level[one]].append((low, high, bond in parents))
    cost += sum(_tangle(rows) for rows in spans.values())
    for family in ties.families:
        cost += (8.0 if family.is_second else 4.0) * _leaning(graph, orders, spot, family)
    for (one, other), weight in ties.wants:
        if graph.level[one] == graph.level[other]:
            cost += weight * max(0, abs(spot[one] - spot[other]) - 1)
    return cost


def _tangle(spans: list[tuple[int, int, bool]]) -> float:
    """How much the lines of couples in one row get in each other's way."""
    cost = 0.0
    for number, (low, high, has_children) in enumerate(spans):
        for other_low, other_high, other_has in spans[number + 1 :]:
            if low < other_low < high < other_high or other_low < low < other_high < high:
                cost += 4.0
            elif low <= other_low and other_high <= high:
                cost += 3.0 * other_has
            elif other_low <= low and high <= other_high:
                cost += 3.0 * has_children
    return cost


def _leaning(graph: Graph, orders: Orders, spot: dict[str, int], family: Family) -> float:
    """How far the children stand from under their parents, as a part of the width."""
    if not family.children:
        return 0.0
    at = _hangs_at(graph, family, orders, spot)
    rows = [(spot[child] + 0.5) / len(orders[graph.level[child]]) for child in family.children]
    return abs(at - sum(rows) / len(rows))


def _improve(graph: Graph, plan: _Plan, ties: _Ties) -> tuple[Orders, float]:
    """Move one thing at a time as long as that makes the drawing better."""
    best = _lay(graph, plan)
    cost = _cost(graph, best, ties)
    tries, better = 0, True
    while better and tries < MOST_TRIES:
        better = False
        for undo in _moves(plan):
            tries += 1
            found = _lay(graph, plan)
            price = _cost(graph, found, ties)
            if price < cost - 1e-9:
                best, cost, better = found, price, True
            else:
                undo()
    return best, cost


def _moves(plan: _Plan) -> Iterator["_Undo"]:
    """Each move is made, then tried by the caller, who takes it back when it is no gain."""
    for host in list(plan.guests):
        plan.flips ^= {host}
        yield _Undo(plan, flip=host)
    levels: dict[int, int] = defaultdict(int)
    for block in plan.blocks:
        levels[block.level] += 1
    for number, block in enumerate(plan.blocks):
        if block.family is None:
            for slot in range(levels[block.level]):
                before = plan.slots.get(number, len(plan.blocks))
                if slot != before:
                    plan.slots[number] = slot
                    yield _Undo(plan, block=number, slot=before)


@dataclass(frozen=True)
class _Undo:
    """Takes one move back."""

    plan: _Plan
    flip: str = ""
    block: int = -1
    slot: int = 0

    def __call__(self) -> None:
        """Take it back."""
        if self.flip:
            self.plan.flips ^= {self.flip}
        else:
            self.plan.slots[self.block] = self.slot
