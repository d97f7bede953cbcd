"""The standard symbols (McGoldrick, Gerson and Petry; `domain.md` e) as SVG, each around its own middle."""

from collections.abc import Iterable

from families.genogram.record import Condition, Individual, Pregnancy
from families.genogram.routes import HALF

INK = "#23221f"
SOFT = "#5a564f"
PAPER = "#ffffff"
ACCENT = "#0f5759"
DANGER = "#b01e17"
COOL = "#33556e"
SHARP = "#86404f"
HOMES = (("#0f5759", "9 4"), ("#7d4e0b", "2 4"), ("#524480", "9 3 2 3"), ("#33556e", "4 3"))
SMALL = 13.0
SMALLEST = 12  # the smallest text, in pixels
FONT = "'Source Sans 3', 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def symbol(row: Individual, x: float, y: float, conditions: Iterable[Condition] = ()) -> str:
    """A square, a circle, or a diamond; a second line inside for who it is about, a cross through who died.

    What somebody has fills a part of it: the left half an illness, the lower half alcohol or drugs.
    """
    parts = [_shape(row.sex, x, y, HALF)]
    half = HALF - 4.5 if row.is_index else HALF
    if row.is_index:
        parts.append(_shape(row.sex, x, y, half))
    filled = [_filled(row.sex, x, y, half, code) for code in sorted({condition_code(row) for row in conditions})]
    parts += filled
    if row.is_dead:
        reach = HALF if row.sex == "man" else HALF * 0.72 if row.sex == "woman" else HALF * 0.52
        cross = (
            f"M{x - reach:.1f} {y - reach:.1f}L{x + reach:.1f} {y + reach:.1f}"
            f"M{x - reach:.1f} {y + reach:.1f}L{x + reach:.1f} {y - reach:.1f}"
        )
        # Over a filled part the cross keeps a border of paper, so that it is seen there too.
        under = f'<path d="{cross}" fill="none" stroke="{PAPER}" stroke-width="4"/>' if filled else ""
        parts.append(f'{under}<path d="{cross}" fill="none" stroke="{INK}" stroke-width="1.4"/>')
    return "".join(parts)


HATCH = (
    '<defs><pattern id="gg-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<path d="M0 0V5" stroke="{INK}" stroke-width="2.4"/></pattern></defs>'
)
CONDITIONS = ("illness_present", "illness_recovery", "use_present", "use_suspected", "use_recovery")


def condition_code(row: Condition) -> str:
    """How a condition is drawn: an illness or a use, now, suspected or in recovery."""
    state = row.state if row.state in ("present", "suspected", "recovery") else "present"
    if row.kind in ("alcohol", "drugs"):
        return f"use_{state}"
    # An illness is never drawn as suspected.
    return f"illness_{'recovery' if state == 'recovery' else 'present'}"


def _filled(sex: str, x: float, y: float, half: float, code: str) -> str:
    """The part of a symbol that a condition fills: half of it, hatched when suspected, a quarter when it is behind her."""
    line = f'stroke="{INK}" stroke-width="1.4"'
    part = {"illness_present": "left", "illness_recovery": "upper", "use_recovery": "lower"}.get(code, "bottom")
    fill = "url(#gg-hatch)" if code == "use_suspected" else INK
    found = f'<path d="{_part(sex, x, y, half, part)}" fill="{fill}" {line}/>'
    if code == "illness_recovery":
        found += f'<path d="M{x:g} {y - _reach(sex, half):g}V{y + _reach(sex, half):g}" fill="none" {line}/>'
    if code == "use_recovery":
        found += f'<path d="M{x - _reach(sex, half):g} {y:g}H{x + _reach(sex, half):g}" fill="none" {line}/>'
    return found


def _reach(sex: str, half: float) -> float:
    return half if sex in ("man", "woman") else half * 1.14


def _part(sex: str, x: float, y: float, half: float, part: str) -> str:
    """The left or lower half of a symbol, or the quarter of it that lies upper left or lower left, as a path."""
    r = _reach(sex, half)
    start, *ways = {
        "left": ((0, -1), (-1, 0), (0, 1)),
        "bottom": ((-1, 0), (0, 1), (1, 0)),
        "upper": ((0, -1), (-1, 0)),
        "lower": ((-1, 0), (0, 1)),
    }[part]
    path = f"M{x + start[0] * r:.1f} {y + start[1] * r:.1f}"
    at = start
    for to in ways:
        end = f"{x + to[0] * r:.1f} {y + to[1] * r:.1f}"
        if sex == "woman":
            path += f"A{r:g} {r:g} 0 0 0 {end}"
        elif sex == "man":
            path += f"L{x + (at[0] + to[0]) * r:.1f} {y + (at[1] + to[1]) * r:.1f}L{end}"
        else:
            path += f"L{end}"
        at = to
    return path + f"L{x:.1f} {y:.1f}Z"


def _shape(sex: str, x: float, y: float, half: float) -> str:
    line = f'fill="{PAPER}" stroke="{INK}" stroke-width="1.8"'
    if sex == "man":
        return f'<rect x="{x - half:g}" y="{y - half:g}" width="{2 * half:g}" height="{2 * half:g}" {line}/>'
    if sex == "woman":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{half:g}" {line}/>'
    dash = ' stroke-dasharray="4 3"' if sex == "unknown" else ""
    reach = half * 1.14
    points = f"{x:g},{y - reach:g} {x + reach:g},{y:g} {x:g},{y + reach:g} {x - reach:g},{y:g}"
    return f'<polygon points="{points}" {line}{dash}/>'


def pregnancy(row: Pregnancy, x: float, y: float) -> str:
    """A triangle; a filled one with a cross for a child that was born dead, a dot for a miscarriage, a cross for an abortion."""
    line = f'stroke="{INK}" stroke-width="1.8"'
    cross = (
        f'<path d="M{x - SMALL:g} {y - SMALL:g}L{x + SMALL:g} {y + SMALL:g}M{x - SMALL:g} {y + SMALL:g}'
        f'L{x + SMALL:g} {y - SMALL:g}" fill="none" {line}/>'
    )
    if row.outcome == "miscarriage":
        return f'<circle cx="{x:g}" cy="{y:g}" r="7" fill="{INK}" {line}/>'
    if row.outcome == "abortion":
        return cross
    points = f"{x:g},{y - SMALL * 1.2:g} {x + SMALL * 1.2:g},{y + SMALL:g} {x - SMALL * 1.2:g},{y + SMALL:g}"
    shape = f'<polygon points="{points}" fill="{PAPER}" {line}/>'
    return shape + cross if row.outcome == "stillbirth" else shape


# How the line of a couple is drawn: dashes, width.
COUPLES = {
    "married": ("", 1.8),
    "registered": ("", 1.8),
    "cohabiting": ("8 4", 1.8),
    "relation": ("3 4", 1.8),
    "lat": ("10 4 2 4", 1.8),
    "affair": ("1.5 4", 2.2),
    "": ("", 1.8),
    "none": ("", 0.9),
}
# How the line to a child is drawn, and whether a second, whole line runs beside it.
CHILDREN = {
    "biological": ("", False),
    "": ("", False),
    "adoptive": ("5 3", True),
    "foster": ("2 4", False),
    "carer": ("8 3 2 3", False),
    "joined": ("5 4", False),
}


def slashes(x: float, y: float, ended: str) -> str:
    """One stroke through the line of a couple that parted, two through a marriage that ended."""
    if ended not in ("separated", "divorced"):
        return ""
    sides = (-3.0, 3.0) if ended == "divorced" else (0.0,)
    path = "".join(f"M{x + side - 4:g} {y + 8:g}L{x + side + 4:g} {y - 8:g}" for side in sides)
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.8"/>'
