"""The genogram: record → graph (generations) → ordering → coordinates → routes → SVG, and the same in words.

No Django inside: a record goes in, with a language; a drawing and its readback come out. The modules and the sources of
their methods stand in their first lines.
"""

from collections import Counter
from dataclasses import dataclass

from families.genogram.coordinates import Places, places_of
from families.genogram.feelings import BARS, DIRECTED, LOOKS, feelings_of
from families.genogram.graph import Graph, Pair, graph_of, pair
from families.genogram.legend import legend_of
from families.genogram.ordering import orders_of
from families.genogram.outlines import outlines_of
from families.genogram.readback import Said, Words, readback
from families.genogram.record import (
    Condition,
    Couple,
    Feeling,
    Home,
    Individual,
    Link,
    Mark,
    Parentage,
    Pregnancy,
    Record,
    Siblings,
    Twins,
)
from families.genogram.routes import Routes, routes_of
from families.genogram.svg import Scene, write
from families.genogram.symbols import SMALLEST

__all__ = [
    "BARS",
    "DIRECTED",
    "LOOKS",
    "Condition",
    "Couple",
    "Drawing",
    "Feeling",
    "Home",
    "Individual",
    "Link",
    "Mark",
    "Parentage",
    "Pregnancy",
    "Record",
    "Said",
    "Siblings",
    "Twins",
    "Words",
    "draw",
    "paper_for",
]


@dataclass(frozen=True)
class Drawing:
    """A genogram: the SVG, everything it says in order, and the places for whoever checks it."""

    svg: str
    said: list[Said]
    graph: Graph
    places: Places
    routes: Routes
    size: tuple[float, float] = (0.0, 0.0)


def draw(record: Record, words: Words) -> Drawing:
    """Draw a record. Never raises, whatever contradicts itself in it; everybody stands in the drawing exactly once."""
    graph = graph_of(record)
    sex = {row.key: row.sex for row in record.individuals}
    crowded = Counter(pair(row.one, row.other) for row in record.feelings + record.links)
    places = places_of(graph, orders_of(graph, sex, _close(record, graph)), crowded)
    routes = routes_of(record, graph, places)
    lines = (
        record.feelings
        + record.links
        + tuple(Feeling(f"~{one}~{other}", one, other, "siblings") for one, other in graph.loose)
    )
    said = readback(record, graph, places.rows)
    scene = Scene(record, graph, routes, outlines_of(record.homes, routes), feelings_of(lines, routes), said)
    legend, size = legend_of(record, graph, words, max(routes.width, 700.0))
    svg, whole = write(scene, words, legend, size)
    return Drawing(svg, said, graph, places, routes, whole)


# What is left of a sheet in landscape, without its margins and the title, in pixels of 1/96 inch.
_A4 = (1062.0, 688.0)
# The smallest text of a drawing, and how small it may become on paper: six and a half points.
_READABLE = 6.5 * 96 / 72 / SMALLEST


def paper_for(drawing: Drawing) -> str:
    """The smallest sheet on which a drawing with its legend is readable: "a4", else "a3"."""
    width, height = drawing.size
    return "a4" if min(_A4[0] / (width or 1), _A4[1] / (height or 1)) >= _READABLE else "a3"


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
