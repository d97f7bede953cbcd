"""Dutch names: how they are shown, sorted and found (domain.md g)."""

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
    def sort_key(self) -> str:
        """On the surname without its prefix, then the prefix, then the first name; without capitals and accents."""
        first_is_partner = self.partner_surname and self.use in (NameUse.PARTNER, NameUse.PARTNER_OWN)
        surname = self.partner_surname if first_is_partner else self.surname
        infix = self.partner_infix if first_is_partner else self.infix
        return fold(" ".join(part for part in (surname or self.given, infix, self.given) if part))


def _joined(infix: str, surname: str) -> str:
    return f"{infix.lower()} {surname}".strip() if surname else ""


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: what sorting and searching compare."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


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
