"""From record to graph: who hangs under whom, and in which generation everybody stands.

A child stands once, under one set of parents: those it was born to when they are known, else who adopted it, fosters it
or cares for it. Every other parent has a line of its own. Generations: partners, co-parents, brothers and sisters stand
on one line, a child under its parents; where a family contradicts itself (an uncle and his niece), the weakest of these
wishes gives way, never the drawing.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from families.genogram.record import Couple, Record

# Under which parents a child stands; the lowest goes first.
RANK = {"biological": 0, "": 0, "adoptive": 1, "foster": 2, "carer": 3}
_LAST = date.max.toordinal()
Pair = tuple[str, str]


@dataclass(frozen=True)
class Family:
    """One or two parents with the children that hang under them; `is_second` for parents beside the first ones."""

    key: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    nature: str = ""
    is_second: bool = False


@dataclass
class Graph:
    """The record as nodes: individuals and pregnancies by key, families, bonds between two, generations from the top."""

    keys: list[str]
    born: dict[str, int]
    families: list[Family]
    bonds: dict[Pair, Couple | None]
    origin: dict[str, str]
    sibships: dict[str, list[str]]
    twin_of: dict[str, int]
    loose: list[Pair]
    level: dict[str, int] = field(default_factory=dict)
    component: dict[str, int] = field(default_factory=dict)


def pair(one: str, other: str) -> Pair:
    """Two keys whatever their order."""
    return (one, other) if one <= other else (other, one)


def graph_of(record: Record) -> Graph:
    """The graph of a record; ties that point to nobody are left out."""
    known = {row.key for row in record.individuals}
    keys = [row.key for row in record.individuals]
    pregnancies = [row for row in record.pregnancies if row.carrier in known]
    keys += [row.key for row in pregnancies]
    born = {row.key: row.born.toordinal() if row.born else _LAST for row in record.individuals}
    born |= {row.key: _LAST + 1 for row in pregnancies}
    twin_of = _twin_groups(record, known)
    _bring_together(born, twin_of)
    families = _families(record, known, born, twin_of, keys)
    bonds: dict[Pair, Couple | None] = {}
    for row in sorted(record.couples, key=lambda row: (row.since or date.min, row.key)):
        if row.one in known and row.other in known and row.one != row.other:
            bonds[pair(row.one, row.other)] = row
    for family in families:
        if len(family.parents) == 2:
            bonds.setdefault(pair(*family.parents), None)
    origin = {child: family.key for family in families if not family.is_second for child in family.children}
    sibships, loose = _sibships(record, known, origin, born, twin_of)
    graph = Graph(keys, born, families, bonds, origin, sibships, twin_of, loose)
    graph.level = _levels(graph)
    graph.component = _components(graph)
    _align(graph)
    return graph


def _twin_groups(record: Record, known: set[str]) -> dict[str, int]:
    groups = _Groups(known)
    for row in record.twins:
        if row.one in known and row.other in known:
            groups.join(row.one, row.other)
    numbers: dict[str, int] = {}
    found: dict[str, int] = {}
    for row in record.twins:
        for key in (row.one, row.other):
            if key in known and row.one != row.other:
                found[key] = numbers.setdefault(groups.root(key), len(numbers) + 1)
    return found


def _bring_together(born: dict[str, int], twin_of: dict[str, int]) -> None:
    """Children of one birth stand beside each other, also when the day of one is not known."""
    first: dict[int, int] = {}
    for key, group in twin_of.items():
        first[group] = min(first.get(group, _LAST + 1), born[key])
    for key, group in twin_of.items():
        born[key] = first[group]


def eldest_first(
    children: Iterable[str], born: dict[str, int], twin_of: dict[str, int], keys: Sequence[str]
) -> tuple[str, ...]:
    """Oldest left; who has no known day last, in the order of the record; one birth together."""
    place = {key: number for number, key in enumerate(keys)}
    return tuple(sorted(set(children), key=lambda key: (born[key], twin_of.get(key, 0), place[key])))


def _families(
    record: Record, known: set[str], born: dict[str, int], twin_of: dict[str, int], keys: Sequence[str]
) -> list[Family]:
    above: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in record.parentages:
        if row.parent in known and row.child in known and row.parent != row.child:
            above[row.child].append((RANK.get(row.nature, 0), row.parent, row.nature))
    first: dict[tuple[str, ...], list[str]] = defaultdict(list)
    second: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    couples = {pair(row.one, row.other) for row in record.couples}
    place = {key: number for number, key in enumerate(keys)}
    for child, parents in above.items():
        mine, groups = _under(parents, couples)
        first[_in_order(mine, place)].append(child)
        for group, nature in groups:
            second[(_in_order(group, place), nature)].append(child)
    for expected in record.pregnancies:
        if expected.carrier in known:
            other = [expected.other] if expected.other in known and expected.other != expected.carrier else []
            first[_in_order([expected.carrier, *other], place)].append(expected.key)
    families = [
        Family("+".join(people), people, eldest_first(children, born, twin_of, keys))
        for people, children in first.items()
    ]
    return families + [
        Family(f"{'+'.join(people)}:{kind}", people, eldest_first(children, born, twin_of, keys), kind, is_second=True)
        for (people, kind), children in second.items()
    ]


def _in_order(people: list[str], place: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(people, key=place.__getitem__))


def _under(parents: list[tuple[int, str, str]], couples: set[Pair]) -> tuple[list[str], list[tuple[list[str], str]]]:
    """Under whom a child hangs, and its other parents, two who are a couple together."""
    lowest = min(rank for rank, _parent, _nature in parents)
    mine = list(dict.fromkeys(parent for rank, parent, _nature in parents if rank == lowest))[:2]
    groups = []
    for rank in sorted({rank for rank, _parent, _nature in parents}):
        others = {
            parent: nature for at, parent, nature in parents if at == rank and not (at == lowest and parent in mine)
        }
        groups += [(group, others[group[0]]) for group in _in_pairs(list(others), couples)]
    return mine, groups


def _in_pairs(people: list[str], couples: set[Pair]) -> list[list[str]]:
    """Two who are a couple together, everybody else alone."""
    groups: list[list[str]] = []
    left = list(people)
    while left:
        one = left.pop(0)
        other = next((person for person in left if pair(one, person) in couples), None)
        if other is not None:
            left.remove(other)
        groups.append([one, other] if other is not None else [one])
    return groups


def _sibships(
    record: Record, known: set[str], origin: dict[str, str], born: dict[str, int], twin_of: dict[str, int]
) -> tuple[dict[str, list[str]], list[Pair]]:
    """Who stand beside each other as brothers and sisters: per family, and groups whose parents are not in the record.

    `origin` grows with the latter. Two with different parents in the record are returned as loose pairs.
    """
    groups = _Groups(known)
    parents_of: dict[str, str] = {}
    loose = []
    ties = [(row.one, row.other) for row in record.siblings] + [(row.one, row.other) for row in record.twins]
    ties = [(one, other) for one, other in ties if one in known and other in known and one != other]
    for one, other in ties:
        mine = {parents_of.get(groups.root(key)) or origin.get(key, "") for key in (one, other)} - {""}
        if len(mine) > 1:
            loose.append((one, other))
            continue
        groups.join(one, other)
        if mine:
            parents_of[groups.root(one)] = mine.pop()
    for key in {key for tie in ties for key in tie}:
        root = groups.root(key)
        if key not in origin and groups.size(root) > 1:
            origin[key] = parents_of.get(root, f"~{root}")
    members: dict[str, list[str]] = defaultdict(list)
    for key, family in origin.items():
        members[family].append(key)
    keys = [row.key for row in record.individuals] + [row.key for row in record.pregnancies]
    return {family: list(eldest_first(rows, born, twin_of, keys)) for family, rows in members.items()}, loose


class _Groups:
    """Sets that are joined one by one (union-find)."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._up = {key: key for key in keys}
        self._size = dict.fromkeys(self._up, 1)

    def root(self, key: str) -> str:
        """Who stands for the set of this key."""
        while self._up[key] != key:
            self._up[key] = self._up[self._up[key]]
            key = self._up[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two sets one; the smaller key stands for both, so that the outcome does not depend on the order."""
        low, high = sorted((self.root(one), self.root(other)))
        if low != high:
            self._up[high] = low
            self._size[low] += self._size[high]

    def size(self, root: str) -> int:
        """How many are in a set."""
        return self._size[root]


def _levels(graph: Graph) -> dict[str, int]:
    links = _without_circles(graph)
    groups = _Groups(graph.keys)
    for one, other in _wishes(graph):
        if groups.root(one) != groups.root(other) and not _apart(groups, links, one, other):
            groups.join(one, other)
    below: dict[str, set[str]] = defaultdict(set)
    for parent, child in links:
        below[groups.root(parent)].add(groups.root(child))
    order = _sorted({groups.root(key) for key in graph.keys}, below)
    level = dict.fromkeys(order, 0)
    for key in order:
        for child in below[key]:
            level[child] = max(level[child], level[key] + 1)
    for key in reversed(order):
        if below[key]:
            level[key] = max(level[key], min(level[child] for child in below[key]) - 1)
    return {key: level[groups.root(key)] for key in graph.keys}


def _without_circles(graph: Graph) -> list[Pair]:
    """Parent and child as pairs; a link that would make somebody her own ancestor is left out of the generations."""
    links: list[Pair] = []
    below: dict[str, list[str]] = defaultdict(list)
    for family in sorted(graph.families, key=lambda family: family.is_second):
        for parent in family.parents:
            for child in family.children:
                if parent != child and not _reaches(below, child, parent):
                    below[parent].append(child)
                    links.append((parent, child))
    return links


def _reaches(below: dict[str, list[str]], start: str, goal: str) -> bool:
    seen, queue = {start}, deque([start])
    while queue:
        for child in below.get(queue.popleft(), ()):
            if child == goal:
                return True
            if child not in seen:
                seen.add(child)
                queue.append(child)
    return False


def _wishes(graph: Graph) -> list[Pair]:
    """Who would stand on one line, the strongest wish first: brothers and sisters, parents of a child, couples, cousins."""
    wishes = [two for rows in graph.sibships.values() for two in zip(rows, rows[1:], strict=False)]
    wishes += [pair(*family.parents) for family in graph.families if len(family.parents) == 2 and not family.is_second]
    wishes += list(graph.bonds)
    wishes += graph.loose
    children: dict[str, list[str]] = defaultdict(list)
    for family in graph.families:
        if not family.is_second:
            for parent in family.parents:
                children[parent] += family.children
    return wishes + [two for rows in children.values() for two in zip(rows, rows[1:], strict=False)]


def _apart(groups: _Groups, links: list[Pair], one: str, other: str) -> bool:
    """Whether one of two groups lies below the other, so that they cannot be one line."""
    below: dict[str, list[str]] = defaultdict(list)
    for parent, child in links:
        below[groups.root(parent)].append(groups.root(child))
    top, bottom = groups.root(one), groups.root(other)
    return _reaches(below, top, bottom) or _reaches(below, bottom, top)


def _sorted(keys: set[str], below: dict[str, set[str]]) -> list[str]:
    waits = dict.fromkeys(keys, 0)
    for children in below.values():
        for child in children:
            waits[child] += 1
    queue = deque(sorted(key for key, number in waits.items() if not number))
    order = []
    while queue:
        key = queue.popleft()
        order.append(key)
        for child in sorted(below.get(key, ())):
            waits[child] -= 1
            if not waits[child]:
                queue.append(child)
    return order


def _components(graph: Graph) -> dict[str, int]:
    groups = _Groups(graph.keys)
    for family in graph.families:
        for key in (*family.parents, *family.children):
            groups.join(family.parents[0], key)
    for one, other in (*graph.bonds, *graph.loose):
        groups.join(one, other)
    for rows in graph.sibships.values():
        for key in rows:
            groups.join(rows[0], key)
    sizes = sorted({groups.root(key) for key in graph.keys}, key=_by_size(groups, graph.keys))
    return {key: sizes.index(groups.root(key)) for key in graph.keys}


def _by_size(groups: _Groups, keys: list[str]) -> Callable[[str], tuple[int, int]]:
    place = {key: number for number, key in enumerate(keys)}
    return lambda root: (-groups.size(root), place[root])


def _align(graph: Graph) -> None:
    """Put who has no tie with the others on the line of those of the same age, or of the parents when that is unknown."""
    parts: dict[int, list[str]] = defaultdict(list)
    for key in graph.keys:
        parts[graph.component[key]].append(key)
    for rows in parts.values():
        top = min(graph.level[key] for key in rows)
        for key in rows:
            graph.level[key] -= top
    deepest = max((graph.level[key] for key in parts[0]), default=0)
    mean = {at: _mean([graph.born[key] for key in parts[0] if graph.level[key] == at]) for at in range(deepest + 1)}
    for number, rows in parts.items():
        shift = _shift(graph, rows, mean, deepest) if number else 0
        for key in rows:
            graph.level[key] += shift


def _mean(days: list[int]) -> float | None:
    known = [day for day in days if day < _LAST]
    return sum(known) / len(known) if known else None


def _shift(graph: Graph, rows: list[str], mean: dict[int, float | None], deepest: int) -> int:
    height = max(graph.level[key] for key in rows)
    room = max(0, deepest - height)
    best, found = min(room, max(0, deepest - 1 - height)), float("inf")
    for shift in range(room + 1):
        apart = [
            abs(graph.born[key] - other)
            for key in rows
            if graph.born[key] < _LAST and (other := mean.get(graph.level[key] + shift)) is not None
        ]
        if apart and sum(apart) / len(apart) < found:
            best, found = shift, sum(apart) / len(apart)
    return best
