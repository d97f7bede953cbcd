"""The genogram: record → graph (generations) → ordering → coordinates → routes → SVG, and the same in words.

No Django inside: a record goes in, with a language; a drawing and its readback come out. The modules and the sources of
their methods stand in their first lines.
"""

from collections import Counter
from dataclasses import dataclass

from families.genogram.coordinates import Places, places_of
from families.genogram.feelings import DIRECTED, LOOKS, feelings_of
from families.genogram.graph import Graph, Pair, graph_of, pair
from families.genogram.legend import legend_of
from families.genogram.ordering import orders_of
from families.genogram.outlines import outlines_of
from families.genogram.readback import Said, Words, readback
from families.genogram.record import (
    Couple,
    Feeling,
    Home,
    Individual,
    Mark,
    Parentage,
    Pregnancy,
    Record,
    Siblings,
    Twins,
)
from families.genogram.routes import Routes, routes_of
from families.genogram.svg import Scene, write

__all__ = [
    "DIRECTED",
    "LOOKS",
    "Couple",
    "Drawing",
    "Feeling",
    "Home",
    "Individual",
    "Mark",
    "Parentage",
    "Pregnancy",
    "Record",
    "Said",
    "Siblings",
    "Twins",
    "Words",
    "draw",
]


@dataclass(frozen=True)
class Drawing:
    """A genogram: the SVG, everything it says in order, and the places for whoever checks it."""

    svg: str
    said: list[Said]
    graph: Graph
    places: Places
    routes: Routes


def draw(record: Record, words: Words) -> Drawing:
    """Draw a record. Never raises, whatever contradicts itself in it; everybody stands in the drawing exactly once."""
    graph = graph_of(record)
    sex = {row.key: row.sex for row in record.individuals}
    crowded = Counter(pair(row.one, row.other) for row in record.feelings)
    places = places_of(graph, orders_of(graph, sex, _close(record, graph)), crowded)
    routes = routes_of(record, graph, places)
    lines = record.feelings + tuple(Feeling(f"~{one}~{other}", one, other, "siblings") for one, other in graph.loose)
    said = readback(record, graph, places.rows)
    scene = Scene(record, graph, routes, outlines_of(record.homes, routes), feelings_of(lines, routes), said)
    legend, size = legend_of(record, graph, words, max(routes.width, 700.0))
    return Drawing(write(scene, words, legend, size), said, graph, places, routes)


def _close(record: Record, graph: Graph) -> list[tuple[Pair, float]]:
    """Who would rather stand near each other: who live together, and between whom a line runs."""
    found = [
        (pair(row.one, row.other), 0.15)
        for row in record.feelings
        if row.one in graph.level and row.other in graph.level
    ]
    for home in record.homes:
        members = [key for key in home.members if key in graph.level]
        found += [(pair(one, other), 0.3) for one, other in zip(members, members[1:], strict=False)]
    return found
