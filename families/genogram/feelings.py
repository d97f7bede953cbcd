"""Emotional lines: a way from one symbol to another that passes over as little as possible, in the line of its kind."""

from dataclasses import dataclass
from math import cos, hypot, pi, sin

from families.genogram.record import Feeling, Link
from families.genogram.routes import HALF, Point, Routes

STEP = 6.0
CLEAR = HALF + 6
BENDS = (0.0, 13.0, -13.0, 26.0, -26.0, 45.0, -45.0, 70.0, -70.0, 110.0, -110.0, 160.0, -160.0)
BADGE = 8.5


@dataclass(frozen=True)
class Stroke:
    """One path of a line: how thick, how dashed, filled or not; `paper`: filled with paper, over what lies under it."""

    path: str
    width: float = 1.6
    dash: str = ""
    fill: bool = False
    paper: bool = False


@dataclass(frozen=True)
class Look:
    """How a kind is drawn: its body, how many lines beside each other, what stands on it, and its colour."""

    body: str = "plain"
    lines: int = 1
    dash: str = ""
    arrow: str = ""
    sign: str = ""
    width: float = 1.6
    tone: str = "calm"


LOOKS: dict[str, Look] = {
    "close": Look(lines=2),
    "fused": Look(lines=3),
    "distant": Look(dash="1.5 5", width=2.0, tone="cool"),
    "hostile": Look(body="zigzag", tone="sharp"),
    "close_hostile": Look(body="zigzag", lines=2, tone="sharp"),
    "fused_hostile": Look(body="zigzag", lines=3, tone="sharp"),
    "focused": Look(arrow="open"),
    "caretaker": Look(arrow="round"),
    "spiritual": Look(body="wave"),
    "cutoff": Look(sign="cut", tone="cool"),
    "cutoff_repaired": Look(sign="mended", tone="cool"),
    "control": Look(arrow="square", width=2.6, tone="harm"),
    "emotional_abuse": Look(body="zigzag", arrow="open", tone="harm"),
    "physical_abuse": Look(body="zigzag", arrow="full", width=2.4, tone="harm"),
    "sexual_abuse": Look(body="zigzag", lines=2, arrow="full", width=1.8, tone="harm"),
    "siblings": Look(dash="5 4", width=1.2, tone="plain"),
}
# Lines of overlays: never red, which is for harm; each differs from the others by dashes and sign alone.
BARS: dict[str, Look] = {
    "contact": Look(dash="11 3 2 3", sign="visit", width=2.0),
    "own": Look(dash="6 4", sign="stop", tone="plain"),
    "agreement": Look(dash="10 3 2 3", sign="stop", tone="plain"),
    "contact_ban": Look(arrow="open", sign="stop", width=2.2, tone="ink"),
    "home_ban": Look(lines=2, arrow="open", sign="stop", tone="ink"),
    "location_ban": Look(dash="2 4", arrow="open", sign="stop", width=2.2, tone="ink"),
}
DIRECTED = frozenset(kind for kind, look in LOOKS.items() if look.arrow)


@dataclass(frozen=True)
class Drawn:
    """A line with its strokes, and where its number stands."""

    feeling: Feeling | Link
    look: Look
    strokes: tuple[Stroke, ...]
    badge: Point
    head: Stroke | None = None


@dataclass
class _Ground:
    """What lies there already: symbols, names and dates, lines of the family, emotional lines, their numbers."""

    symbols: dict[str, Point]
    words: list[Point]
    family: list[Point]
    lines: list[Point]
    badges: list[Point]


def feelings_of(feelings: tuple[Feeling | Link, ...], routes: Routes) -> list[Drawn]:
    """All lines between persons of the drawing, each on the freest way that is left."""
    ground = _ground(routes)
    found = []
    for feeling in feelings:
        if feeling.one not in routes.y or feeling.other not in routes.y or feeling.one == feeling.other:
            continue
        way = _way(feeling, ground)
        badge = _badge(way, ground)
        ground.lines += way
        ground.badges.append(badge)
        look = (BARS if isinstance(feeling, Link) else LOOKS).get(feeling.kind, Look())
        head = _head(way, look.arrow) if look.arrow else None
        found.append(Drawn(feeling, look, strokes_of(way, look), badge, head))
    return found


def _ground(routes: Routes) -> _Ground:
    words = [(routes.x[key], routes.label_y[level] + 14) for level, row in enumerate(routes.rows) for key in row]
    words += [route.text for route in routes.bonds.values()]
    family: list[Point] = []
    for route in routes.families:
        family += _sampled(route.top, (route.top[0], route.bar))
        for child, x, start in route.landings:
            family += _sampled((start, route.bar), (x, routes.y[child] - HALF))
    for bond in routes.bonds.values():
        for one, other in zip(bond.points, bond.points[1:], strict=False):
            family += _sampled(one, other)
    return _Ground({key: (routes.x[key], y) for key, y in routes.y.items()}, words, family, [], [])


def _sampled(one: Point, other: Point) -> list[Point]:
    count = max(1, int(hypot(other[0] - one[0], other[1] - one[1]) / 8))
    parts = [number / count for number in range(count + 1)]
    return [(one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part) for part in parts]


def _way(feeling: Feeling | Link, ground: _Ground) -> list[Point]:
    ends = (feeling.one, feeling.other)
    start, end = (ground.symbols[key] for key in ends)
    others = [place for key, place in ground.symbols.items() if key not in ends]
    best, lowest = [], float("inf")
    for bend in BENDS:
        least = abs(bend) * 0.07 + (0.5 if bend < 0 else 0)
        if least >= lowest:
            break
        way = curve(start, end, bend)
        price = _price(way, others, ground, least, lowest)
        if price < lowest:
            best, lowest = way, price
    return best


def _badge(way: list[Point], ground: _Ground) -> Point:
    """Where the number of a line stands: on the line when it is long, beside it when it is short."""
    size = len(way)
    asides = (0.0, 14.0, -14.0) if size > 14 else (14.0, -14.0, 20.0, -20.0)
    best, lowest = way[size // 2], float("inf")
    for at in sorted({size // 2, size // 2 - size // 8, size // 2 + size // 8, size // 3, size - 1 - size // 3}):
        across = _normal(way, at)
        for aside in asides:
            place = (way[at][0] + across[0] * aside, way[at][1] + across[1] * aside)
            price = abs(at - size // 2) * 0.1 + 0.1 * (aside < 0) + (0.5 if size > 14 and aside else 0)
            price += 6 * _near(place, ground.badges, 2 * BADGE, 2 * BADGE)
            price += 4 * _near(place, list(ground.symbols.values()), HALF + BADGE, HALF + BADGE)
            price += 1.5 * _near(place, ground.words, 40, 18) + 0.4 * _near(place, ground.lines, BADGE + 2, BADGE + 2)
            if price < lowest:
                best, lowest = place, price
    return best


def _near(place: Point, others: list[Point], wide: float, high: float) -> int:
    return sum(abs(place[0] - x) < wide and abs(place[1] - y) < high for x, y in others)


def curve(start: Point, end: Point, bend: float) -> list[Point]:
    """Points along a bow from symbol to symbol, without the parts inside them; `bend` is how far it bulges."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    turn = ((start[0] + end[0]) / 2 + across[0] * bend * 2, (start[1] + end[1]) / 2 + across[1] * bend * 2)
    count = max(16, int((length + abs(bend)) / STEP))
    points = []
    for number in range(count + 1):
        part = number / count
        weights = ((1 - part) ** 2, 2 * part * (1 - part), part**2)
        points.append(
            (
                sum(weight * place[0] for weight, place in zip(weights, (start, turn, end), strict=True)),
                sum(weight * place[1] for weight, place in zip(weights, (start, turn, end), strict=True)),
            )
        )
    free = [point for point in points if _far(point, start) and _far(point, end)]
    return free if len(free) > 4 else points


def _far(point: Point, other: Point) -> bool:
    return max(abs(point[0] - other[0]), abs(point[1] - other[1])) > CLEAR


def _price(way: list[Point], others: list[Point], ground: _Ground, least: float, limit: float) -> float:
    """What a way costs: over a symbol very much, over words or along another line some, and its length a little.

    Stops counting where it costs more than `limit` already.
    """
    left, right = min(x for x, _y in way) - 60, max(x for x, _y in way) + 60
    low, high = min(y for _x, y in way) - 60, max(y for _x, y in way) + 60

    def here(places: list[Point]) -> list[Point]:
        return [place for place in places if left < place[0] < right and low < place[1] < high]

    symbols, words, family, lines = here(others), here(ground.words), here(ground.family), here(ground.lines)
    price = least + 0.02 * len(way)
    for place in way[::2]:
        if price > limit:
            break
        price += 28.0 * _near(place, symbols, HALF + 7, HALF + 7)
        price += 2.6 * _near(place, words, 42, 15)
        price += 0.7 * _near(place, family, 5, 5)
        price += 4.0 * _near(place, lines, 8, 8)
    return price


def strokes_of(way: list[Point], look: Look) -> tuple[Stroke, ...]:
    """The strokes of a line of this look along a way."""
    body = way[:-2] if look.arrow else way
    strokes = []
    if look.body == "zigzag":
        spread = 1 if look.lines == 1 else 0
        strokes.append(Stroke(path_of(_toothed(body, 5.0)), look.width))
        for side in _sides(look.lines) if not spread else ():
            strokes.append(Stroke(path_of(beside(body, side * 1.8)), 1.1))
    elif look.body == "wave":
        strokes.append(Stroke(path_of(_waved(body)), look.width))
    else:
        strokes += [Stroke(path_of(beside(body, side)), look.width, look.dash) for side in _sides(look.lines)]
    if look.arrow:
        strokes.append(_head(way, look.arrow))
    if look.sign:
        strokes += _sign(way, look.sign)
    return tuple(strokes)


def _sides(lines: int) -> tuple[float, ...]:
    return {1: (0.0,), 2: (-2.6, 2.6), 3: (-4.4, 0.0, 4.4)}[lines]


def path_of(points: list[Point]) -> str:
    """A polyline as an SVG path."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _normal(points: list[Point], at: int) -> Point:
    one, other = points[max(0, at - 1)], points[min(len(points) - 1, at + 1)]
    length = hypot(other[0] - one[0], other[1] - one[1]) or 1.0
    return -(other[1] - one[1]) / length, (other[0] - one[0]) / length


def beside(points: list[Point], side: float) -> list[Point]:
    """The same way, so many pixels aside."""
    found = []
    for at, (x, y) in enumerate(points):
        across = _normal(points, at)
        found.append((x + across[0] * side, y + across[1] * side))
    return found


def _toothed(points: list[Point], height: float) -> list[Point]:
    last = len(points) - 1
    found = []
    for at, (x, y) in enumerate(points):
        across = _normal(points, at)
        side = 0.0 if at in (0, last) else height * (1 if at % 2 else -1)
        found.append((x + across[0] * side, y + across[1] * side))
    return found


def _waved(points: list[Point]) -> list[Point]:
    found = []
    for at, (x, y) in enumerate(points):
        across = _normal(points, at)
        side = 4.0 * sin(at * pi / 2.2)
        found.append((x + across[0] * side, y + across[1] * side))
    return found


def _head(way: list[Point], kind: str) -> Stroke:
    """The head at the end: open, full, a round one (who takes care), a square one (who controls)."""
    (x, y), (bx, by) = way[-1], way[-4] if len(way) > 3 else way[0]
    length = hypot(x - bx, y - by) or 1.0
    ux, uy = (x - bx) / length, (y - by) / length
    left, right = (x - ux * 10 - uy * 5.5, y - uy * 10 + ux * 5.5), (x - ux * 10 + uy * 5.5, y - uy * 10 - ux * 5.5)
    if kind == "open":
        return Stroke(path_of([way[-3], (x, y)]) + path_of([left, (x, y), right]), 1.8)
    if kind == "full":
        return Stroke(path_of([left, (x, y), right]) + "Z", 1.0, fill=True)
    middle = (x - ux * 5, y - uy * 5)
    if kind == "square":
        corners = [(middle[0] + 5 * sx * ux - 5 * sy * uy, middle[1] + 5 * sx * uy + 5 * sy * ux) for sx, sy in _SQUARE]
        return Stroke(path_of(corners) + "Z", 1.0, fill=True)
    ring = [(middle[0] + 5 * cos(at * pi / 6), middle[1] + 5 * sin(at * pi / 6)) for at in range(12)]
    return Stroke(path_of(ring) + "Z", 1.0, fill=True)


_SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def _ring(middle: Point, reach: float) -> str:
    return (
        path_of([(middle[0] + reach * cos(at * pi / 8), middle[1] + reach * sin(at * pi / 8)) for at in range(16)])
        + "Z"
    )


def _sign(way: list[Point], kind: str) -> list[Stroke]:
    """Two bars across the line where contact was broken; a ring between them when it was mended.

    A ring with a stroke through it where somebody may not pass; two small rings for who visit each other.
    """
    if kind == "visit":
        places = (way[len(way) // 4], way[len(way) - 1 - len(way) // 4])
        return [Stroke(_ring(place, 3.6), 1.6, paper=True) for place in places]
    if kind == "stop":
        x, y = way[len(way) * 3 // 4]
        return [Stroke(_ring((x, y), 7.0), 1.8, paper=True), Stroke(path_of([(x - 5, y + 5), (x + 5, y - 5)]), 1.8)]
    at = max(1, len(way) // 3)
    across = _normal(way, at)
    found = []
    for number in (at, min(at + 1, len(way) - 1)):
        x, y = way[number]
        ends = [(x - across[0] * 7, y - across[1] * 7), (x + across[0] * 7, y + across[1] * 7)]
        found.append(Stroke(path_of(ends), 2.0))
    if kind == "mended":
        (x, y), (ox, oy) = way[at], way[min(at + 1, len(way) - 1)]
        middle = ((x + ox) / 2, (y + oy) / 2)
        ring = [(middle[0] + 5 * cos(step * pi / 6), middle[1] + 5 * sin(step * pi / 6)) for step in range(12)]
        found.append(Stroke(path_of(ring) + "Z", 1.4))
    return found
