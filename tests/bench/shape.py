"""How much there is in each size, and who has it. No Django here: the mark of a filled database reads this file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """`reader` has all those cases with so many contacts each; `long` is the case with the long timeline."""

    cases: int
    contacts: int
    long: int
    deep_page: int


SIZES = {
    "full": Shape(cases=50_000, contacts=100, long=10_000, deep_page=400),
    "small": Shape(cases=5_000, contacts=20, long=10_000, deep_page=80),
}
# A team of 500 cases: ten directors with fifty each.
TEAM_DIRECTORS, TEAM_CASES = 10, 50
# Whoever searches has so many cases, and in each as many contacts as the reader has.
SEARCHED = 200
# login → (cases, contacts in each); the reader stands in the shape.
OTHERS = {
    "thousand": (1_000, 5),
    "list10": (10, 5),
    "list50": (50, 5),
    "list200": (200, 5),
    "ten": (1, 10),
    "hundreds": (1, 1_000),
    "notes": (1, 50),
}
