"""From lines to SVG: a drawing that stands by itself on screen and on paper, and says in words what it shows.

Nothing here depends on colour or on a stylesheet: shapes, dashes and numbers tell everything apart, and each symbol,
line and outline carries its sentence as title. Every text is escaped.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from families.genogram.feelings import BADGE, Drawn, Stroke
from families.genogram.graph import Graph, pair
from families.genogram.ordering import hanging_row
from families.genogram.outlines import Outline
from families.genogram.readback import Said, Words
from families.genogram.record import Condition, Feeling, Individual, Link, Mark, Pregnancy, Record
from families.genogram.routes import HALF, MARK_LINE, NAME_LINE, YEARS, FamilyRoute, Routes
from families.genogram.symbols import (
    ACCENT,
    CHILDREN,
    COOL,
    COUPLES,
    DANGER,
    FONT,
    HATCH,
    HOMES,
    INK,
    PAPER,
    SHARP,
    SOFT,
    pregnancy,
    slashes,
    symbol,
)

TONES = {"ink": INK, "calm": ACCENT, "plain": SOFT, "cool": COOL, "sharp": SHARP, "harm": DANGER}


@dataclass(frozen=True)
class Scene:
    """Everything with its place and its words, ready to be written."""

    record: Record
    graph: Graph
    routes: Routes
    outlines: list[Outline]
    feelings: list[Drawn]
    said: list[Said]


def text_of(text: str) -> str:
    """A text that may stand in XML: escaped, without the signs XML does not know."""
    return escape("".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff"))


def attribute(text: str) -> str:
    """The same as a value in quotation marks."""
    return quoteattr("".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff"))


def write(
    scene: Scene, words: Words, legend: str = "", legend_size: tuple[float, float] = (0, 0)
) -> tuple[str, tuple[float, float]]:
    """The drawing as one SVG element with its legend under it, and its width and height."""
    width = max(scene.routes.width, legend_size[0], 320)
    height = scene.routes.height + legend_size[1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" role="group" aria-labelledby="gg-title gg-desc" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" preserveAspectRatio="xMidYMin meet" width="{width:.0f}" height="{height:.0f}" '
        f'font-family="{FONT}" font-size="13" fill="{INK}">',
        f'<title id="gg-title">{text_of(words.title)}</title><desc id="gg-desc">{text_of(words.summary)}</desc>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>',
    ]
    if scene.record.conditions:
        parts.append(HATCH)
    sentences = {_key(said): words.sentence(said) for said in scene.said}
    parts.append(f'<g transform="translate({max(0.0, (width - scene.routes.width) / 2):.0f} 0)">')
    parts += _homes(scene, sentences)
    parts += _bonds(scene, words, sentences)
    parts += _children(scene)
    parts += _feelings(scene, sentences)
    parts += _people(scene, words, sentences)
    parts += [*_badges(scene), "</g>"]
    if legend:
        parts.append(f'<g transform="translate(0 {scene.routes.height:.0f})">{legend}</g>')
    parts.append("</svg>")
    return "".join(parts), (width, height)


def _key(said: Said) -> str:
    return getattr(said.row, "key", "") or f"mark:{said.row}"


def _line(path: str, dash: str = "", width: float = 1.8, colour: str = INK) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"{dashes}/>'


def _polyline(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _words(
    x: float, y: float, text: str, *, size: float = 13, anchor: str = "middle", weight: str = "", colour: str = INK
) -> str:
    """Words with paper around them, so that a line that passes behind leaves them readable."""
    heavy = f' font-weight="{weight}"' if weight else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}"{heavy} fill="{colour}" '
        f'stroke="{PAPER}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">{text_of(text)}</text>'
    )


def _spoken(kind: str, sentence: str, inside: str) -> str:
    """A part that can be reached by keyboard and says what it is."""
    return (
        f'<g class="gg-{kind}" tabindex="0" role="img" aria-label={attribute(sentence)}>'
        f"<title>{text_of(sentence)}</title>{inside}</g>"
    )


def _homes(scene: Scene, sentences: dict[str, str]) -> list[str]:
    found = []
    for outline in scene.outlines:
        colour, dash = HOMES[outline.number % len(HOMES)]
        inside = "".join(
            f'<path d="{path}" fill="{colour}" fill-opacity="0.05" stroke="{colour}" stroke-width="1.6" '
            f'stroke-dasharray="{dash}"/>'
            for path in outline.paths
        )
        if outline.home.label:
            inside += _words(*outline.label, outline.home.label, size=12, anchor="start", weight="600", colour=colour)
        found.append(_spoken("home", sentences[outline.home.key], inside))
    return found


def _bonds(scene: Scene, words: Words, sentences: dict[str, str]) -> list[str]:
    found = []
    for bond, couple in scene.graph.bonds.items():
        route = scene.routes.bonds[bond]
        path = _polyline(route.points)
        if couple is None:
            found.append(_line(path, *COUPLES["none"], SOFT))
            continue
        dash, width = COUPLES.get(couple.nature, COUPLES[""])
        inside = _line(path, "", 9.0, "transparent") + _line(path, dash, width)
        inside += slashes(*route.slash, couple.ended)
        inside += _words(*route.text, words.short(couple), size=12, colour=SOFT)
        rows = [row for row in scene.record.couples if pair(row.one, row.other) == bond]
        sentence = " ".join(sentences[row.key] for row in rows)
        found.append(_spoken("couple", sentence, inside))
    return found


def _children(scene: Scene) -> list[str]:
    nature = {
        (row.parent, row.child): row.nature
        for row in sorted(scene.record.parentages, key=lambda row: row.nature, reverse=True)
    }
    found = []
    for route in scene.routes.families:
        if not route.landings:
            continue
        found += _descent(scene, route, nature)
    found += _joined(scene)
    return found


def _descent(scene: Scene, route: FamilyRoute, nature: dict[tuple[str, str], str]) -> list[str]:
    """From the couple down, along over the children, and down to each."""
    family = route.family
    second = CHILDREN.get(family.nature, CHILDREN[""])[0] if family.is_second else ""
    colour = SOFT if family.is_second else INK
    width = 1.4 if family.is_second else 1.5
    couple = len(family.parents) == 2 and scene.graph.bonds.get(pair(*family.parents[:2])) is not None
    found = [_line(_polyline(route.half), "", 1.5 if not couple else width, colour)] if route.half else []
    down = f"M{route.top[0]:.1f} {route.top[1]:.1f}V{route.bar:.1f}"
    if route.high - route.low > 0.6:
        down += f"M{route.low:.1f} {route.bar:.1f}H{route.high:.1f}"
    found.append(_line(down, second, width, colour))
    for child, x, start in route.landings:
        kind = family.nature if family.is_second else nature.get((family.parents[0], child), "")
        top = _top(scene, child)
        dash, double = CHILDREN.get(kind, CHILDREN[""])
        turn = top - YEARS - 6
        bent = scene.graph.level[child] > hanging_row(scene.graph, family) + 1 and turn > route.bar
        path = f"V{turn:.1f}H{x:.1f}V{top:.1f}" if bent else f"L{x:.1f} {top:.1f}"
        found.append(_line(f"M{start:.1f} {route.bar:.1f}{path}", dash, width, colour))
        if double and not bent:
            found.append(_line(f"M{start + 4:.1f} {route.bar:.1f}L{x + 4:.1f} {top + 0.5:.1f}", "", width, colour))
    found += _identical(scene, route)
    return found


def _top(scene: Scene, key: str) -> float:
    """Where a line from above meets the symbol."""
    y = scene.routes.y[key] - HALF
    sex = next((row.sex for row in scene.record.individuals if row.key == key), "none")
    return y + (8 if sex == "none" else 0) - (3 if sex in ("other", "unknown") else 0)


def _identical(scene: Scene, route: FamilyRoute) -> list[str]:
    """A line across between two of one egg."""
    middle = {child: (x + start) / 2 for child, x, start in route.landings if x != start}
    found = []
    for row in scene.record.twins:
        if row.nature == "identical" and row.one in middle and row.other in middle:
            y = (route.bar + _top(scene, row.one)) / 2
            ends = [middle[row.one], middle[row.other]]
            found.append(_line(f"M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}", "", 1.5))
    return found


def _joined(scene: Scene) -> list[str]:
    """Brothers and sisters of whom the parents are not in the record hang from a broken line."""
    found = []
    bars = {route.family.key: route for route in scene.routes.families if not route.family.is_second}
    dash = CHILDREN["joined"][0]
    for origin, rows in scene.graph.sibships.items():
        route = bars.get(origin)
        if route is not None:
            for key in [key for key in rows if key not in route.family.children]:
                x = scene.routes.x[key]
                end = min(max(x, route.low), route.high)
                path = f"M{end:.1f} {route.bar:.1f}H{x:.1f}V{_top(scene, key):.1f}"
                found.append(_line(path, dash, 1.5, SOFT))
            continue
        tops = [_top(scene, key) for key in rows]
        bar = min(tops) - 22
        xs = [scene.routes.x[key] for key in rows]
        path = f"M{min(xs):.1f} {bar:.1f}H{max(xs):.1f}"
        path += "".join(f"M{x:.1f} {bar:.1f}V{top:.1f}" for x, top in zip(xs, tops, strict=True))
        found.append(_line(path, dash, 1.5, SOFT))
    return found


def stroke_of(stroke: Stroke, colour: str) -> str:
    """One stroke of a line in its colour."""
    dashes = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    fill = colour if stroke.fill else PAPER if stroke.paper else "none"
    return (
        f'<path d="{stroke.path}" fill="{fill}" stroke="{colour}" stroke-width="{stroke.width:g}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
    )


def _feelings(scene: Scene, sentences: dict[str, str]) -> list[str]:
    found = []
    for drawn in scene.feelings:
        colour = TONES[drawn.look.tone]
        inside = "".join(stroke_of(stroke, colour) for stroke in drawn.strokes)
        sentence = sentences.get(drawn.feeling.key, "")
        found.append(_spoken("line", sentence, inside) if sentence else inside)
    return found


def _people(scene: Scene, words: Words, sentences: dict[str, str]) -> list[str]:
    found = []
    people: dict[str, Individual | Pregnancy] = {row.key: row for row in scene.record.individuals}
    people |= {row.key: row for row in scene.record.pregnancies}
    more: dict[str, list[str]] = defaultdict(list)
    for said in scene.said:
        if isinstance(said.row, Condition | Mark):
            more[said.row.person].append(words.sentence(said))
    for row in scene.routes.rows:
        for key in row:
            person = people[key]
            x, y = scene.routes.x[key], scene.routes.y[key]
            sentence = sentences[key]
            if isinstance(person, Pregnancy):
                due = f"{person.due.year}" if person.due else ""
                inside = pregnancy(person, x, y) + _words(x, y + HALF + 6, due, size=12, colour=SOFT)
                found.append(_spoken("pregnancy", sentence, inside))
            else:
                sentence = ". ".join((sentence, *more[key]))
                inside = _person(scene, person, x, y)
                found.append(_linked(person, sentence, inside) if person.href else _spoken("person", sentence, inside))
    return found


def _linked(person: Individual, sentence: str, inside: str) -> str:
    """A symbol that opens the person."""
    return (
        f'<a class="gg-person" href={attribute(person.href)} aria-label={attribute(sentence)}>'
        f"<title>{text_of(sentence)}</title>{inside}</a>"
    )


def _person(scene: Scene, person: Individual, x: float, y: float) -> str:
    inside = symbol(person, x, y, [row for row in scene.record.conditions if row.person == person.key])
    if person.age is not None:
        inside += _words(x, y + 4.5, str(person.age), size=13, weight="600" if person.is_index else "")
    elif person.sex == "unknown" and not person.is_dead:
        inside += _words(x, y + 4.5, "?", size=13, colour=SOFT)
    if person.born is not None:
        inside += _words(x - 7, y - HALF - 5, str(person.born.year), size=12, anchor="end", colour=SOFT)
    if person.died is not None:
        inside += _words(x + 7, y - HALF - 5, str(person.died.year), size=12, anchor="start", colour=SOFT)
    label = scene.routes.labels[person.key]
    level = scene.graph.level[person.key]
    at = scene.routes.label_y[level] + 11
    inside += _words(x, at, label.given, weight="600")
    if label.rest:
        at += NAME_LINE
        inside += _words(x, at, label.rest, size=12, colour=SOFT)
    for mark in label.marks:
        at += MARK_LINE
        inside += _words(x, at, mark, size=12, colour=ACCENT)
    return inside


def _badges(scene: Scene) -> list[str]:
    """The number of each line, the same as in the readback; above everything else."""
    numbers = {row.row.key: row.number for row in scene.said if isinstance(row.row, Feeling | Link)}
    found = []
    for drawn in scene.feelings:
        if drawn.head is not None:
            # The head once more, above the years that stand beside a symbol: the direction must be seen.
            found.append(f'<g aria-hidden="true">{stroke_of(drawn.head, TONES[drawn.look.tone])}</g>')
        number = numbers.get(drawn.feeling.key)
        if number:
            x, y = drawn.badge
            colour = TONES[drawn.look.tone]
            found.append(
                f'<g aria-hidden="true"><circle cx="{x:.1f}" cy="{y:.1f}" r="{BADGE:g}" fill="{PAPER}" stroke="{colour}" '
                f'stroke-width="1.3"/><text x="{x:.1f}" y="{y + 4.2:.1f}" text-anchor="middle" font-size="12" '
                f'font-weight="600" fill="{colour}">{number}</text></g>'
            )
    return found
