"""The standard symbols (McGoldrick, Gerson and Petry; `domain.md` e) as SVG, each around its own middle."""

from families.genogram.record import Individual, Pregnancy
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
FONT = "'Source Sans 3', 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def symbol(row: Individual, x: float, y: float) -> str:
    """A square, a circle, or a diamond; a second line inside for who it is about, a cross through who died."""
    parts = [_shape(row.sex, x, y, HALF)]
    if row.is_index:
        parts.append(_shape(row.sex, x, y, HALF - 4.5))
    if row.is_dead:
        reach = HALF if row.sex == "man" else HALF * 0.72 if row.sex == "woman" else HALF * 0.52
        parts.append(
            f'<path d="M{x - reach:.1f} {y - reach:.1f}L{x + reach:.1f} {y + reach:.1f}'
            f'M{x - reach:.1f} {y + reach:.1f}L{x + reach:.1f} {y - reach:.1f}" fill="none" stroke="{INK}" stroke-width="1.4"/>'
        )
    return "".join(parts)


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
