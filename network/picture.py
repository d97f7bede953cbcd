"""The picture of a network: the family in the middle, roles around it by field; places only, the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap

WIDTH, HEIGHT = 400, 360
ACROSS, DOWN = 140, 128


@dataclass(frozen=True)
class Around:
    """What a picture needs of a role: `field` keeps together who works in one field."""

    ref: str
    initials: str
    organisation: str
    field: str
    state: str


@dataclass(frozen=True)
class Spot:
    """A role on its place, with the end of the line to the middle and where its words stand."""

    ref: str
    initials: str
    words: str
    state: str
    x: str
    y: str
    words_y: str


@dataclass(frozen=True)
class Picture:
    """The middle, in lines, and what stands around it."""

    lines: list[tuple[str, str]]
    spots: list[Spot]
    middle_x: str = str(WIDTH // 2)
    middle_y: str = str(HEIGHT // 2)


def picture(family: str, roles: Sequence[Around]) -> Picture:
    """A place on an ellipse for each role, in the given order, with a gap between two fields."""
    slots = 0
    places = []
    for before, role in zip([None, *roles], roles, strict=False):
        slots += 1 if before is None or before.field == role.field else 2
        places.append(slots - 1)
    several = len({role.field for role in roles}) > 1
    total = slots + several
    return Picture(_lines(family), [_spot(role, place, total or 1) for role, place in zip(roles, places, strict=True)])


def _lines(family: str) -> list[tuple[str, str]]:
    words = wrap(family, 13, max_lines=3, placeholder="…") or [""]
    top = HEIGHT / 2 + 5 - 9 * (len(words) - 1)
    return [(word, f"{top + 18 * number:.0f}") for number, word in enumerate(words)]


def _spot(role: Around, place: int, total: int) -> Spot:
    angle = 2 * pi * place / total - pi / 2
    x, y = WIDTH / 2 + ACROSS * cos(angle), HEIGHT / 2 - 8 + DOWN * sin(angle)
    words = role.organisation if len(role.organisation) <= 18 else f"{role.organisation[:17].rstrip()}…"
    return Spot(role.ref, role.initials, words, role.state, f"{x:.1f}", f"{y:.1f}", f"{y + 36:.1f}")


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))
