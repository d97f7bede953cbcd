"""The drawing by itself: everybody once, nothing over anything, the same in words; and the golden drawings."""

import os
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.genogram import (
    BARS,
    LOOKS,
    Condition,
    Couple,
    Drawing,
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
    draw,
    paper_for,
)
from families.genogram.coordinates import SYMBOL, pooled
from families.genogram.graph import pair
from families.genogram.outlines import boundary
from tests.families.genogram_families import FAMILIES, WORDS, couple, parents, somebody

GOLDEN = Path(__file__).parent / "golden"


def _drawn(record: Record) -> Drawing:
    drawing = draw(record, WORDS)
    ElementTree.fromstring(drawing.svg)
    return drawing


def _order(drawing: Drawing, *keys: str) -> list[str]:
    return sorted(keys, key=lambda key: drawing.places.x[key])


# --- Any family -------------------------------------------------------------------------------------------------------

NAMES = st.text(max_size=20)


@st.composite
def records(draw_from: st.DrawFn) -> Record:
    """A family that may contradict itself in every way: circles, three parents, partners of another generation."""
    size = draw_from(st.integers(0, 14))
    keys = [f"k{number}" for number in range(size)]
    people = tuple(
        Individual(
            key,
            draw_from(NAMES),
            draw_from(NAMES),
            draw_from(st.sampled_from(["man", "woman", "other", "unknown"])),
            born=draw_from(st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1))),
            is_dead=draw_from(st.booleans()),
            age=draw_from(st.none() | st.integers(0, 110)),
            is_index=draw_from(st.booleans()),
        )
        for key in keys
    )
    if not keys:
        return Record()
    one = st.sampled_from(keys)
    number = iter(range(10**6))

    def some(make: object, at_most: int) -> tuple:  # type: ignore[type-arg]
        return tuple(make(f"t{next(number)}") for _ in range(draw_from(st.integers(0, at_most))))  # type: ignore[operator]

    nature = st.sampled_from(["", "biological", "adoptive", "foster", "carer"])
    couples = st.sampled_from(["", "married", "registered", "cohabiting", "relation", "lat", "affair"])
    ended = st.sampled_from(["", "separated", "divorced", "died"])
    outcome = st.sampled_from(["expected", "miscarriage", "abortion", "stillbirth"])
    twin = st.sampled_from(["", "identical", "fraternal"])
    kind = st.sampled_from([kind for kind in LOOKS if kind != "siblings"])
    illness = st.sampled_from(["physical", "psychological", "alcohol", "drugs"])
    state = st.sampled_from(["present", "suspected", "recovery"])
    overlay = st.sampled_from(["authority", "supervision", "placement"])
    d = draw_from
    return Record(
        individuals=people,
        parentages=some(lambda key: Parentage(key, d(one), d(one), d(nature)), 14),
        couples=some(lambda key: Couple(key, d(one), d(one), d(couples), ended=d(ended)), 8),
        siblings=some(lambda key: Siblings(key, d(one), d(one), d(st.sampled_from(["", "half"]))), 4),
        twins=some(lambda key: Twins(key, d(one), d(one), d(twin)), 3),
        pregnancies=some(lambda key: Pregnancy(key, d(one), d(st.just("") | one), d(outcome)), 3),
        feelings=some(lambda key: Feeling(key, d(one), d(one), d(kind)), 5),
        homes=some(lambda key: Home(key, d(NAMES), tuple(dict.fromkeys(d(st.lists(one, max_size=5))))), 3),
        conditions=some(lambda key: Condition(key, d(one), d(illness), d(state)), 5),
        marks=some(lambda key: Mark(d(one), d(NAMES), d(overlay), key, d(NAMES)), 3),
        links=some(lambda key: Link(key, d(one), d(one), d(st.sampled_from(list(BARS)))), 5),
    )


@settings(
    max_examples=int(os.environ.get("GENOGRAM_EXAMPLES", "120")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(records())
def test_any_family_is_drawn(record: Record) -> None:
    """Whatever contradicts itself: no exception, everybody exactly once, no symbol over another, all of it in words."""
    drawing = _drawn(record)
    standing = Counter(key for row in drawing.places.rows for key in row)
    expected = Counter([row.key for row in record.individuals] + [row.key for row in record.pregnancies])
    assert standing == expected
    assert drawing.svg.count('class="gg-person"') == len(record.individuals)
    assert drawing.svg.count('class="gg-pregnancy"') == len(record.pregnancies)
    for row in drawing.places.rows:
        xs = sorted(drawing.places.x[key] for key in row)
        assert all(other - one >= SYMBOL for one, other in zip(xs, xs[1:], strict=False))
    said = Counter(said.row for said in drawing.said)
    rows = [row for name in vars(record) for row in getattr(record, name)]
    assert said == Counter(rows)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records())
def test_the_same_record_is_the_same_drawing(record: Record) -> None:
    """Nothing is left to chance."""
    assert _drawn(record).svg == _drawn(record).svg


class _Grown:
    """A family that grows downwards, person by person."""

    def __init__(self, draw_from: st.DrawFn) -> None:
        self.draw = draw_from
        self.rows: list[object] = []
        self.people: list[Individual] = []

    def person(self, born: int) -> str:
        """Somebody who is born in this year."""
        name = f"n{len(self.people) + 1}"
        self.people.append(somebody(name, self.draw(st.sampled_from("mv")), born))
        return name

    def below(self, key: str, born: int, most: int) -> list[tuple[str, int]]:
        """The children of somebody: with up to three partners, or alone, twins among them."""
        found = []
        partners = self.draw(st.integers(0, most))
        for turn in range(max(partners, self.draw(st.integers(0, 1)))):
            first = born + 22 + 13 * turn
            both = (key, self.person(born)) if turn < partners else (key,)
            if len(both) == 2:
                until = None if turn == partners - 1 else first + 12
                self.rows.append(couple(*both, "married", first, until, "divorced" if until else ""))
            years = sorted(self.draw(st.lists(st.integers(1, 12), max_size=3, unique=True)))
            children = [(self.person(first + year), first + year) for year in years]
            if children and self.draw(st.integers(0, 3)) == 0:
                twin = (self.person(children[-1][1]), children[-1][1])
                nature = self.draw(st.sampled_from(["identical", "fraternal", ""]))
                self.rows.append(Twins(f"t{twin[0]}", children[-1][0], twin[0], nature))
                children.append(twin)
            self.rows += parents(*both, of=tuple(name for name, _year in children))
            found += children
        return found

    def record(self) -> Record:
        """All of it, with a condition, a mark or a line over some of them."""
        names = [row.key for row in self.people]
        one = st.sampled_from(names)
        links = [Link(f"x{n}", self.draw(one), self.draw(one), kind) for n, kind in enumerate(BARS)]
        states = st.sampled_from(["present", "recovery"])
        return Record(
            individuals=tuple(self.people),
            couples=tuple(row for row in self.rows if isinstance(row, Couple)),
            parentages=tuple(row for row in self.rows if isinstance(row, Parentage)),
            twins=tuple(row for row in self.rows if isinstance(row, Twins)),
            conditions=tuple(Condition(f"d{n}", n, "alcohol", self.draw(states)) for n in names[::7]),
            marks=tuple(Mark(name, "OTS: Jeugdbescherming", "supervision", f"m{name}") for name in names[-3:]),
            links=tuple(links[: self.draw(st.integers(0, len(links)))]),
        )


@st.composite
def trees(draw_from: st.DrawFn) -> Record:
    """An orderly family: couples from outside, ex-partners, half-brothers, twins, parents alone."""
    grown = _Grown(draw_from)
    generation = [(grown.person(1930), 1930)]
    for _depth in range(draw_from(st.integers(1, 3))):
        generation = [child for key, born in generation for child in grown.below(key, born, 2)][:5]
    return grown.record()


@st.composite
def large_families(draw_from: st.DrawFn) -> Record:
    """Forty to sixty persons in four generations, up to three partners each, and cousins who marry."""
    grown = _Grown(draw_from)
    generation = [(grown.person(1928 + number), 1928 + number) for number in range(2)]
    cousins: list[str] = []
    for _depth in range(3):
        generation = [child for key, born in generation for child in grown.below(key, born, 3)][:12]
        cousins = [name for name, _born in generation]
    for number in range(0, max(0, min(4, len(cousins) - 1)), 2):
        grown.rows.append(couple(cousins[number], cousins[-1 - number], "cohabiting", 2020))
    while len(grown.people) < 40:
        born = draw_from(st.integers(1935, 2020))
        mother = grown.person(born)
        grown.below(mother, born, 1)
    grown.people = grown.people[:60]
    names = {row.key for row in grown.people}
    kept = [row for row in grown.rows if names >= set(_ends(row))]
    grown.rows = [row for row in kept if not (isinstance(row, Couple) and row.one == row.other)]
    return grown.record()


def _ends(row: object) -> tuple[str, str]:
    return (row.parent, row.child) if isinstance(row, Parentage) else (row.one, row.other)  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(large_families())
def test_a_large_family_is_drawn_whole(record: Record) -> None:
    """Forty to sixty: nobody twice, nobody left out, nobody over another, all of it in words, on a sheet that exists."""
    assert 40 <= len(record.individuals) <= 60
    drawing = _drawn(record)
    standing = Counter(key for row in drawing.places.rows for key in row)
    assert standing == Counter(row.key for row in record.individuals)
    for row in drawing.places.rows:
        xs = sorted(drawing.places.x[key] for key in row)
        assert all(other - one >= SYMBOL for one, other in zip(xs, xs[1:], strict=False))
    assert Counter(said.row for said in drawing.said) == Counter(
        row for name in vars(record) for row in getattr(record, name)
    )
    assert paper_for(drawing) in ("a4", "a3")


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees())
def test_in_an_orderly_family_children_stand_oldest_left_and_couples_together(record: Record) -> None:
    """Each sibship runs from old to young; of somebody with one partner from outside, nobody stands between."""
    drawing = _drawn(record)
    born = {row.key: row.born for row in record.individuals}
    for family in drawing.graph.families:
        in_place = _order(drawing, *family.children)
        assert [born[key] for key in in_place] == sorted(born[key] for key in in_place)  # type: ignore[type-var]
        assert all(
            drawing.graph.level[child] == drawing.graph.level[family.parents[0]] + 1 for child in family.children
        )
    partners = Counter(key for row in record.couples for key in (row.one, row.other))
    spot = {key: at for row in drawing.places.rows for at, key in enumerate(row)}
    for row in record.couples:
        assert drawing.graph.level[row.one] == drawing.graph.level[row.other]
        if partners[row.one] == partners[row.other] == 1:
            assert abs(spot[row.one] - spot[row.other]) == 1
    assert _crossed(drawing) == 0


def _crossed(drawing: Drawing) -> int:
    """How many families stand in another order than their parents: each would be a crossing."""
    count = 0
    for one in drawing.graph.families:
        for other in drawing.graph.families:
            if drawing.graph.level[one.parents[0]] != drawing.graph.level[other.parents[0]] or not (
                one.children and other.children
            ):
                continue
            above = drawing.places.drop[one.key] < drawing.places.drop[other.key] - 12
            below = min(drawing.places.x[key] for key in one.children) > max(
                drawing.places.x[key] for key in other.children
            )
            count += above and below
    return count


# --- What must hold in a told family ----------------------------------------------------------------------------------


def test_generations_follow_from_parents_and_partners() -> None:
    """A child under its parents, partners and brothers and sisters on one line, also without parents in the record."""
    drawing = _drawn(FAMILIES["garage"]())
    level = drawing.graph.level
    assert level["Trijntje"] == level["Germaine"] == 0
    assert level["Marianne"] == level["Jochem"] == 1
    assert level["Noor"] == level["Bram"] == 2


def test_half_brothers_stand_under_their_own_parents() -> None:
    """Ex-partners on both sides: nobody's children under somebody else's line."""
    drawing = _drawn(FAMILIES["patchwork"]())
    assert _order(drawing, "Rob", "Anke", "Dirk", "Mia") in (
        ["Rob", "Anke", "Dirk", "Mia"],
        ["Mia", "Dirk", "Anke", "Rob"],
    )
    assert [family.parents for family in drawing.graph.families if "Jip" in family.children] == [("Anke", "Dirk")]


def test_a_foster_child_stands_under_who_it_was_born_to_with_a_second_line() -> None:
    """One place, and a dotted line to the foster parents."""
    drawing = _drawn(FAMILIES["foster"]())
    families = {family.parents: family for family in drawing.graph.families}
    assert families[("Kim", "Ali")].children == ("Milan", "Zoë")
    assert (families[("Jet", "Wim")].children, families[("Jet", "Wim")].is_second) in (
        (("Daan",), False),
        (("Milan",), True),
    )


def test_two_of_one_birth_stand_beside_each_other() -> None:
    """And hang from one point."""
    drawing = _drawn(FAMILIES["twins"]())
    assert _order(drawing, "Ine", "Ada", "Bea", "Coen", "Dora") == ["Ine", "Ada", "Bea", "Coen", "Dora"]
    starts = {child: start for route in drawing.routes.families for child, _x, start in route.landings}
    assert starts["Ada"] == starts["Bea"] != starts["Ine"]


def test_an_outline_goes_around_who_live_together_and_nobody_else() -> None:
    """Every member inside, every other person outside: counted by crossings of a line to the left."""
    from families.genogram.outlines import _boxes

    for name in ("patchwork", "in_laws", "forty", "separation", "foster"):
        record = FAMILIES[name]()
        drawing = _drawn(record)
        for home in record.homes:
            boxes = _boxes(set(home.members), drawing.routes, 0.0)
            for key, y in drawing.routes.y.items():
                x = drawing.routes.x[key]
                inside = any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
                assert inside == (key in home.members), (name, home.label, key)


def test_one_line_around_two_fields_that_touch() -> None:
    """Two boxes with a shared side are one loop of eight corners; two apart are two loops."""
    assert [len(loop) for loop in boundary([(0, 0, 2, 1), (0, 1, 1, 2)])] == [6]
    assert [len(loop) for loop in boundary([(0, 0, 1, 1), (3, 0, 4, 1)])] == [4, 4]


def test_places_are_the_nearest_to_what_is_wanted() -> None:
    """Who want one place share the distance; who is far enough away is left alone."""
    assert pooled([0, 0, 100], [1, 1, 1], [10, 10]) == [-5, 5, 100]
    assert pooled([5], [1], []) == [5]


def test_texts_are_escaped_and_every_sign_survives() -> None:
    """Markup, control characters and letters from the right: well-formed, nothing runs."""
    name = '<script>alert("x")</script>\x00\x0b & مريم'
    drawing = _drawn(Record(individuals=(Individual("k", name, name),), homes=(Home("h", name, ("k",)),)))
    assert "<script>" not in drawing.svg
    assert re.search(r"\son\w+=", drawing.svg) is None


def test_every_symbol_is_reached_by_keyboard_and_says_what_it_is() -> None:
    """A link or a place in the order of the tab key, a title and a label, for persons, couples, lines and homes."""
    record = FAMILIES["forty"]()
    root = ElementTree.fromstring(_drawn(record).svg)
    space = "{http://www.w3.org/2000/svg}"
    reached = [part for part in root.iter() if str(part.get("class", "")).startswith("gg-")]
    kinds = Counter(part.get("class") for part in reached)
    assert kinds["gg-person"] == 40
    assert kinds["gg-line"] == len(record.feelings) + len(record.links)
    assert kinds["gg-home"] == len(record.homes)
    assert kinds["gg-couple"] == len({pair(row.one, row.other) for row in record.couples})
    for part in reached:
        assert part.get("aria-label")
        assert part.find(f"{space}title") is not None
        assert part.tag == f"{space}a" or part.get("tabindex") == "0"
    assert root.find(f"{space}title") is not None
    assert root.find(f"{space}desc") is not None


def test_the_legend_holds_what_is_drawn_and_no_more() -> None:
    """Every kind of line of the drawing has its word."""
    drawing = _drawn(FAMILIES["every_line"]())
    for kind in LOOKS:
        if kind != "siblings":
            assert WORDS.legend(kind) in drawing.svg
    assert "gescheiden" not in drawing.svg


def test_a_family_of_forty_is_readable_on_a3_and_a_small_one_on_a4() -> None:
    """The smallest text stays at six and a half points; the sheet is the smallest on which it does."""
    assert paper_for(_drawn(FAMILIES["nuclear"]())) == paper_for(_drawn(FAMILIES["separation"]())) == "a4"
    drawing = _drawn(FAMILIES["forty"]())
    assert paper_for(drawing) == "a3"
    smallest = min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing.svg))
    width, height = drawing.size
    shown = min(404 / 25.4 * 96 / width, 265 / 25.4 * 96 / height)
    assert smallest * shown * 72 / 96 >= 6.45


def test_forty_persons_in_four_generations_are_drawn_in_a_moment() -> None:
    """The largest family of the issue: four rows, a page's worth of time."""
    from time import process_time

    record = FAMILIES["forty"]()
    start = process_time()
    drawing = _drawn(record)
    assert process_time() - start < 3
    assert (len(record.individuals), len(drawing.places.rows)) == (40, 4)


def test_an_old_date_and_a_far_one_are_no_trouble() -> None:
    """The first and the last day there are."""
    people = (
        somebody("A", "v", 1900),
        Individual("B", "B", born=date.max),
        Individual("C", "C", born=date.min + timedelta(1)),
    )
    _drawn(Record(individuals=people, parentages=tuple(parents("A", of=("B", "C")))))


# --- Golden drawings: each was looked at -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_golden_drawing_is_unchanged(name: str) -> None:
    """A change of the drawing is seen: set GENOGRAM_GOLDEN=1 to write them anew, and look at each again."""
    path = GOLDEN / f"{name}.svg"
    svg = _drawn(FAMILIES[name]()).svg + "\n"
    if os.environ.get("GENOGRAM_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == svg
