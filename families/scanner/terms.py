"""The words by which a fact is recognised: proposed from what it says, judged, and spelled in every listed way."""

import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from families.choices import PLACES
from families.scanner.folding import folded

# No form is shorter: the matcher looks for the first five signs.
HEAD = 5
LONGEST_TERM = 120
_MOST_TERMS = 12
_POSTCODE = re.compile(r"(?<![\w-])([1-9]\d\s?\d{2})[\s-]?([A-Za-z]{2})(?![A-Za-z])")
_PHONE = re.compile(r"(?<![\w.+])(?:\+|00)?\d(?:[\s().\-/]{0,3}\d){8,13}(?!\d)")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_SUFFIX = r"(?:\s?[-/]?\s?(?P<suffix>[A-Za-z]{1,3}|[IVX]{1,4}|\d{1,3}))?"
_STREET = re.compile(
    rf"^(?P<street>[^\d,;]*[A-Za-z][^\d,;]*?)[\s,]+(?:nr\.?|nummer|no\.?)?\s*(?P<number>\d{{1,5}}){_SUFFIX}$"
)
_TURNED = re.compile(r"^(?P<number>\d{1,5})\s?(?P<suffix>[A-Za-z])?[\s,]+(?P<street>[A-Za-z][^\d,;]{3,})$")
# A name: capitals, with the small words that stand in Dutch names between them.
_NAME = re.compile(
    r"(?:(?:[Dd]e|[Hh]et|'t|van|der|den|ter|ten|dr\.|mw\.|dhr\.)\s)*[A-Z][\w'’\-]+"
    r"(?:\s(?:de|het|'t|van|der|den|ter|ten|en|[A-Z])[\w'’\-]*)*"
)
# A town that is only said along: everybody lives there.
_TOWN = re.compile(r"\b(?:in|te|uit)\s+[A-Z][\w'’\-]+")
_BEFORE_NUMBER = ("", "nr", "nummer", "no", "huisnummer", "huisnr")


@cache
def _common() -> frozenset[str]:
    """Words of ordinary notes, folded: what an editor of a Dutch newspaper would not look up."""
    text = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8")
    return frozenset(folded(word) for word in text.split())


def _is_common(word: str) -> bool:
    words = _common()
    plain = folded(word)
    stems = (plain, plain.removesuffix("s"), plain.removesuffix("en"), plain.removesuffix("e"), plain.removesuffix("t"))
    return any(stem in words for stem in stems) or _is_moment(plain)


def _is_moment(word: str) -> bool:
    days = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    parts = ("ochtend", "morgen", "middag", "avond", "nacht", "s")
    return any(word == day + part for day in days for part in parts)


def problem_with(term: str) -> str:
    """Why a term cannot be searched for, in a sentence; empty when it is specific enough.

    Too short, only a small number, or words that stand in any note: a scanner that cries at every page is not believed.
    """
    plain = folded(term)
    if len(term) > LONGEST_TERM:
        return _("“%(term)s…” is too long to be found again. Choose the words that give it away.") % {"term": term[:40]}
    if not any(len(form) >= HEAD for form in forms_of(term)):
        return _("“%(term)s” is too short: at least five letters or digits.") % {"term": term}
    if plain.isdigit() and len(plain) < 6:
        return _("“%(term)s” is a number that stands in many texts. Add the street or the postcode.") % {"term": term}
    if _is_ordinary(term):
        return _("“%(term)s” stands in ordinary texts too. Add what makes it only this.") % {"term": term}
    return ""


def _is_ordinary(term: str) -> bool:
    if _POSTCODE.fullmatch(term.strip()):
        return False
    words = [word for word in re.split(r"[^\w'’]+", term) if word]
    letters = [word for word in words if not word.isdigit()]
    if not letters or not all(_is_common(word) for word in letters):
        return False
    telling = [word for word in letters if len(word) > 3]
    has_number = any(len(word) >= 4 for word in words if word.isdigit())
    return len(telling) < 3 and not (telling and has_number and len(folded(term)) >= 10)


# How streets are called here; "Huis 2" is a name and no address.
_STREET_ENDINGS = (
    *("straat", "str", "laan", "weg", "plein", "pad", "kade", "hof", "dijk", "singel", "gracht", "steeg", "dreef"),
    *("park", "plantsoen", "markt", "wal", "werf", "haven", "ring", "baan", "veld", "akker", "burg", "berg", "meer"),
)


def tells_an_address(text: str) -> bool:
    """Whether a name is an address: a postcode, or a street with its number."""
    if _POSTCODE.search(text):
        return True
    parts = [part.strip() for part in text.split(",")]
    streets = [found["street"] for part in parts if (found := _STREET.match(part) or _TURNED.match(part))]
    return any(word.strip(".").endswith(_STREET_ENDINGS) for street in streets for word in street.lower().split())


def forms_of(term: str) -> set[str]:
    """Every folded form by which one term is recognised: as written, and as phone, postcode or street with number."""
    forms = {folded(term)} | _phone_forms(term) | _street_forms(term)
    forms |= {folded("".join(match)) for match in _POSTCODE.findall(term)}
    return {form for form in forms if len(form) >= HEAD}


def _phone_forms(term: str) -> set[str]:
    if not re.fullmatch(r"[+\d\s().\-/]+", term.strip()):
        return set()
    digits = re.sub(r"\D", "", folded(term))
    if len(digits) < 9:
        return set()
    rest = digits
    for prefix in ("0031", "31", "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in (9, 10):
            rest = digits.removeprefix(prefix).removeprefix("0")
            break
    return {digits, rest, *(prefix + rest for prefix in ("0", "31", "310", "0031", "00310"))}


def _street_forms(term: str) -> set[str]:
    found = _STREET.match(term.strip()) or _TURNED.match(term.strip())
    if found is None or len(folded(found["street"])) < 4:
        return set()
    number, suffix = found["number"], found["suffix"] or ""
    forms: set[str] = set()
    for street in _streets(folded(found["street"])):
        for ending in {number, folded(number + suffix)}:
            forms |= {street + word + ending for word in _BEFORE_NUMBER} | {ending + street}
    return forms


def _streets(street: str) -> set[str]:
    return {street, street.removesuffix("aat")} if street.endswith("straat") else {street}


def spellings(value: str) -> set[str]:
    """The forms by which the proposed terms of a text are recognised."""
    return {form for term in proposals("other", value) for form in forms_of(term)}


def proposals(kind: str, value: str) -> list[str]:
    """The terms that a fact's own words suggest, most telling first; none when nothing in it has a fixed wording."""
    found = [*_MAIL.findall(value), *(phone.strip() for phone in _PHONE.findall(_MAIL.sub(" ", value)))]
    rest = _PHONE.sub(" ", _MAIL.sub(" ", value))
    for line in re.split(r"[\n;]", rest):
        found += _of_line(line, kind in PLACES)
    kept: dict[str, str] = {}
    for term in found:
        term = term.strip(' .,:()"“”')
        if term and not problem_with(term):
            kept.setdefault(folded(term), term)
    return list(kept.values())[:_MOST_TERMS]


def _of_line(line: str, is_place: bool) -> list[str]:
    found: list[str] = []
    after_postcode = False
    for part in line.split(","):
        postcode = _POSTCODE.search(part)
        if postcode:
            found.append(postcode.group().strip())
            # What stands behind a postcode is the town, where everybody lives; before it can be the street.
            part, after_postcode = part[: postcode.start()], True
        elif after_postcode:
            continue
        found += _of_part(part.strip(), is_place)
    return found


def _of_part(part: str, is_place: bool) -> list[str]:
    street = _STREET.match(part) or _TURNED.match(part)
    if street:
        return [part, street["street"]] if is_place else [part]
    names = [name for name in _NAME.findall(_TOWN.sub(" ", part)) if len(folded(name)) >= HEAD]
    telling = [word for name in names for word in name.split() if word[0].isupper() and len(folded(word)) > HEAD]
    if len(part.split()) <= 4 and any(sign.isupper() for sign in part):
        return [part, *names, *telling]
    return [*names, *telling]
