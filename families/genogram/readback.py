"""The same in words: one sentence for everything the record holds, in the order of the drawing.

What a sentence says is decided here; how it is said in a language is a function the caller gives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from families.genogram.graph import Graph
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

Row = Individual | Couple | Parentage | Siblings | Twins | Pregnancy | Feeling | Home | Condition | Mark | Link


@dataclass(frozen=True)
class Said:
    """One thing the drawing says: the row of the record, the names in it, and its number on the drawing (lines only)."""

    row: Row
    names: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True)
class Words:
    """A language for a drawing: its title, a sentence for each thing, short words on lines, words of the legend."""

    title: str
    summary: str
    sentence: Callable[[Said], str]
    short: Callable[[Couple], str]
    legend: Callable[[str], str]
    legend_title: str


def readback(record: Record, graph: Graph, rows: list[list[str]]) -> list[Said]:
    """Everything in the record, once: persons from top left to bottom right, then ties, lines, homes and overlays."""
    people = {row.key: row for row in record.individuals}
    name = {row.key: row.name for row in record.individuals}
    said = [Said(people[key], (name[key],)) for row in rows for key in row if key in people]
    for couple in record.couples:
        said.append(Said(couple, _names(name, couple.one, couple.other)))
    for parentage in record.parentages:
        said.append(Said(parentage, _names(name, parentage.parent, parentage.child)))
    said += [Said(tie, _names(name, tie.one, tie.other)) for tie in record.siblings]
    said += [Said(tie, _names(name, tie.one, tie.other)) for tie in record.twins]
    for pregnancy in record.pregnancies:
        said.append(Said(pregnancy, _names(name, pregnancy.carrier, pregnancy.other)))
    for number, feeling in enumerate(record.feelings, 1):
        said.append(Said(feeling, _names(name, feeling.one, feeling.other), number))
    for home in record.homes:
        said.append(Said(home, _names(name, *home.members)))
    said += [Said(row, _names(name, row.person)) for row in record.conditions]
    said += [Said(mark, _names(name, mark.person)) for mark in record.marks]
    for number, link in enumerate(record.links, len(record.feelings) + 1):
        said.append(Said(link, _names(name, link.one, link.other), number))
    return said


def _names(name: dict[str, str], *keys: str) -> tuple[str, ...]:
    return tuple(name[key] for key in keys if key in name)
