"""Families to draw: each tells one thing that a genogram must be able to tell, and a big one that tells everything."""

from datetime import date

from families.genogram import (
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
    Said,
    Siblings,
    Twins,
    Words,
)

TODAY = 2026


def somebody(name: str, sex: str, born: int | None = None, died: int | None = None, **more: object) -> Individual:
    """A person with her name as key; year of birth and death."""
    age = (died or TODAY) - born if born else None
    return Individual(
        key=name,
        name=str(more.pop("full", name)),
        given=name,
        sex={"m": "man", "v": "woman", "x": "other", "?": "unknown"}[sex],
        born=date(born, 6, 1) if born else None,
        born_text=str(born or ""),
        died=date(died, 6, 1) if died else None,
        died_text=str(died or ""),
        is_dead=died is not None or bool(more.pop("dead", False)),
        age=age,
        **more,  # type: ignore[arg-type]
    )


def couple(
    one: str, other: str, nature: str = "", since: int | None = None, until: int | None = None, ended: str = ""
) -> Couple:
    """Two partners, from a year until a year."""
    return Couple(
        f"c:{one}:{other}:{since}",
        one,
        other,
        nature,
        date(since, 1, 1) if since else None,
        date(until, 1, 1) if until else None,
        ended,
    )


def parents(*people: str, of: tuple[str, ...], nature: str = "biological") -> list[Parentage]:
    """These people are the parents of those children."""
    return [Parentage(f"p:{one}:{child}:{nature}", one, child, nature) for one in people for child in of]


def feeling(one: str, other: str, kind: str, view: str = "") -> Feeling:
    """A line."""
    return Feeling(f"f:{one}:{other}:{kind}", one, other, kind, view)


_SEX = {"man": "man", "woman": "vrouw", "other": "anders", "unknown": "niet bekend"}


def _sentence(said: Said) -> str:
    row, names = said.row, ", ".join(said.names)
    kind = type(row).__name__
    if isinstance(row, Individual):
        return f"{row.name} ({_SEX[row.sex]}) {row.born_text}-{row.died_text}".strip(" -")
    detail = getattr(row, "nature", "") or getattr(row, "kind", "") or getattr(row, "outcome", "")
    return f"{kind} {detail}: {names}"


def _short(row: Couple) -> str:
    since = row.since.year if row.since else ""
    return f"{since}–{row.until.year}" if row.until else str(since)


_LEGEND = {
    "man": "man", "woman": "vrouw", "other": "anders", "unknown": "geslacht niet bekend", "index": "om wie het gaat",
    "dead": "overleden", "expected": "zwangerschap", "miscarriage": "miskraam", "abortion": "afgebroken zwangerschap",
    "stillbirth": "doodgeboren", "couple_married": "getrouwd", "couple_registered": "geregistreerd partnerschap",
    "couple_cohabiting": "wonen samen", "couple_relation": "relatie", "couple_lat": "latrelatie",
    "couple_affair": "affaire", "couple_partners": "partners", "couple_none": "samen een kind", "separated": "uit elkaar",
    "divorced": "gescheiden", "adoptive": "adoptie", "foster": "pleegouder", "carer": "verzorger",
    "joined": "broer of zus, ouders onbekend", "identical": "eeneiige tweeling", "fraternal": "twee-eiige tweeling",
    "home": "wonen samen in één huis", "close": "hecht", "fused": "verstrengeld", "distant": "afstandelijk",
    "hostile": "conflict", "close_hostile": "hecht en conflict", "fused_hostile": "verstrengeld en conflict",
    "focused": "gericht op", "cutoff": "contact verbroken", "cutoff_repaired": "contact hersteld",
    "physical_abuse": "lichamelijk geweld", "emotional_abuse": "psychisch geweld", "sexual_abuse": "seksueel geweld",
    "control": "dwingende controle", "caretaker": "zorgt voor", "spiritual": "geestelijk verbonden",
    "siblings": "broer of zus", "illness_present": "ziekte", "illness_recovery": "ziekte, hersteld",
    "use_present": "alcohol of drugs", "use_suspected": "alcohol of drugs, vermoed",
    "use_recovery": "alcohol of drugs, in herstel", "mark_authority": "gezag over het kind",
    "mark_supervision": "ondertoezichtstelling", "mark_placement": "uithuisplaatsing",
    "link_contact": "omgang", "link_own": "niet samen", "link_agreement": "niet samen, afgesproken",
    "link_contact_ban": "contactverbod", "link_home_ban": "huisverbod", "link_location_ban": "locatieverbod",
}  # fmt: skip

WORDS = Words(
    title="Genogram",
    summary="Familie in generaties.",
    sentence=_sentence,
    short=_short,
    legend=lambda code: _LEGEND[code],
    legend_title="Legenda",
)


def condition(person: str, kind: str, state: str = "present") -> Condition:
    """What somebody has."""
    return Condition(f"d:{person}:{kind}", person, kind, state)


def link(one: str, other: str, kind: str) -> Link:
    """A line of an overlay."""
    return Link(f"x:{one}:{other}:{kind}", one, other, kind)


def _record(*rows: object) -> Record:
    """A record from rows of any kind, lists of them included."""
    flat = [item for row in rows for item in (row if isinstance(row, list | tuple) else [row])]
    kinds = {
        Individual: "individuals", Parentage: "parentages", Couple: "couples", Siblings: "siblings", Twins: "twins",
        Pregnancy: "pregnancies", Feeling: "feelings", Home: "homes", Mark: "marks",
        Condition: "conditions", Link: "links",
    }  # fmt: skip
    return Record(**{name: tuple(row for row in flat if isinstance(row, kind)) for kind, name in kinds.items()})


def _nuclear() -> Record:
    return _record(
        somebody("Jan", "m", 1984, full="Jan de Vries"),
        somebody("Els", "v", 1986, full="Els Bakker"),
        somebody("Sem", "m", 2014, is_index=True),
        somebody("Lot", "v", 2011),
        somebody("Pip", "x", 2018),
        couple("Jan", "Els", "married", 2010),
        parents("Jan", "Els", of=("Sem", "Lot", "Pip")),
    )


def _garage() -> Record:
    return _record(
        somebody("Marianne", "v", 1988, full="Marianne van Halteren", is_index=True),
        somebody("Jochem", "m", 1984, 2025, full="Jochem van Halteren"),
        somebody("Noor", "v", 2015, full="Noor van Halteren"),
        somebody("Bram", "m", 2019, full="Bram van Halteren"),
        somebody("Germaine", "v", 1963, full="Germaine Wiersma"),
        somebody("Trijntje", "v", 1960, full="Trijntje Roelofsen"),
        couple("Marianne", "Jochem", "married", 2012, 2025, "died"),
        parents("Marianne", "Jochem", of=("Noor", "Bram")),
        parents("Trijntje", of=("Marianne",)),
        Siblings("s", "Germaine", "Trijntje"),
        feeling("Germaine", "Trijntje", "cutoff", "Germaine"),
        feeling("Noor", "Marianne", "caretaker", "Nadia"),
        feeling("Marianne", "Germaine", "hostile", "Marianne"),
        feeling("Bram", "Jochem", "close", "Bram"),
        Home("h", "Thuis", ("Marianne", "Noor", "Bram")),
        Mark("Noor", "gezag: Marianne"),
        Mark("Bram", "gezag: Marianne"),
    )


def _separation() -> Record:
    return _record(
        somebody("Elif", "v", 1992, full="Elif Özdemir", is_index=True),
        somebody("Jeroen", "m", 1989, full="Jeroen van den Brink"),
        somebody("Defne", "v", 2013, full="Defne van den Brink"),
        somebody("Teun", "m", 2017, full="Teun van den Brink"),
        somebody("Corrie", "v", 1960, full="Corrie van den Brink-Verkerk"),
        somebody("Selma", "v", 1997, full="Selma Özdemir"),
        couple("Elif", "Jeroen", "married", 2011, 2026, "separated"),
        parents("Elif", "Jeroen", of=("Defne", "Teun")),
        parents("Corrie", of=("Jeroen",)),
        Siblings("s", "Elif", "Selma"),
        feeling("Jeroen", "Elif", "control", "Elif"),
        feeling("Jeroen", "Elif", "physical_abuse", "politie"),
        feeling("Corrie", "Jeroen", "fused", "Jeroen"),
        feeling("Elif", "Selma", "close", "Elif"),
        feeling("Defne", "Jeroen", "distant", "Defne"),
        feeling("Jeroen", "Teun", "focused", "Elif"),
        Home("a", "Huis 1", ("Elif", "Defne", "Teun")),
        Home("b", "Huis 2", ("Jeroen",)),
        Mark("Defne", "gezag: Elif, Jeroen"),
        Mark("Teun", "gezag: Elif, Jeroen"),
        Mark("Defne", "OTS: Jeugdbescherming Oost", "supervision"),
        Mark("Teun", "OTS: Jeugdbescherming Oost", "supervision"),
        condition("Jeroen", "alcohol", "recovery"),
        link("Jeroen", "Teun", "contact"),
        link("Jeroen", "Elif", "contact_ban"),
    )


def _patchwork() -> Record:
    """Ex-partners on both sides, half-brothers and half-sisters, a child in two homes."""
    return _record(
        somebody("Rob", "m", 1975),
        somebody("Anke", "v", 1980),
        somebody("Dirk", "m", 1982),
        somebody("Mia", "v", 1985),
        somebody("Tess", "v", 2004),
        somebody("Bas", "m", 2007),
        somebody("Jip", "m", 2015, is_index=True),
        somebody("Fenna", "v", 2009),
        couple("Rob", "Anke", "married", 2002, 2010, "divorced"),
        couple("Anke", "Dirk", "cohabiting", 2013),
        couple("Dirk", "Mia", "relation", 2006, 2011, "separated"),
        parents("Rob", "Anke", of=("Tess", "Bas")),
        parents("Anke", "Dirk", of=("Jip",)),
        parents("Dirk", "Mia", of=("Fenna",)),
        Home("a", "Bij Anke en Dirk", ("Anke", "Dirk", "Jip", "Bas", "Fenna")),
        Home("b", "Bij Mia", ("Mia", "Fenna")),
    )


def _foster() -> Record:
    return _record(
        somebody("Kim", "v", 1999, is_index=True),
        somebody("Ali", "m", 1996),
        somebody("Jet", "v", 1978),
        somebody("Wim", "m", 1975),
        somebody("Milan", "m", 2019),
        somebody("Zoë", "v", 2021),
        somebody("Daan", "m", 2008),
        couple("Kim", "Ali", "relation", 2017, 2022, "separated"),
        couple("Jet", "Wim", "married", 2001),
        parents("Kim", "Ali", of=("Milan", "Zoë")),
        parents("Jet", "Wim", of=("Milan",), nature="foster"),
        parents("Jet", "Wim", of=("Daan",), nature="adoptive"),
        Home("a", "Pleeggezin", ("Jet", "Wim", "Daan", "Milan")),
        Mark("Milan", "gezag: GI"),
    )


def _twins() -> Record:
    return _record(
        somebody("Piet", "m", 1985),
        somebody("Ria", "v", 1987),
        somebody("Ine", "v", 2010),
        somebody("Ada", "v", 2013),
        somebody("Bea", "v", 2013),
        somebody("Coen", "m", 2016),
        somebody("Dora", "v", 2016),
        couple("Piet", "Ria", "registered", 2009),
        parents("Piet", "Ria", of=("Ine", "Ada", "Bea", "Coen", "Dora")),
        Twins("t1", "Ada", "Bea", "identical"),
        Twins("t2", "Coen", "Dora", "fraternal"),
    )


def _losses() -> Record:
    return _record(
        somebody("Sara", "v", 1990, is_index=True),
        somebody("Omar", "m", 1988, dead=True),
        somebody("Nour", "v", 2012, 2012),
        somebody("Idris", "m", 2014),
        couple("Sara", "Omar", "married", 2010),
        parents("Sara", "Omar", of=("Nour", "Idris")),
        Pregnancy("z1", "Sara", "Omar", "miscarriage", date(2016, 1, 1)),
        Pregnancy("z2", "Sara", "Omar", "stillbirth", date(2018, 1, 1)),
        Pregnancy("z3", "Sara", "", "expected", date(2027, 2, 1)),
        Pregnancy("z4", "Sara", "Omar", "abortion", date(2019, 1, 1)),
    )


def _in_laws() -> Record:
    """Both pairs of grandparents, brothers and sisters on both sides, three generations."""
    return _record(
        somebody("Opa Klaas", "m", 1950),
        somebody("Oma Fie", "v", 1952),
        somebody("Opa Rien", "m", 1948, 2019),
        somebody("Oma Toos", "v", 1951),
        somebody("Ton", "m", 1974),
        somebody("Lies", "v", 1977),
        somebody("Marc", "m", 1980),
        somebody("Joke", "v", 1979),
        somebody("Henk", "m", 1982),
        somebody("Iris", "v", 1985),
        somebody("Roos", "v", 2008, is_index=True),
        somebody("Stijn", "m", 2011),
        somebody("Evi", "v", 2009),
        somebody("Paul", "m", 1976),
        couple("Opa Klaas", "Oma Fie", "married", 1972),
        couple("Opa Rien", "Oma Toos", "married", 1975),
        couple("Lies", "Henk", "married", 2006),
        couple("Joke", "Paul", "cohabiting", 2007),
        parents("Opa Klaas", "Oma Fie", of=("Ton", "Lies", "Marc")),
        parents("Opa Rien", "Oma Toos", of=("Joke", "Henk", "Iris")),
        parents("Lies", "Henk", of=("Roos", "Stijn")),
        parents("Joke", "Paul", of=("Evi",)),
        feeling("Oma Toos", "Henk", "fused_hostile"),
        feeling("Roos", "Oma Fie", "close"),
        Home("a", "", ("Lies", "Henk", "Roos", "Stijn")),
    )


def _many_partners() -> Record:
    return _record(
        somebody("Gerrit", "m", 1968, is_index=True),
        somebody("Ans", "v", 1969),
        somebody("Bep", "v", 1973),
        somebody("Cor", "v", 1979),
        somebody("Dia", "v", 1985),
        somebody("Ed", "m", 1992),
        somebody("Flo", "v", 1998),
        somebody("Gijs", "m", 2003),
        somebody("Hanna", "v", 2005),
        somebody("Ilja", "m", 2014),
        couple("Gerrit", "Ans", "married", 1990, 1996, "divorced"),
        couple("Gerrit", "Bep", "cohabiting", 1997, 2001, "separated"),
        couple("Gerrit", "Cor", "married", 2002, 2010, "divorced"),
        couple("Gerrit", "Dia", "lat", 2012),
        parents("Gerrit", "Ans", of=("Ed",)),
        parents("Gerrit", "Bep", of=("Flo",)),
        parents("Gerrit", "Cor", of=("Gijs", "Hanna")),
        parents("Gerrit", "Dia", of=("Ilja",)),
    )


def _every_line() -> Record:
    kinds = [
        "close", "fused", "distant", "hostile", "close_hostile", "fused_hostile", "focused", "cutoff",
        "cutoff_repaired", "physical_abuse", "emotional_abuse", "sexual_abuse", "control", "caretaker", "spiritual",
    ]  # fmt: skip
    people = [somebody(f"P{number}", "vm"[number % 2], 1960 + number) for number in range(2 * len(kinds))]
    children = tuple(f"P{number}" for number in range(1, 2 * len(kinds), 2))
    rows: list[object] = [people]
    for number, kind in enumerate(kinds):
        rows.append(parents(f"P{2 * number}", of=(children[number],)))
        rows.append(feeling(f"P{2 * number}", children[number], kind))
    return _record(*rows)


def _every_overlay() -> Record:
    """Every condition on every symbol, what was arranged about a child, and everything that keeps two apart."""
    states = [
        ("psychological", "present"), ("physical", "recovery"), ("alcohol", "present"), ("drugs", "suspected"),
        ("alcohol", "recovery"),
    ]  # fmt: skip
    rows: list[object] = []
    for number, (sex, some) in enumerate((("m", states[:2]), ("v", states), ("x", states[1:4]))):
        top = [somebody(f"{sex}{at}", sex, 1960 + at + number, 2020 if at == 2 else None) for at in range(len(some))]
        rows += [top, [condition(row.key, *state) for row, state in zip(top, some, strict=True)]]
    rows += [
        somebody("Alles", "v", 1980, is_index=True), condition("Alles", "psychological"), condition("Alles", "drugs"),
        somebody("Ouder", "m", 1979), somebody("Oma", "v", 1950), somebody("Kind", "m", 2014), somebody("Zus", "v", 2016),
        parents("Oma", of=("Ouder",)), parents("Alles", "Ouder", of=("Kind", "Zus")),
        couple("Alles", "Ouder", "married", 2012, 2024, "divorced"),
        Mark("Kind", "gezag: Alles (deels)"), Mark("Kind", "OTS: GI Oost", "supervision"),
        Mark("Kind", "uithuis: bij Oma", "placement"), link("Kind", "Ouder", "contact"), link("Zus", "Oma", "contact"),
        link("Ouder", "Alles", "home_ban"), link("Ouder", "Zus", "contact_ban"), link("Ouder", "Oma", "location_ban"),
        link("Alles", "Oma", "own"), link("Oma", "Kind", "agreement"),
    ]  # fmt: skip
    return _record(*rows)


def _knot() -> Record:
    """Two brothers with two sisters, and an uncle who lives with his niece: the drawing gives way, and stays one."""
    return _record(
        somebody("A", "m", 1940),
        somebody("B", "v", 1942),
        somebody("C", "m", 1941),
        somebody("D", "v", 1943),
        somebody("E", "m", 1965),
        somebody("F", "m", 1968),
        somebody("G", "v", 1966),
        somebody("H", "v", 1970),
        somebody("I", "v", 1990),
        somebody("J", "m", 1992),
        somebody("K", "m", 2012),
        couple("A", "B", "married", 1963),
        couple("C", "D", "married", 1964),
        couple("E", "G", "married", 1988),
        couple("F", "H", "married", 1990),
        couple("F", "I", "affair", 2011),
        parents("A", "B", of=("E", "F")),
        parents("C", "D", of=("G", "H")),
        parents("E", "G", of=("I",)),
        parents("F", "H", of=("J",)),
        parents("F", "I", of=("K",)),
    )


def _loners() -> Record:
    """Nothing is known yet of who belongs to whom."""
    return _record(
        somebody("Moeder", "v", 1990, is_index=True),
        somebody("Kind", "?", 2018),
        somebody("Buurvrouw", "v"),
        somebody("Iemand", "?"),
        feeling("Buurvrouw", "Moeder", "caretaker"),
    )


def _forty() -> Record:
    """Forty persons in four generations, with ex-partners, half-brothers, a foster child, twins and who died."""
    rows: list[object] = [
        somebody("Arend", "m", 1931, 2004), somebody("Geesje", "v", 1934, 2015), somebody("Willem", "m", 1936, 1999),
        somebody("Hendrika", "v", 1938), somebody("Mohamed", "m", 1940, 2010), somebody("Fatima", "v", 1945),
        somebody("Kees", "m", 1955), somebody("Truus", "v", 1957), somebody("Johan", "m", 1960, 2020),
        somebody("Ellen", "v", 1959), somebody("Gerda", "v", 1962), somebody("Sjaak", "m", 1958),
        somebody("Hassan", "m", 1964), somebody("Nadia", "v", 1967), somebody("Karima", "v", 1970),
        somebody("Ben", "m", 1961), somebody("Loes", "v", 1966),
        somebody("Mark", "m", 1980), somebody("Sanne", "v", 1983), somebody("Peter", "m", 1985),
        somebody("Linda", "v", 1984, is_index=True), somebody("Youssef", "m", 1986), somebody("Amira", "v", 1990),
        somebody("Rick", "m", 1981), somebody("Dennis", "m", 1979), somebody("Chantal", "v", 1988),
        somebody("Ilse", "v", 1992), somebody("Tom", "m", 1994), somebody("Joyce", "v", 1987),
        somebody("Kevin", "m", 2003), somebody("Britt", "v", 2006), somebody("Sami", "m", 2012),
        somebody("Lina", "v", 2014), somebody("Adam", "m", 2014), somebody("Noa", "v", 2010),
        somebody("Finn", "m", 2013), somebody("Lieke", "v", 2016), somebody("Max", "m", 2018),
        somebody("Julia", "v", 2020), somebody("Boaz", "m", 2019),
        couple("Arend", "Geesje", "married", 1953), couple("Willem", "Hendrika", "married", 1957),
        couple("Mohamed", "Fatima", "married", 1962),
        couple("Kees", "Truus", "married", 1978), couple("Johan", "Ellen", "married", 1979, 1990, "divorced"),
        couple("Johan", "Gerda", "cohabiting", 1992), couple("Hassan", "Nadia", "married", 1985),
        couple("Ben", "Loes", "married", 1986),
        couple("Linda", "Youssef", "married", 2010, 2022, "divorced"), couple("Linda", "Rick", "relation", 2001, 2007, "separated"),
        couple("Linda", "Dennis", "cohabiting", 2023), couple("Peter", "Chantal", "married", 2012),
        couple("Mark", "Sanne", "registered", 2008), couple("Amira", "Tom", "lat", 2017),
        parents("Arend", "Geesje", of=("Kees", "Johan", "Sjaak")), parents("Willem", "Hendrika", of=("Ellen", "Ben")),
        parents("Mohamed", "Fatima", of=("Hassan", "Karima")),
        parents("Kees", "Truus", of=("Mark",)), parents("Johan", "Ellen", of=("Linda", "Peter")),
        parents("Johan", "Gerda", of=("Ilse",)), parents("Hassan", "Nadia", of=("Youssef", "Amira")),
        parents("Ben", "Loes", of=("Joyce",)),
        parents("Linda", "Rick", of=("Kevin", "Britt")), parents("Linda", "Youssef", of=("Sami", "Lina", "Adam")),
        parents("Peter", "Chantal", of=("Finn", "Lieke", "Max")), parents("Mark", "Sanne", of=("Noa",)),
        parents("Amira", "Tom", of=("Boaz",)), parents("Joyce", of=("Julia",)),
        parents("Mark", "Sanne", of=("Britt",), nature="foster"),
        Twins("t", "Lina", "Adam", "fraternal"),
        Pregnancy("z", "Linda", "Dennis", "expected", date(2027, 3, 1)),
        feeling("Youssef", "Linda", "physical_abuse", "Linda"), feeling("Johan", "Ellen", "hostile", "Linda"),
        feeling("Linda", "Peter", "close", "Linda"), feeling("Kevin", "Dennis", "hostile", "Kevin"),
        feeling("Ellen", "Linda", "fused", "Peter"), feeling("Youssef", "Sami", "focused", "Linda"),
        feeling("Britt", "Sanne", "close", "Britt"), feeling("Linda", "Gerda", "cutoff", "Linda"),
        Home("a", "Bij Linda", ("Linda", "Dennis", "Kevin", "Sami", "Lina", "Adam")),
        Home("b", "Bij Youssef", ("Youssef", "Sami", "Lina", "Adam")),
        Home("c", "Pleeggezin", ("Mark", "Sanne", "Noa", "Britt")),
        Mark("Sami", "gezag: Linda, Youssef"), Mark("Lina", "gezag: Linda, Youssef"),
        Mark("Adam", "gezag: Linda, Youssef"), Mark("Britt", "gezag: Linda, Rick"),
        Mark("Britt", "uithuis: pleeggezin", "placement"), Mark("Britt", "OTS: Jeugdbescherming Oost", "supervision"),
        condition("Johan", "alcohol"), condition("Linda", "psychological", "recovery"), condition("Kevin", "drugs", "suspected"),
        link("Youssef", "Linda", "contact_ban"), link("Rick", "Britt", "contact"),
    ]  # fmt: skip
    return _record(*rows)


FAMILIES = {
    "nuclear": _nuclear,
    "garage": _garage,
    "separation": _separation,
    "patchwork": _patchwork,
    "foster": _foster,
    "twins": _twins,
    "losses": _losses,
    "in_laws": _in_laws,
    "many_partners": _many_partners,
    "every_line": _every_line,
    "every_overlay": _every_overlay,
    "knot": _knot,
    "loners": _loners,
    "forty": _forty,
}
