"""Ordinary contact notes, for the false alarms of the scanner: written by hand, and made from sentences that vary."""

import random
from collections.abc import Iterator
from pathlib import Path

HAND = (Path(__file__).parent / "ordinary_notes.txt").read_text(encoding="utf-8").splitlines()


def several(text: str) -> list[str]:
    """The parts of a text, parted by semicolons."""
    return [one.strip() for one in " ".join(text.split()).split(";")]


WHO = several("""
Moeder; Vader; De oudste; De jongste; Oma; Opa; Tante Riet; De leerkracht; De wijkagent; De huisarts;
Mevrouw Jansen; Karim; Sanne; De buurvrouw; De gezinsvoogd; Meneer De Wit; Fatima; De teamleider
""")
FIRST = several("""
Anouk; Bilal; Carla; Dirk; Esra; Femke; Gijs; Hanneke; Ilse; Joris; Kees; Lotte; Mourad; Nienke; Olivier;
Petra; Ruben; Sevgi; Tamar; Wouter
""")
DAYS = several("""
maandag; dinsdag; woensdag; donderdag; vrijdag; zaterdag; zondag
""")
MONTHS = several("""
januari; februari; maart; april; mei; juni; juli; augustus; september; oktober; november; december
""")
WHERE = several("""
op school; bij de huisarts; aan de keukentafel; op het bureau; in het buurthuis; bij oma thuis; op het
gemeentehuis; in het park; op het schoolplein; aan de deur; in de bibliotheek; op de polikliniek
""")
STREETS = several("""
Kastanjelaan; Molenweg; Prinsenhof; Beukenlaan; Havenkade; Tulpstraat; Vlierhof; Kerkpad; Spoorsingel;
Meidoornplein
""")
TOWNS = several("""
Oosterwaard; Veldhuizen; Waterdam; Noorderzijl; Hoogmade
""")
VERBS = several("""
vertelde dat het beter gaat; was moe en zei weinig; vroeg wanneer het volgende gesprek is; heeft de brief
gelezen; wil eerst met de advocaat praten; kwam een kwartier te laat; heeft niet geslapen; lachte voor het
eerst; zei dat de post blijft liggen; was boos over de omgang; heeft de rekening betaald; gaat weer naar de
groep
""")
NEXT = several("""
Volgende keer samen met de jeugdprofessional.; Morgen terugbellen na negen uur.; Afgesproken dat oma
oppast.; Geen nieuwe zorgen.; Dit bespreek ik met het team.; De school weet hiervan.; Hij neemt de lijst
mee.; Zij belt zelf de corporatie.; Het verslag gaat naar de raad.; Daarna boodschappen gedaan.
""")


def _number(rng: random.Random) -> str:
    return f"06 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}"


def _sentence(rng: random.Random) -> str:
    day, month = rng.choice(DAYS), rng.choice(MONTHS)
    date = f"{rng.randint(1, 28)} {month}"
    hour = f"{rng.randint(8, 18)}.{rng.choice(('00', '15', '30', '45'))}"
    said = rng.choice(("weet het niet", "wil rust", "durf niet", "ben moe", "ga niet terug"))
    year, place = rng.randint(2015, 2026), f"{rng.choice(STREETS)} {rng.randint(1, 240)}"
    forms = (
        lambda: f"{rng.choice(WHO)} {rng.choice(VERBS)}.",
        lambda: f"{rng.choice(WHO)} gesproken {rng.choice(WHERE)}, {rng.randint(10, 90)} minuten.",
        lambda: f"Afspraak op {day} {date} om {hour} uur.",
        lambda: f"{rng.choice(FIRST)} en {rng.choice(FIRST)} waren er ook, samen met {rng.choice(WHO).lower()}.",
        lambda: f"De rekening was {rng.randint(12, 900)},{rng.randint(10, 99)} en staat sinds {month} {year} open.",
        lambda: f"Het buurthuis aan de {place} heeft plek op {day}.",
        lambda: f"De praktijk in {rng.choice(TOWNS)} is bereikbaar op {_number(rng)}.",
        lambda: f"{rng.choice(WHO)} zei: “ik {said}”.",
        lambda: (
            f"Zaaknummer {rng.randint(100000, 999999)}, dossier van {rng.randint(1, 28)}-{rng.randint(1, 12)}-{year}."
        ),
        lambda: rng.choice(NEXT),
        lambda: rng.choice(HAND),
    )
    return rng.choice(forms)()


def ordinary_notes(count: int, seed: int = 1) -> Iterator[str]:
    """So many notes: the ones written by hand first, then notes of two to six sentences that vary."""
    yield from HAND[:count]
    rng = random.Random(seed)
    for _ in range(max(0, count - len(HAND))):
        yield " ".join(_sentence(rng) for _ in range(rng.randint(2, 6)))
