"""Dutch names: how they are shown, sorted and found (domain.md g)."""

import re
import unicodedata
from dataclasses import dataclass

from families.choices import NameUse


@dataclass(frozen=True)
class Name:
    """The parts of a name; a person with a single name has only `given` or only `surname`."""

    given: str = ""
    infix: str = ""
    surname: str = ""
    partner_infix: str = ""
    partner_surname: str = ""
    use: str = NameUse.OWN
    official: str = ""
    initials: str = ""

    @property
    def full(self) -> str:
        """As one writes it after a first name: "Jan de Vries", "Marianne Jansen-de Vries"."""
        return " ".join(part for part in (self.given, self.family) if part)

    @property
    def family(self) -> str:
        """The surname in use, prefixes in lower case."""
        own, partner = _joined(self.infix, self.surname), _joined(self.partner_infix, self.partner_surname)
        if not partner or self.use == NameUse.OWN:
            return own
        if self.use == NameUse.PARTNER or not own:
            return partner
        return f"{partner}-{own}" if self.use == NameUse.PARTNER_OWN else f"{own}-{partner}"

    @property
    def signed(self) -> str:
        """As it stands under what somebody signs: the first names in full, else the one that is known."""
        return " ".join(part for part in (self.official or self.given, self.family) if part)

    @property
    def alone(self) -> str:
        """The surname as one writes it without a first name before it: "De Vries", "Jansen-de Vries"."""
        family = self.family
        starts_with_prefix = bool(self.infix if not self._partner_first else self.partner_infix)
        return family[:1].upper() + family[1:] if starts_with_prefix else family

    @property
    def listed(self) -> str:
        """As it stands in a list: "Vries, J.P. de", with the first name where there are no initials."""
        before = self.initials or self.given
        infix, surname = (
            (self.partner_infix, self.partner_surname) if self._partner_first else (self.infix, self.surname)
        )
        behind = self.family.removeprefix(_joined(infix, surname)) if surname else ""
        rest = " ".join(part for part in (before, infix.lower()) if part)
        return ", ".join(part for part in (f"{surname}{behind}", rest) if part)

    @property
    def _partner_first(self) -> bool:
        return bool(self.partner_surname) and (
            self.use in (NameUse.PARTNER, NameUse.PARTNER_OWN) or (not self.surname and self.use != NameUse.OWN)
        )

    @property
    def sort_key(self) -> str:
        """On the surname without its prefix, then the prefix, then the first name; without capitals and accents."""
        surname, infix = (
            (self.partner_surname, self.partner_infix) if self._partner_first else (self.surname, self.infix)
        )
        bare, before = _bare(surname)
        key = " ".join(part for part in (bare or self.given, infix, before, self.given) if part)
        return fold(key)[:LONGEST_KEY]


LONGEST_KEY = 200
LONGEST_LABEL = 200
# "'s-Gravesande", "d'Hondt", "l'Ami": the letters before the apostrophe are a prefix, however they were typed.
_ELIDED = re.compile(r"^(['’`]s[- ]|[dl]['’`]|['’`]t[- ])(?=\w)", re.IGNORECASE)


def _bare(surname: str) -> tuple[str, str]:
    """A surname without the prefix that was typed into it, and that prefix."""
    found = _ELIDED.match(surname)
    if found:
        return surname[found.end() :], found.group(1)
    words = surname.split(" ")
    count = 0
    # In small letters it is a prefix that belongs in its own field; with a capital it can be the name itself (Le Roy).
    while count < len(words) - 1 and words[count] in PREFIXES:
        count += 1
    return " ".join(words[count:]), " ".join(words[:count])


def _joined(infix: str, surname: str) -> str:
    """Prefix and surname; one that ends with an apostrophe or a hyphen stands against the name: "d'Hondt"."""
    if not surname:
        return ""
    small = infix.strip().lower()
    return f"{small}{surname}" if small.endswith(("'", "’", "`", "-")) else f"{small} {surname}".strip()


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: what sorting and searching compare."""
    plain = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


# Letters that are no accented ones: nobody types them who looks for somebody.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"}
)


def family_sort_key(name: str) -> str:
    """The sorting key of a family's name: "De Vries-Jansen" stands under the V."""
    words = fold(name).split(" ")
    while len(words) > 1 and words[0] in PREFIXES:
        words = [*words[1:], words[0]] if words[1] not in PREFIXES else [*words[1:], words[0]]
    return " ".join(words)


PREFIXES = {
    *("de", "den", "der", "het", "'t", "te", "ten", "ter", "van", "vanden", "vander", "von", "op", "in", "uit", "aan"),
    *("bij", "over", "onder", "tot", "voor", "el", "al", "la", "le", "du", "des", "di", "da", "dos", "ibn", "ben"),
}
