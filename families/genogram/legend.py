"""The legend: every kind of symbol and line that stands in this drawing, and no other."""

from families.genogram.feelings import BARS, LOOKS, Look, curve, strokes_of
from families.genogram.graph import Graph
from families.genogram.readback import Words
from families.genogram.record import Condition, Individual, Pregnancy, Record
from families.genogram.routes import HALF
from families.genogram.svg import TONES, stroke_of, text_of
from families.genogram.symbols import (
    ACCENT,
    CHILDREN,
    CONDITIONS,
    COUPLES,
    HOMES,
    INK,
    SOFT,
    condition_code,
    pregnancy,
    slashes,
    symbol,
)

COLUMN = 196.0
LETTER = 6.1
LINE = 27.0
HEAD = 30.0
SAMPLE = 44.0


def legend_of(record: Record, graph: Graph, words: Words, width: float) -> tuple[str, tuple[float, float]]:
    """The legend as SVG, and its width and height."""
    entries = _entries(record, graph)
    if not entries:
        return "", (0.0, 0.0)
    column = max(COLUMN, SAMPLE + 24 + LETTER * max(len(words.legend(code)) for code, _sample in entries))
    columns = max(1, min(5, int((width - 40) // column)))
    lines = -(-len(entries) // columns)
    parts = [
        f'<path d="M24 0H{width - 24:.0f}" stroke="{SOFT}" stroke-width="0.6"/>'
        f'<text x="24" y="20" font-size="12" font-weight="600">{text_of(words.legend_title)}</text>'
    ]
    for number, (code, sample) in enumerate(entries):
        x, y = 24 + column * (number // lines), HEAD + LINE * (number % lines) + 14
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f})"><g aria-hidden="true">{sample}</g>'
            f'<text x="{SAMPLE + 10:g}" y="4" font-size="12">{text_of(words.legend(code))}</text></g>'
        )
    return "".join(parts), (24 + column * columns, HEAD + LINE * lines + 16)


def _entries(record: Record, graph: Graph) -> list[tuple[str, str]]:
    found = [*_people(record), *_couples(record, graph), *_children(record, graph)]
    kinds = {row.kind for row in record.feelings}
    found += [(kind, _feeling(LOOKS[kind])) for kind in LOOKS if kind in kinds]
    if record.homes:
        found.append(("home", _home()))
    return found + _overlays(record)


def _overlays(record: Record) -> list[tuple[str, str]]:
    """What lies over the family: conditions, short texts under a symbol by their first word, and lines of overlays."""
    drawn = {condition_code(row): row for row in record.conditions}
    found = [(code, _condition(drawn[code])) for code in CONDITIONS if code in drawn]
    marks = {mark.kind: mark for mark in reversed(record.marks)}
    found += [(f"mark_{kind}", _mark(marks[kind].text)) for kind in sorted(marks)]
    kinds = dict.fromkeys(
        row.kind for row in sorted(record.links, key=lambda row: (list(BARS) + [row.kind]).index(row.kind))
    )
    return found + [(f"link_{kind}", _feeling(BARS.get(kind, Look()))) for kind in kinds]


def _condition(row: Condition) -> str:
    drawn = symbol(Individual("", "", sex="man"), 0, 0, [row])
    return f'<g transform="translate({SAMPLE / 2:g} 0) scale({9.5 / HALF:.3f})">{drawn}</g>'


def _mark(text: str) -> str:
    word = text.partition(" ")[0].rstrip(":")[:8]
    return f'<text x="0" y="4" font-size="12" fill="{ACCENT}">{text_of(word)}</text>'


def _people(record: Record) -> list[tuple[str, str]]:
    rows = record.individuals
    found = []
    for sex in ("man", "woman", "other", "unknown"):
        if any(row.sex == sex for row in rows):
            found.append((sex, _small(Individual("", "", sex=sex))))
    if any(row.is_index for row in rows):
        found.append(("index", _small(Individual("", "", sex="woman", is_index=True))))
    if any(row.is_dead for row in rows):
        found.append(("dead", _small(Individual("", "", sex="man", is_dead=True))))
    for outcome in ("expected", "miscarriage", "abortion", "stillbirth"):
        if any(row.outcome == outcome for row in record.pregnancies):
            drawn = pregnancy(Pregnancy("", "", outcome=outcome), 0, 0)
            found.append((outcome, f'<g transform="translate({SAMPLE / 2:g} 0) scale(0.6)">{drawn}</g>'))
    return found


def _small(row: Individual) -> str:
    scale = 9.5 / HALF
    return f'<g transform="translate({SAMPLE / 2:g} 0) scale({scale:.3f})">{symbol(row, 0, 0)}</g>'


def _couples(record: Record, graph: Graph) -> list[tuple[str, str]]:
    natures = {row.nature for row in record.couples}
    found = []
    for nature, (dash, width) in COUPLES.items():
        code = nature or "partners"
        if nature in natures or (nature == "none" and None in graph.bonds.values()):
            found.append((f"couple_{code}", _straight(dash, width, SOFT if nature == "none" else INK)))
    for ended in ("separated", "divorced"):
        if any(row.ended == ended for row in record.couples):
            found.append((ended, _straight("", 1.8) + slashes(SAMPLE / 2, 0, ended)))
    return found


def _children(record: Record, graph: Graph) -> list[tuple[str, str]]:
    natures = {row.nature for row in record.parentages}
    found: list[tuple[str, str]] = []
    for nature in ("adoptive", "foster", "carer"):
        if nature in natures:
            dash, double = CHILDREN[nature]
            found.append((nature, _straight(dash, 1.5) + (_straight("", 1.5, INK, 4) if double else "")))
    if any(key.startswith("~") for key in graph.origin.values()) or record.siblings:
        found.append(("joined", _straight(CHILDREN["joined"][0], 1.5, SOFT)))
    for nature in ("identical", "fraternal"):
        if any(row.nature == nature for row in record.twins):
            middle = SAMPLE / 2
            path = f"M{middle - 12:g} 9L{middle:g} -9L{middle + 12:g} 9"
            path += f"M{middle - 6:g} 0H{middle + 6:g}" if nature == "identical" else ""
            found.append((nature, f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5"/>'))
    return found


def _straight(dash: str, width: float, colour: str = INK, y: float = 0) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M0 {y:g}H{SAMPLE:g}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def _feeling(look: Look) -> str:
    colour = TONES[look.tone]
    way = curve((-29.0, 0.0), (SAMPLE + 29, 0.0), 0)
    return "".join(stroke_of(stroke, colour) for stroke in strokes_of(way, look))


def _home() -> str:
    colour, dash = HOMES[0]
    return (
        f'<rect x="2" y="-9" width="{SAMPLE - 4:g}" height="18" rx="6" fill="{colour}" fill-opacity="0.05" '
        f'stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dash}"/>'
    )
