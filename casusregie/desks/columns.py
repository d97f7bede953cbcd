"""The columns of a caseload file: one row a person, the rows of one number are one case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casusregie.core.dates import read_day
from casusregie.desks.sheets import NotASheet, Sheet
from families.choices import BirthPrecision, Intensity, Interpreter, Language, ReachChannel, Safe
from families.services import PersonData, SpeechData, WayData

# There is no column for a citizen service number, and none for a hidden address: neither is brought over by a file.
# Dutch on paper and in the file: this is what somebody fills in (a filled-in example stands in the template).
COLUMNS = (
    "nummer",
    "gezinsnaam",
    "geopend op",
    "intensiteit",
    "voornaam",
    "tussenvoegsel",
    "achternaam",
    "wie",
    "geboortedatum",
    "in huis",
    "bereiken via",
    "bereikbaar op",
    "veilig",
    "taal",
    "tolk",
    "gemeente",
)
NEEDED = ("nummer", "gezinsnaam")
EXAMPLE = (
    ("1001", "Voorbeeld", "01-03-2026", "oranje", "Anna", "van", "Voorbeeld", "moeder", "12-05-1988", "ja",
     "telefoon", "06 00000000", "ja", "Arabisch, Engels", "telefoon", ""),
    ("1001", "", "", "", "Bas", "van", "Voorbeeld", "zoon", "2015", "ja", "", "", "", "", "", ""),
)  # fmt: skip
_INTENSITY = {"rood": Intensity.RED, "oranje": Intensity.ORANGE, "groen": Intensity.GREEN, "": Intensity.RED}
_CHANNEL = {
    "telefoon": ReachChannel.PHONE,
    "e-mail": ReachChannel.MAIL,
    "anders": ReachChannel.OTHER,
    "": ReachChannel.PHONE,
}
_SAFE = {"ja": Safe.YES, "nee": Safe.NO, "onbekend": Safe.UNKNOWN, "": Safe.UNKNOWN}
# Dutch is what is spoken when nothing was filled in; another word is kept as the language it is.
_LANGUAGES = {
    "nederlands": Language.DUTCH, "arabisch": Language.ARABIC, "tigrinya": Language.TIGRINYA, "turks": Language.TURKISH,
    "pools": Language.POLISH, "oekraïens": Language.UKRAINIAN, "engels": Language.ENGLISH, "farsi": Language.PERSIAN,
    "dari": Language.PERSIAN, "somalisch": Language.SOMALI, "tamazight": Language.TAMAZIGHT,
    "papiaments": Language.PAPIAMENTO, "nederlandse gebarentaal": Language.SIGN,
}  # fmt: skip
_INTERPRETER = {"telefoon": Interpreter.PHONE, "aanwezig": Interpreter.PRESENT, "nee": "", "": ""}
_YES_NO = {"ja": True, "nee": False, "": True}
_LONGEST = {"nummer": 40, "gezinsnaam": 120, "voornaam": 80, "tussenvoegsel": 20, "achternaam": 80, "wie": 80,
            "bereikbaar op": 200, "taal": 100, "gemeente": 80}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong, at which line of the file, in which column."""

    line: int
    column: str
    words: str


@dataclass
class OnePerson:
    """A person of the file with the way to reach her."""

    person: PersonData
    way: WayData | None
    speech: SpeechData | None = None
    municipality: str = ""


@dataclass
class OneCase:
    """A case of the file: what is to be written, and everything that is wrong with it."""

    number: str
    line: int
    name: str = ""
    opened_on: date | None = None
    intensity: str = Intensity.RED
    people: list[OnePerson] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Row:
    """One row: cells by column, and what is wrong with them."""

    def __init__(self, line: int, cells: dict[str, str], today: date) -> None:
        self.line, self.cells, self.today = line, cells, today
        self.faults: list[Fault] = []

    def text(self, column: str) -> str:
        """The cell as it was typed; one that is too long is a fault."""
        value = self.cells.get(column, "")
        if len(value) > _LONGEST.get(column, 200):
            self.wrong(column, _("At most %(n)s signs fit here.") % {"n": _LONGEST.get(column, 200)})
        return value

    def choice(self, column: str, words: dict[str, Any]) -> Any:
        """What one of a few Dutch words stands for; another word is a fault."""
        value = self.cells.get(column, "").lower()
        if value not in words:
            known = ", ".join(word for word in words if word)
            self.wrong(column, _("“%(value)s” is not one of: %(known)s.") % {"value": value[:40], "known": known})
            return words[""]
        return words[value]

    def day(self, column: str) -> tuple[date | None, str]:
        """A day that has been, and how precisely it is known; what is none is a fault."""
        value = self.cells.get(column, "")
        if not value:
            return None, BirthPrecision.DAY
        found = read_day(value)
        if found is None:
            self.wrong(column, _("“%(value)s” is not a day. Write for instance 01-03-2026.") % {"value": value[:40]})
            return None, BirthPrecision.DAY
        day, precision = found
        if day > self.today:
            self.wrong(column, _("This day is still to come."))
        elif day.year < self.today.year - 120:
            self.wrong(column, _("This is more than 120 years ago. Check the year."))
        return day, precision

    def wrong(self, column: str, words: str) -> None:
        """Note a fault at this line."""
        self.faults.append(Fault(self.line, column, words))


def cases_of(sheet: Sheet, today: date) -> list[OneCase]:
    """The cases of a sheet in the order of the file, each with its faults. Raises NotASheet for other columns."""
    missing = [name for name in NEEDED if name not in sheet.heading]
    if missing:
        words = _("The first row must name the columns. Missing: %(names)s. Use the template.")
        raise NotASheet(words % {"names": ", ".join(missing)})
    found: dict[str, OneCase] = {}
    for line, cells in sheet.rows:
        row = _Row(line, dict(zip(sheet.heading, cells, strict=False)), today)
        number = row.text("nummer")
        if not number:
            row.wrong("nummer", _("Give each case a number; the rows of one case have the same."))
        case = found.setdefault(number[:40] or f"?{line}", OneCase(number[:40], line))
        _read(case, row)
        case.faults += row.faults
    for case in found.values():
        if not case.people and not case.faults:
            case.faults.append(Fault(case.line, "voornaam", _("A case begins with somebody: fill in a first name.")))
        if not case.name and case.number:
            case.faults.append(Fault(case.line, "gezinsnaam", _("Fill in a family name or a neutral name once.")))
    return list(found.values())


def _read(case: OneCase, row: _Row) -> None:
    readers: tuple[tuple[str, Callable[[], Any], str], ...] = (
        ("gezinsnaam", lambda: row.text("gezinsnaam"), "name"),
        ("geopend op", lambda: row.day("geopend op")[0], "opened_on"),
        ("intensiteit", lambda: row.choice("intensiteit", _INTENSITY), "intensity"),
    )
    for column, read, attribute in readers:
        if not row.cells.get(column):
            continue
        value, earlier = read(), getattr(case, attribute)
        if case.line != row.line and earlier not in (value, "", None) and attribute != "intensity":
            row.wrong(column, _("Another row of this case says something else here."))
        setattr(case, attribute, value)
    person = _person(row)
    if person is not None:
        case.people.append(person)


def _person(row: _Row) -> OnePerson | None:
    names = [row.text(column) for column in ("voornaam", "achternaam")]
    if not any(names):
        if any(row.cells.get(column) for column in ("wie", "geboortedatum", "bereikbaar op")):
            row.wrong("voornaam", _("Fill in a first name or a surname."))
        return None
    born, precision = row.day("geboortedatum")
    person = PersonData(
        given_name=names[0],
        infix=row.text("tussenvoegsel"),
        surname=names[1],
        described_as=row.text("wie"),
        birth_date=born,
        birth_precision=precision,
        in_household=row.choice("in huis", _YES_NO),
    )
    return OnePerson(person, _way(row), _speech(row), row.text("gemeente"))


def _speech(row: _Row) -> SpeechData | None:
    words = [word.strip() for word in row.text("taal").split(",") if word.strip()]
    languages = dict.fromkeys(_LANGUAGES[word.lower()].value for word in words if word.lower() in _LANGUAGES)
    other = ", ".join(word for word in words if word.lower() not in _LANGUAGES)
    if len(other) > 60:
        row.wrong("taal", _("At most %(n)s signs fit here.") % {"n": 60})
    interpreter = row.choice("tolk", _INTERPRETER)
    if not (words or interpreter):
        return None
    return SpeechData(languages=tuple(languages), other_language=other[:60], interpreter=str(interpreter))


def _way(row: _Row) -> WayData | None:
    channel, value, safe = row.choice("bereiken via", _CHANNEL), row.text("bereikbaar op"), row.choice("veilig", _SAFE)
    if not value:
        return None
    # What another system calls safe was not confirmed here: it says so, and it is asked again at once.
    return WayData(channel=channel, value=value, safe=Safe.NO if safe == Safe.NO else Safe.UNKNOWN, note=_came(safe))


def _came(safe: str) -> str:
    return _("In the earlier system: safe. Ask again.") if safe == Safe.YES else ""
